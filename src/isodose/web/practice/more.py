"""More of a request that was sent: an answer, a correction, or information that nobody asked for, each begun as a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from starlette.responses import Response

from isodose.desk.case import Case
from isodose.desk.line import Line
from isodose.desk.request import Request
from isodose.guideline.facts import FactType
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.store.event import Json
from isodose.web.details import OF_LINE, OF_LINES
from isodose.web.practice.draft.answers import DOCUMENT, PAGE, WORDS
from isodose.web.practice.draft.fields import CODE, END, SESSIONS, START, field_of, of_course, of_line
from isodose.web.practice.draft.member import BORN, ID
from isodose.web.practice.draft.more_rows import typed_rows
from isodose.web.practice.draft.typed import LINE, OF, SEEN, Typed
from isodose.web.practice.drafts import begin_draft, own_drafts
from isodose.web.visit import Visit


def begin_more(visit: Visit) -> Response:
    """A draft that holds what was sent, to be changed; the one that is under way already, if there is one."""
    case = visit.case("draft")
    for draft in own_drafts(visit):
        if Typed(draft.body).of == case.tracking:
            return visit.go(f"/draft/{draft.id}")
    body = {**as_typed(case, visit.services.guideline), OF: case.tracking, SEEN: case.request.number}
    return visit.go(f"/draft/{begin_draft(visit, body).id}")


def as_typed(case: Case, guideline: Guideline) -> dict[str, Json]:
    """What was sent, as the fields of a form: reading them gives the same request."""
    request = case.request
    content: Mapping[str, Any] = request.content or {}
    member: Mapping[str, Any] = content.get("member") or {}
    stated: list[Mapping[str, Any]] = content.get("lines") or []
    body: dict[str, Json] = {
        "billing_npi": request.lines[0].provider if request.lines else "",
        **{name: said for name, said in request.details.items() if name not in ("answer", OF_LINES)},
        **typed_rows(request.details, guideline),
        ID: _text(member.get("member_id")),
        BORN: _text(member.get("member_birth_date")),
        LINE: [str(line.number) for line in request.lines] or ["1"],
    }
    for line, facts in zip(request.lines, stated, strict=False):
        body |= _line_fields(line, facts, guideline)
    if stated:
        body |= dict(_course_fields(stated[0], guideline))
        body |= _diagnosis_fields(request, stated, guideline)
    for one in request.evidence:
        if one.document:
            passage = {DOCUMENT: one.document, PAGE: str(one.page), WORDS: one.words}
            body |= {f"{name}-{one.fact}": said for name, said in passage.items()}
    return body


def _line_fields(line: Line, facts: Mapping[str, Any], guideline: Guideline) -> dict[str, Json]:
    key = str(line.number)
    own: dict[str, Json] = {
        f"{CODE}-{key}": _text(facts.get("procedure_code")) or min(line.codes),
        f"{START}-{key}": str(line.start),
        f"{END}-{key}": _text(line.end),
        f"{SESSIONS}-{key}": _text(line.units),
    }
    return own | {field_of(fact, key): _text(facts.get(fact.column)) for fact in of_line(guideline)}


def _course_fields(facts: Mapping[str, Any], guideline: Guideline) -> Iterator[tuple[str, Json]]:
    for fact in of_course(guideline):
        value = facts.get(fact.column)
        if value is not None:
            is_said = fact.type is FactType.YES_NO and isinstance(value, bool)
            yield field_of(fact), ("yes" if value else "no") if is_said else _text(value)


def _diagnosis_fields(request: Request, stated: list[Mapping[str, Any]], guideline: Guideline) -> dict[str, Json]:
    """The diagnoses of all lines, and those that a line has to itself, with its side and target."""
    column = guideline.facts[DIAGNOSIS].column
    of_lines = [_codes(facts.get(column)) for facts in stated]
    chosen = list(dict.fromkeys(code for codes in of_lines for code in codes))
    body: dict[str, Json] = {DIAGNOSIS: [*chosen]}
    for line, codes in zip(request.lines, of_lines, strict=False):
        if codes != chosen:
            body[f"{DIAGNOSIS}-{line.number}"] = [*codes]
    own: Any = request.details.get(OF_LINES)
    for told in own or ():
        body |= {f"{name}-{told['line']}": told[name] for name in OF_LINE if name in told}
    return body


def _codes(value: object) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list) else [str(value)] if value else []


def _text(value: object) -> str:
    return "" if value is None else str(value)
