"""What a head says for those who look for a request: the codes of an open one, and whose decision nobody looked at again."""

from dataclasses import replace

import pytest
from tests.desk.people import CONTENT, FLAT, LINE, NURSE, POLICY, PRACTICE, SECOND_NURSE, SUBMIT, TO_REVIEW, after_all

from isodose.desk.act import AnyAct
from isodose.desk.acts import Decide, LookAgain, Plainly
from isodose.desk.decision import Approved
from isodose.desk.head import head, sought_code
from isodose.desk.role import By
from isodose.desk.transitions import Do
from isodose.store.event import Json
from isodose.store.head import Head

APPROVED = (*TO_REVIEW, (Decide(Approved((LINE,), (LINE,), "The criteria are met.")), NURSE))


def head_after(*acts: tuple[AnyAct, By]) -> Head:
    return head("TRACK-0000-0001-3", after_all(*acts), POLICY)


def test_an_open_request_is_found_by_its_codes_however_they_were_sent() -> None:
    odd: dict[str, Json] = {**FLAT, "diagnosis_codes": ["c61", "C34.32 ", "none"]}
    sent = replace(SUBMIT, content={**CONTENT, "lines": [odd]})
    assert head_after((sent, PRACTICE)).codes == ("77385", "C3432", "C61")


def test_one_that_is_closed_is_not_found_by_a_code() -> None:
    assert head_after(*TO_REVIEW).codes
    assert head_after(*APPROVED).codes == ()
    assert head_after(*TO_REVIEW, (Plainly(Do.WITHDRAW), PRACTICE)).codes == ()


def test_it_says_who_decided_until_somebody_has_looked_again() -> None:
    assert head_after(*TO_REVIEW).decided_by is None
    assert head_after(*APPROVED).decided_by == NURSE.account
    look = LookAgain(would_approve=True, why="As I would have it.")
    assert head_after(*APPROVED, (look, SECOND_NURSE)).decided_by is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [("c34.32", "C3432"), (" 77385 ", "77385"), ("imrt", ""), ("2026-12-07", ""), ("C34.321X9", ""), ("C６１", "")],
)
def test_a_code_is_known_however_it_is_typed(typed: str, code: str) -> None:
    assert sought_code(typed) == code
