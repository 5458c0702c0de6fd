"""Finding a case by what somebody reads out: a number, a member's id or name, a code."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.desk.case import Case
from isodose.desk.head import sought_code
from isodose.desk.number import Kind, authorization_number, number_problem, plain, request_number, serial_of
from isodose.desk.worklists import OPEN_STATES
from isodose.store.find import PAGE, by_number
from isodose.store.search import members_named, requests_naming, requests_of_members
from isodose.web.reviewer.worklist.cases import cases_named
from isodose.web.reviewer.worklist.filters import LONGEST_WAIT
from isodose.web.visit import Visit

_FEWEST = 3
"""Letters of a name; fewer are in half of all names."""


def found(visit: Visit, typed: str) -> tuple[Case, ...]:
    """The cases that what was typed can mean: by number the one, else a member's, else the open ones that name a code."""
    if number := number_from(typed):
        one = by_number(visit.services.database, number)
        return cases_named(visit, [one.request]) if one else ()
    return cases_named(visit, list(_requests(visit, typed))[:PAGE])


def number_from(typed: str) -> str:
    """A tracking or authorization number as it is written here, however it was typed; empty if it is none."""
    if number_problem(typed, Kind.TRACKING) is None:
        return request_number(Kind.TRACKING, serial_of(typed))
    if number_problem(typed, Kind.AUTHORIZATION) is None:
        return authorization_number(serial_of(typed), int(plain(typed)[-3:-1]))
    return ""


def _requests(visit: Visit, typed: str) -> Iterator[str]:
    """A member's, by id or by name; what looks like a code is looked for in all that is open."""
    database = visit.services.database
    if of_member := requests_of_members(database, [typed]):
        yield from of_member
        return
    if len(typed) >= _FEWEST:
        yield from requests_of_members(database, members_named(database, typed))
    if code := sought_code(typed):
        yield from requests_naming(database, code, OPEN_STATES, visit.now + LONGEST_WAIT)
