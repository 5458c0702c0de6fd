"""What may go into one fax: one patient, one request, a number that authorizes nothing, and only what the plan asks for."""

import pytest
from tests.fax.kits import NUMBER, determined, fax
from tests.terminal.pages import program

from isodose.desk.number import Kind, authorization_number, request_number
from isodose.fax.fax import Fax, FaxError, checked


def test_the_product_is_that_of_the_case() -> None:
    product = fax().product
    assert product is not None
    assert (product.id, product.fax) == ("ma-hmo", "857-304-6463")


def test_lines_that_name_no_product_leave_it_open() -> None:
    assert fax(determined(product=None)).product is None


@pytest.mark.parametrize("kind", [Kind.TRACKING, Kind.DRAFT])
def test_a_tracking_number_and_that_of_a_draft_may_stand_on_a_fax(kind: Kind) -> None:
    assert fax(number=request_number(kind, 7)).kind is kind


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (authorization_number(12345, 1), "an authorization number"),
        (NUMBER[:-1] + "0", "a digit is wrong"),
        ("DRAFT-12", "9 digits"),
        ("12345", "begins with TRACK"),
    ],
)
def test_another_number_may_not(number: str, says: str) -> None:
    guideline = program("imrt").guideline
    with pytest.raises(FaxError, match=says):
        checked(Fax(guideline, guideline.editions[-1], number))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"request_id": "EX-2"}, "2 requests"),
        ({"member_birth_date": "1960-01-01"}, "2 dates of birth"),
        ({"product": "ma-ppo"}, "2 products"),
    ],
)
def test_two_patients_are_two_faxes(other: dict[str, object], says: str) -> None:
    with pytest.raises(FaxError, match=f"one patient and one request, and these have {says}"):
        fax(determined(), determined(line=2, **other))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"diagnosis_codes": ["C18"]}, r"correct this before it is sent: .*C18"),
        ({"procedure_code": "77301"}, "nothing has to be sent: The plan does not ask for prior authorization here"),
        ({"product": "elsewhere"}, "nothing has to be sent: The guideline does not speak of this request"),
        ({"member_birth_date": "2012-01-01"}, "nothing has to be sent: The service is covered without review"),
    ],
)
def test_what_the_plan_does_not_want_is_not_sent(facts: dict[str, object], says: str) -> None:
    with pytest.raises(FaxError, match=says):
        fax(determined(**facts))


def test_a_line_that_cannot_be_sent_is_named() -> None:
    with pytest.raises(FaxError, match=r"^line 2: nothing has to be sent"):
        fax(determined(), determined(line=2, procedure_code="77301"))
