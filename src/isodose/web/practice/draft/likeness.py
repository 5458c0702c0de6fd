"""The practice's earlier requests for the same member that look like this one: shown with a link, never a reason to refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from isodose.desk.case import Case
from isodose.desk.duplicate import Duplicate, Sketch, duplicates
from isodose.desk.line import Lines
from isodose.desk.request import Request
from isodose.desk.role import By, Role
from isodose.desk.same_service import with_same_service
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.text import as_code
from isodose.store.event import Json
from isodose.store.find import Wanted, newest
from isodose.web.practice.draft.read import Reading
from isodose.web.services import Services


def alike(reading: Reading, services: Services, by: By, of: str = "") -> tuple[Duplicate, ...]:
    """A practice is told of its own requests alone; the plan's people of all. ``of`` is the request that is added to."""
    member = reading.member
    if not member.found or not reading.lines:
        return ()
    here = _sketch(of, reading.content, reading.lines, services.guideline)
    return duplicates(here, _earlier(member.member_id, services, by)) if here else ()


def _earlier(member_id: str, services: Services, by: By) -> Iterator[Sketch]:
    practice = by.practice if by.role is Role.REQUESTER else None
    for found in newest(services.database, Wanted(member=member_id, practice=practice)):
        case = services.office.case(found.request)
        if case and (sketch := _of_case(case, services.guideline)):
            yield sketch


def _of_case(case: Case, guideline: Guideline) -> Sketch | None:
    request: Request = case.request
    return _sketch(case.tracking, request.content or {}, request.lines, guideline, request)


def _sketch(
    tracking: str, content: Mapping[str, Json], lines: Lines, guideline: Guideline, request: Request | None = None
) -> Sketch | None:
    untyped: Mapping[str, Any] = content
    member, stated = untyped.get("member"), untyped.get("lines")
    if not lines or not isinstance(member, Mapping) or not isinstance(stated, list):
        return None
    column = guideline.facts[DIAGNOSIS].column
    codes = (code for line in stated if isinstance(line, Mapping) for code in line.get(column) or ())
    return Sketch(
        tracking,
        str(member.get("member_id")),
        frozenset(with_same_service(line, guideline.codes).codes for line in lines),
        min(line.start for line in lines),
        frozenset(as_code(str(code)) for code in codes),
        lines[0].provider,
        *((request.standing.place,) if request else ()),
    )
