"""A physician's record goes into an account and comes out as it was."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.web.sign_in.people import NOON, account, added

from isodose.desk.physician import Credential
from isodose.desk.qualification import Matter, Qualification, unqualified
from isodose.store.accounts import find_account
from isodose.web.sign_in.enter import Door
from isodose.web.sign_in.physician import as_json, qualification_from

CREDENTIAL = Credential("MD-4711", "MA", date(2027, 6, 30), ("radiation oncology", "oncology"))
HILL = Qualification(
    CREDENTIAL,
    restricted=False,
    knows_medicare_criteria=True,
    paid_by_outcome=False,
    practices=frozenset({"P2"}),
)


def test_a_record_comes_back_as_it_was_stored(door: Door) -> None:
    added(door, replace(account("physician"), qualification=as_json(HILL)))
    stored = find_account(door.database, "ann")
    assert stored is not None
    assert qualification_from(stored.qualification) == HILL


@pytest.mark.parametrize("flag", ["restricted", "knows_medicare_criteria", "paid_by_outcome"])
def test_each_mark_keeps_its_own_place(flag: str) -> None:
    changed: dict[str, Any] = {flag: not getattr(HILL, flag)}
    other = replace(HILL, **changed)
    assert qualification_from(as_json(other)) == other
    matter = Matter(frozenset({"oncology"}), "P1", NOON.date())
    assert unqualified(HILL, matter) == ()
    assert len(unqualified(other, matter)) == 1


def test_an_account_without_a_record_has_no_qualification() -> None:
    assert qualification_from(None) is None
