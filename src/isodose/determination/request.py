"""A request as JSON: a member, service lines, and what reviewers found; each line becomes a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from isodose.determination.case import Case, Dispute, Judgement, case_from
from isodose.determination.cells import JSON_CELLS, Wrong, shown
from isodose.guideline.dates import date_from
from isodose.guideline.facts import Fact, Facts
from isodose.guideline.load import Guideline
from isodose.guideline.problem import did_you_mean, listed
from isodose.guideline.truth import MET, NOT_MET

TOP = ("request_id", "member", "lines", "judgements", "disputes", "notes")
MEMBER = ("member_id", "member_birth_date", "product")
JUDGEMENT = ("clause", "leaf", "truth", "by", "on", "why", "line")
DISPUTE = ("fact", "by", "on", "why", "line")
NEVER_DISPUTED = ("date_of_service", "procedure_code")
"""What was asked for is no statement about the patient: to change it is to correct the request."""


class ShapeError(ValueError):
    """A request that cannot be read at all; ``place`` is the path of what is wrong."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place


def is_request(value: Mapping[str, object]) -> bool:
    """Whether an object is a request rather than one flat case."""
    return "lines" in value or "member" in value


def cases_from(request: Mapping[str, object], guideline: Guideline) -> Iterator[Case]:
    """The case of each service line, in order. Raises ``ShapeError`` before the first if the request has no lines."""
    member, lines = _member(request), _lines(request)
    notes = tuple(_unknown_parts(request, TOP, "the request") + _unknown_parts(member, MEMBER, "`member`"))
    for number, line in enumerate(lines):
        if not isinstance(line, Mapping):
            raise ShapeError(f"lines[{number}]", f"a line must be an object, not {shown(line)}")
        said = {name: value for name, value in line.items() if name != "notes"}
        row = {"request_id": request.get("request_id"), **said, **member}
        case = case_from(row, guideline.facts, guideline.columns, JSON_CELLS)
        twice = [name for name in MEMBER[1:] if name in line and line[name] != member.get(name, line[name])]
        wrong = tuple(Wrong(name, f"`{name}` is said by the line and differently by `member`") for name in twice)
        case = replace(case, problems=case.problems + wrong, notes=(*notes, *_line_notes(line), *case.notes))
        yield with_findings(case, request, guideline)


def _member(request: Mapping[str, object]) -> Mapping[str, object]:
    member = request.get("member")
    if member is None:
        return {}
    if not isinstance(member, Mapping):
        raise ShapeError("member", f"`member` must be an object, not {shown(member)}")
    return member


def _lines(request: Mapping[str, object]) -> list[object]:
    lines = request.get("lines")
    if not isinstance(lines, list) or not lines:
        raise ShapeError("lines", "a request needs `lines`: a list of service lines, each an object")
    return lines


def _unknown_parts(value: Mapping[str, object], known: tuple[str, ...], what: str) -> list[str]:
    return [
        f"{what} has a part `{name}` that was not used{did_you_mean(name, known)}"
        for name in value
        if name not in known
    ]


def _line_notes(line: Mapping[str, object]) -> list[str]:
    notes = line.get("notes")
    return [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []


def with_findings(case: Case, request: Mapping[str, object], guideline: Guideline) -> Case:
    """The case with the judgements and disputes of the request that are about its line."""
    problems: list[Wrong] = []
    judgements = [
        _judgement(item, place, guideline, problems) for place, item in _items(request, "judgements", case, problems)
    ]
    disputes = [
        _dispute(item, place, guideline.facts, problems) for place, item in _items(request, "disputes", case, problems)
    ]
    case = replace(
        case,
        problems=case.problems + tuple(problems),
        judgements={judgement.target: judgement for judgement in judgements if judgement},
        disputes=tuple(dispute for dispute in disputes if dispute),
    )
    return disputed(case, guideline.facts)


def disputed(case: Case, facts: Facts) -> Case:
    """The case with each disputed fact unknown, and what is derived from it."""
    names = {dispute.fact for dispute in case.disputes}
    known = {name: value for name, value in case.facts.items() if not _rests_on(facts[name], names, facts)}
    return replace(case, facts=known) if names else case


def _rests_on(fact: Fact, names: set[str], facts: Facts) -> bool:
    inputs = fact.formula.inputs if fact.formula else ()
    return fact.name in names or any(_rests_on(facts[name], names, facts) for name in inputs)


def _items(
    request: Mapping[str, object], name: str, case: Case, problems: list[Wrong]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    items = request.get(name)
    if items is not None and not isinstance(items, list):
        problems.append(Wrong(name, f"`{name}` must be a list of objects"))
    for number, item in enumerate(items if isinstance(items, list) else []):
        if not isinstance(item, Mapping):
            problems.append(Wrong(name, f"`{name}[{number}]` must be an object"))
        elif item.get("line") in (None, case.line):
            yield f"{name}[{number}]", item


def _judgement(item: Mapping[str, object], place: str, guideline: Guideline, problems: list[Wrong]) -> Judgement | None:
    by, on, why = _signed(item, place, JUDGEMENT, problems)
    clause, leaf, truth = item.get("clause"), item.get("leaf"), item.get("truth")
    target = leaf if clause is None else clause
    if not isinstance(target, str) or (clause is not None and leaf is not None):
        problems.append(Wrong(place, f"`{place}` needs a `clause` or a `leaf`, and not both"))
        return None
    target = " ".join(target.split())
    known = guideline.leaf_phrases if clause is None else guideline.clause_ids
    if target not in known:
        kind = "leaf" if clause is None else "clause"
        problems.append(
            Wrong(place, f"`{place}`: no {kind} `{target}` is in the guideline{did_you_mean(target, known)}")
        )
        return None
    if truth not in (MET.value, NOT_MET.value):
        right = listed([MET.value, NOT_MET.value])
        problems.append(Wrong(place, f"`{place}`: `truth` is {right}, not {shown(truth)}"))
        return None
    return Judgement(target, MET if truth == MET.value else NOT_MET, by, on, why) if by and on and why else None


def _dispute(item: Mapping[str, object], place: str, facts: Facts, problems: list[Wrong]) -> Dispute | None:
    by, on, why = _signed(item, place, DISPUTE, problems)
    fact = item.get("fact")
    if not isinstance(fact, str) or fact not in facts:
        near = did_you_mean(fact, facts) if isinstance(fact, str) else ""
        problems.append(Wrong(place, f"`{place}`: no fact {shown(fact)} is in the guideline{near}"))
        return None
    if fact in NEVER_DISPUTED:
        problems.append(
            Wrong(place, f"`{place}`: `{fact}` is what was asked for; return the request for correction instead")
        )
        return None
    return Dispute(fact, by, on, why) if by and on and why else None


def _signed(
    item: Mapping[str, object], place: str, allowed: tuple[str, ...], problems: list[Wrong]
) -> tuple[str, date | None, str]:
    """Who, when and why: a reviewer's finding without them is none."""
    by, why, on = item.get("by"), item.get("why"), item.get("on")
    day = date_from(on) if isinstance(on, str) else None
    for name, given in (("by", isinstance(by, str) and by.strip()), ("why", isinstance(why, str) and why.strip())):
        if not given:
            problems.append(Wrong(place, f"`{place}` lacks `{name}`"))
    if day is None:
        problems.append(Wrong(place, f"`{place}`: `on` must be a date like 2025-11-03"))
    problems.extend(
        Wrong(place, f"`{place}` has no part `{name}`{did_you_mean(name, allowed)}")
        for name in item
        if name not in allowed
    )
    return str(by or ""), day, str(why or "")
