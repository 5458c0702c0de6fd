"""The member of a draft: by id and birth date as on the plan's roster, and by no other way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from isodose.desk.around import Member as Known
from isodose.guideline.dates import date_from
from isodose.store.database import Database
from isodose.store.event import is_name
from isodose.store.members import Member, find_member
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.typed import Typed

ID, BORN = "member_id", "birth_date"

NOT_FOUND = (
    "No member has this id and this birth date together on the plan's roster. Look at the card again: the id with all its "
    "letters, the birth date as the plan has it."
)
"""The same for an id that nobody has and for another's birth date."""

NOT_COVERED = (
    "The roster has no coverage of this member on {day}. Look at the day, or call the plan if the coverage is new."
)


@dataclass(frozen=True, slots=True)
class MemberRead:
    """``found`` is None while id and birth date do not fit; ``product`` is that of the day, empty if nothing covers it."""

    member_id: str
    born: date | None
    found: Member | None
    product: str
    problems: tuple[Problem, ...]


def read_member(typed: Typed, database: Database, day: date | None) -> MemberRead:
    """The member, and the product that covers the member on the first day of treatment (None: not known yet)."""
    member_id, born = typed.text(ID), date_from(typed.text(BORN))
    found = find_member(database, member_id, born) if born and is_name(member_id) else None
    product = (found.product_on(day) or "") if found and day else ""
    return MemberRead(member_id, born, found, product, tuple(_problems(typed, born, found, day, product)))


def known_member(read: MemberRead, day: date) -> Known | None:
    """What is known of the member on a day: the product, and since when the plan covers without a gap."""
    joined = _joined(read.found, day) if read.found else None
    return Known(read.product, joined) if joined else None


def _joined(member: Member, day: date) -> date | None:
    """The first day of the spans that lead to a day without a gap."""
    joined: date | None = None
    for span in reversed(member.coverage):
        if span.holds_on(joined - timedelta(days=1) if joined else day):
            joined = span.start
    return joined


def _problems(
    typed: Typed, born: date | None, found: Member | None, day: date | None, product: str
) -> Iterator[Problem]:
    if not typed.text(ID):
        yield Problem(ID, "Give the member's id, as on the card", lacks=True)
    if not typed.text(BORN):
        yield Problem(BORN, "Give the member's birth date", lacks=True)
    elif born is None:
        yield Problem(BORN, "A birth date is written like 1956-02-01: year, month, day")
    elif typed.text(ID) and found is None:
        yield Problem(ID, NOT_FOUND)
    elif found and day and not product:
        yield Problem(ID, NOT_COVERED.format(day=day))
