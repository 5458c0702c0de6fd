"""A decision that gives less than was asked cannot be made without a physician's act."""

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from isodose.desk.decision import Approved, Denied, PartlyApproved
from isodose.desk.line import Line, less_than_asked, line_facts, line_from
from isodose.desk.physician import Credential, PhysiciansAct, reason_problem

ASKED = Line(1, frozenset({"77385", "G6015"}), date(2025, 11, 3), date(2025, 12, 19), 35, "1234567893")
REASON = "The planning note gives no reason why a 3D conformal plan would not spare the parotid glands."
LICENSE = Credential("MD-1", "CT", date(2027, 6, 30), ("radiation oncology",))
SIGNED = PhysiciansAct("dr-ito", LICENSE, REASON, date(2025, 11, 1))


def test_all_that_was_asked_or_more_is_approved() -> None:
    more = replace(ASKED, units=38, end=None, provider="", start=date(2025, 11, 1), codes=ASKED.codes | {"77386"})
    for granted in (ASKED, more):
        assert Approved((ASKED,), (granted,)).granted == (granted,)
        with pytest.raises(ValueError, match="grants nothing, or all"):
            PartlyApproved((ASKED,), (granted,), SIGNED)


@pytest.mark.parametrize(
    ("granted", "words"),
    [
        ((), "line 1 is not granted"),
        ((replace(ASKED, codes=frozenset({"77385"})),), "line 1: G6015 not granted"),
        ((replace(ASKED, units=30),), "line 1: 30 sessions instead of 35"),
        ((replace(ASKED, start=date(2025, 11, 4)),), "line 1: from 2025-11-04 instead of 2025-11-03"),
        ((replace(ASKED, end=date(2025, 12, 18)),), "line 1: until 2025-12-18 instead of 2025-12-19"),
        ((replace(ASKED, provider="1245319599"),), "line 1: by 1245319599 instead of 1234567893"),
    ],
)
def test_less_in_anything_is_no_approval(granted: tuple[Line, ...], words: str) -> None:
    assert less_than_asked((ASKED,), granted) == (words,)
    with pytest.raises(ValueError, match="which a physician decides"):
        Approved((ASKED,), granted)
    if granted:
        assert PartlyApproved((ASKED,), granted, SIGNED).less == (words,)


def test_a_limit_that_nobody_asked_for_is_less() -> None:
    open_ended = replace(ASKED, units=None, end=None, provider="")
    assert less_than_asked((open_ended,), (ASKED,)) == (
        "line 1: 35 sessions instead of as many as the course needs",
        "line 1: until 2025-12-19 instead of the end of the course",
        "line 1: by 1234567893 instead of any provider",
    )


@pytest.mark.parametrize("unsigned", [None, "dr-ito", REASON, LICENSE])
def test_nothing_but_a_physicians_act_signs_a_denial(unsigned: object) -> None:
    signed = cast("PhysiciansAct", unsigned)
    with pytest.raises(TypeError, match="physician's act"):
        Denied((ASKED,), signed)
    with pytest.raises(TypeError, match="physician's act"):
        PartlyApproved((ASKED,), (replace(ASKED, units=30),), signed)


def test_a_physicians_act_has_a_name_a_reason_and_a_license_in_force() -> None:
    assert Denied((ASKED,), SIGNED).signed.reason == REASON
    with pytest.raises(ValueError, match="names its physician"):
        replace(SIGNED, physician=" ")
    with pytest.raises(ValueError, match="say the reason in words"):
        replace(SIGNED, reason="...  not met ........")
    with pytest.raises(ValueError, match="ended on 2027-06-30"):
        replace(SIGNED, on=date(2027, 7, 1))
    with pytest.raises(ValueError, match="license's number"):
        replace(LICENSE, license="")
    with pytest.raises(ValueError, match="field of medicine"):
        replace(LICENSE, expertise=("",))


def test_the_clauses_own_text_is_no_reason() -> None:
    clause = "The Plan considers IMRT as medically necessary, for definitive treatment of the following neoplasms:"
    assert reason_problem("IMRT as medically necessary for DEFINITIVE treatment", (clause,)) is not None
    assert reason_problem(REASON, (clause,)) is None


def test_a_line_makes_sense_and_is_the_same_after_writing() -> None:
    assert line_from(line_facts(ASKED)) == ASKED
    assert line_from(line_facts(open_line := Line(2, frozenset({"77385"}), date(2025, 11, 3)))) == open_line
    with pytest.raises(ValueError, match="names no code"):
        replace(ASKED, codes=frozenset())
    with pytest.raises(ValueError, match="has 0 sessions"):
        replace(ASKED, units=0)
    with pytest.raises(ValueError, match="before it starts"):
        replace(ASKED, end=date(2025, 11, 2))
