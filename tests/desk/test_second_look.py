"""Who is drawn for a second look: always the same, about as many as the policy says, and nobody looks at their own."""

from dataclasses import replace

from tests.desk.people import LINE, MONDAY, NURSE, PHYSICIAN, POLICY, PRACTICE, SECOND_NURSE

from isodose.desk.policy import DeskPolicy
from isodose.desk.recorded import Recorded
from isodose.desk.role import SYSTEM
from isodose.desk.second_look import is_drawn, may_look
from isodose.desk.transitions import Do

SECRET = replace(POLICY, salt="kept by the plan")
REVIEWED = Recorded(Do.APPROVE, MONDAY, "noor", (LINE,), "")


def drawn(decided_by: str, policy: DeskPolicy = SECRET) -> set[int]:
    return {number for number in range(10_000) if is_drawn(f"T-{number}", decided_by, policy)}


def test_five_in_a_hundred_are_drawn_and_always_the_same() -> None:
    assert 420 < len(drawn(SYSTEM)) < 580
    assert drawn(SYSTEM) == drawn(SYSTEM)
    assert drawn("noor") == drawn("olga")


def test_nobody_foretells_the_draw_without_the_secret_or_from_the_other_sample() -> None:
    assert len(drawn(SYSTEM) & drawn(SYSTEM, POLICY)) < 60
    assert len(drawn(SYSTEM) & drawn("noor")) < 60


def test_none_and_all() -> None:
    assert drawn(SYSTEM, replace(SECRET, second_look=0)) == set()
    assert len(drawn(SYSTEM, replace(SECRET, second_look=1000))) == 10_000


def test_nobody_looks_again_at_their_own_and_a_nurse_at_no_denial() -> None:
    denied = Recorded(Do.DENY, MONDAY, "roe", (), "…")
    assert may_look(REVIEWED, SECOND_NURSE)
    assert not may_look(REVIEWED, NURSE)
    assert not may_look(REVIEWED, PRACTICE)
    assert may_look(denied, PHYSICIAN)
    assert not may_look(denied, SECOND_NURSE)
