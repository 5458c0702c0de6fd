"""What everybody sees without signing in: the guideline, its editions and codes, and whether authorization is needed."""

from collections.abc import Iterator

import pytest
from tests.web.site import Browser, site

from isodose.web.public import guideline


@pytest.fixture(scope="module")
def anybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with site(tmp_path_factory.mktemp("site")) as here:
        yield here.browser()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/guideline",
        "/guideline/edition/2025-01-01@2025-02-05",
        "/guideline/editions",
        "/guideline/codes",
        "/guideline/compare",
        "/needed",
        "/check",
    ],
)
def test_each_page_is_a_whole_document_with_one_heading(anybody: Browser, path: str) -> None:
    answer = anybody.get(path)
    assert answer.status_code == 200
    on_screen = answer.text.partition('<div class="on-paper" hidden>')[0]
    assert on_screen.count("<h1") == 1
    assert " style=" not in answer.text


def test_the_edition_that_rules_on_the_day_is_shown(anybody: Browser) -> None:
    assert "edition 2025-10-01" in anybody.get("/guideline").text


def test_an_edition_that_is_not_there_names_those_that_are(anybody: Browser) -> None:
    answer = anybody.get("/guideline/edition/1999-01-01")
    assert answer.status_code == 404
    assert "2025-10-01" in answer.text


def test_lists_are_there_as_data(anybody: Browser) -> None:
    assert anybody.get("/guideline/editions.json").json()[0]["edition"] == "2025-10-01"
    assert "77385" in anybody.get("/guideline/codes.csv").text


def test_two_editions_compared_say_whom_the_revision_touches(anybody: Browser) -> None:
    """The page comes at once and says that it goes on; with a script or without, the answer follows."""
    two = "/guideline/compare?old=2025-01-01%402025-02-05&new=2025-10-01"
    guideline.COMPARED.clear()
    first = anybody.get(two).text
    whole = f"{two}&wait=yes".replace("&", "&amp;")
    assert "Whom it touches" not in first
    assert f'<meta http-equiv="refresh" content="0; url={whole}">' in first
    assert f'hx-get="{whole}"' in first
    assert f'href="{whole}"' in first
    answer = anybody.get(f"{two}&wait=yes").text
    assert "Whom it touches" in answer
    assert "refresh" not in answer
    assert "Whom it touches" in anybody.get(two).text  # it is made once
    assert "That is the same edition twice" in anybody.get("/guideline/compare?old=2025-10-01&new=2025-10-01").text


ANSWERS = [
    ("77385", "2025-11-03", "ma-hmo", "1956-02-01", "Yes: authorization is needed"),
    ("77385", "2025-11-03", "ma-hmo", "2015-02-01", "Covered without review"),
    ("77385", "2025-11-03", "", "1956-02-01", "depends on the member&#39;s product"),
    ("99213", "2025-11-03", "ma-hmo", "1956-02-01", "does not speak of it"),
    ("G6017", "2025-11-03", "ma-hmo", "1956-02-01", "No authorization is needed"),
    ("77386", "2026-03-01", "ma-hmo", "1956-02-01", "cannot be answered as it is typed"),
]


@pytest.mark.parametrize(("typed", "says"), [(one[:4], one[4]) for one in ANSWERS])
def test_whether_authorization_is_needed(anybody: Browser, typed: tuple[str, str, str, str], says: str) -> None:
    names = ("procedure_code", "date_of_service", "product", "member_birth_date")
    answer = anybody.post("/needed", dict(zip(names, typed, strict=True)))
    assert says in answer.text
    assert f'value="{typed[0]}"' in answer.text, "what was typed is still there"


CASE = {
    "procedure_code": "77385",
    "date_of_service": "2025-11-03",
    "member_birth_date": "1956-02-01",
    "product": "ma-hmo",
    "diagnoses": "C61",
    "fact-technique": "imrt",
}
ANSWERED = {
    "fact-treatment_intent": "curative",
    "fact-dose_escalation_concern": "yes",
    "fact-previously_irradiated": "no",
    "fact-concurrent_proton_therapy": "no",
}


def test_a_case_is_checked_as_far_as_it_is_told(anybody: Browser) -> None:
    answer = anybody.post("/check", CASE)
    assert "What is the intent of this course of radiation?" in answer.text
    assert "fact-previously_irradiated" in answer.text


def test_a_case_that_is_told_whole_shows_the_criteria_that_it_meets(anybody: Browser) -> None:
    answer = anybody.post("/check", {**CASE, **ANSWERED})
    assert "medically necessary under the guideline" in answer.text
    assert 'name="fact-treatment_intent" value="curative" checked' in answer.text, "what was answered stays answered"


def test_a_case_that_cannot_be_right_says_what_would_be(anybody: Browser) -> None:
    answer = anybody.post("/check", {**CASE, "date_of_service": "2026-03-01"})
    assert "77407" in answer.text, "the successors of a code that has ended"
