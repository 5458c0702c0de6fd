"""A request as JSON: a member, service lines, and what reviewers found; each line becomes a case."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from isodose.determination.case import Case, Dispute, Judgement, case_from
from isodose.determination.cells import JSON_CELLS, Wrong, shown
from isodose.determination.record import ADDED
from isodose.determination.validity import NEEDED
from isodose.guideline.dates import date_from
from isodose.guideline.facts import Fact, Facts
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import did_you_mean, listed
from isodose.guideline.truth import MET, NOT_MET

TOP = ("request_id", "member", "lines", "judgements", "disputes", "notes")
MEMBER = ("member_id", "member_birth_date", "product")
JUDGEMENT = ("clause", "leaf", "truth", "by", "on", "why", "line")
DISPUTE = ("fact", "by", "on", "why", "line")


class ShapeError(ValueError):
    """A request that cannot be read at all; ``place`` is the path of what is wrong."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place


def is_request(value: Mapping[str, object]) -> bool:
    """Whether an object is a request rather than one flat case."""
    return "lines" in value or "member" in value


def json_kind(value: object) -> str:
    """What a JSON value is, in words."""
    if value is None or isinstance(value, bool):
        return str(value).replace("None", "null").lower()
    kinds = ((str, "a text"), (list, "a list"), (Mapping, "an object"))
    return next((words for shape, words in kinds if isinstance(value, shape)), "a number")


def cases_from(request: Mapping[str, object], guideline: Guideline) -> Iterator[Case | ShapeError]:
    """The case of each service line, in order, or why a line cannot be read.

    Raises ``ShapeError`` before the first if the request has no lines or no readable member.
    """
    member, lines = _member(request), _lines(request)
    notes = (*_unknown_parts(request, TOP, "the request"), *_unknown_parts(member, MEMBER, "`member`"))
    numbers = {line["line"] for line in lines if isinstance(line, Mapping) and isinstance(line.get("line"), int)}
    for number, line in enumerate(lines):
        place = f"lines[{number}]"
        taken = [name for name in ADDED if isinstance(line, Mapping) and name in line]
        if not isinstance(line, Mapping):
            yield ShapeError(place, f"a line must be an object, not {json_kind(line)}")
        elif taken:
            yield ShapeError(place, f"the answer adds {listed(taken)} itself; rename what was sent under that name")
        else:
            case = _case(line, member, request, guideline)
            yield with_findings(case._replace(notes=(*notes, *case.notes)), request, guideline, numbers)


def _case(
    line: Mapping[str, object], member: Mapping[str, object], request: Mapping[str, object], guideline: Guideline
) -> Case:
    said = {name: value for name, value in line.items() if name != "notes"}
    of_member = {name: member[name] for name in MEMBER if name in member}
    row = {"request_id": request.get("request_id"), **said, **of_member}
    case = case_from(row, guideline, JSON_CELLS)
    twice = [name for name in MEMBER[1:] if name in line and line[name] != member.get(name, line[name])]
    wrong = tuple(Wrong(name, f"`{name}` is said by the line and differently by `member`") for name in twice)
    return case._replace(problems=case.problems + wrong, notes=(*_line_notes(line), *case.notes))


def _member(request: Mapping[str, object]) -> Mapping[str, object]:
    member = request.get("member")
    if member is None:
        return {}
    if not isinstance(member, Mapping):
        raise ShapeError("member", f"the member must be an object, not {json_kind(member)}")
    return member


def _lines(request: Mapping[str, object]) -> list[object]:
    lines = request.get("lines")
    if not isinstance(lines, list) or not lines:
        raise ShapeError("lines", "a request needs `lines`: a list of service lines, each an object")
    return lines


def _unknown_parts(value: Mapping[str, object], known: tuple[str, ...], what: str) -> list[str]:
    return [
        f"{what} has a part {shown(name)} that was not used{did_you_mean(name, known)}"
        for name in value
        if name not in known
    ]


def _line_notes(line: Mapping[str, object]) -> list[str]:
    notes = line.get("notes")
    return [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []


def with_findings(
    case: Case, request: Mapping[str, object], guideline: Guideline, lines: Collection[object] = ()
) -> Case:
    """The case with the judgements and disputes of the request that are about its line; ``lines`` are all that it has."""
    problems: list[Wrong] = []
    judgements: dict[str, Judgement] = {}
    for place, item in _items(request, "judgements", lines, case, problems):
        judgement = _judgement(item, place, guideline, problems)
        earlier = judgements.setdefault(judgement.target, judgement) if judgement else None
        if judgement and earlier and judgement.truth is not earlier.truth:
            problems.append(
                Wrong(place, f"`{place}` contradicts an earlier judgement on `{judgement.target}`; keep one")
            )
    disputes = [
        _dispute(item, place, guideline.facts, problems)
        for place, item in _items(request, "disputes", lines, case, problems)
    ]
    case = case._replace(
        problems=case.problems + tuple(problems),
        judgements=judgements,
        disputes=tuple(dispute for dispute in disputes if dispute),
    )
    return disputed(case._replace(notes=(*case.notes, *_dispute_notes(case))), guideline.facts)


def _dispute_notes(case: Case) -> Iterator[str]:
    """What a reader must know of a dispute: it is why something that was stated is asked for."""
    for one in case.disputes:
        if one.fact in case.facts:
            yield f"`{one.fact}` counts as unknown: {one.by} disputes it on {one.on}: {one.why.rstrip('.')}"
        else:
            yield f"the dispute of `{one.fact}` has no effect: nothing was stated"


def disputed(case: Case, facts: Facts) -> Case:
    """The case with each disputed fact unknown, and what is derived from it."""
    names = {dispute.fact for dispute in case.disputes}
    known = {name: value for name, value in case.facts.items() if not _rests_on(facts[name], names, facts)}
    return case._replace(facts=known) if names else case


def _rests_on(fact: Fact, names: set[str], facts: Facts) -> bool:
    inputs = fact.formula.inputs if fact.formula else ()
    return fact.name in names or any(_rests_on(facts[name], names, facts) for name in inputs)


def _items(
    request: Mapping[str, object], name: str, lines: Collection[object], case: Case, problems: list[Wrong]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The judgements or disputes that are about the case's line, each with its place."""
    items = request.get(name)
    if items is not None and not isinstance(items, list):
        problems.append(Wrong(name, f"`{name}` must be a list of objects, not {json_kind(items)}"))
    for number, item in enumerate(items if isinstance(items, list) else []):
        place = f"{name}[{number}]"
        if not isinstance(item, Mapping):
            problems.append(Wrong(name, f"`{place}` must be an object, not {json_kind(item)}"))
        elif _is_about(item.get("line"), place, lines, case, problems):
            yield place, item


def _is_about(line: object, place: str, lines: Collection[object], case: Case, problems: list[Wrong]) -> bool:
    """Whether a finding is about the case's line. One about no line of the request is not lost in silence."""
    if line is None:
        return True
    if not isinstance(line, int) or isinstance(line, bool):
        problems.append(Wrong(place, f"`{place}`: `line` must be a whole number, not {shown(line)}"))
    elif line not in lines:
        problems.append(Wrong(place, f"`{place}`: the request has no line {shown(line)}"))
    else:
        return line == case.line
    return False


def _judgement(item: Mapping[str, object], place: str, guideline: Guideline, problems: list[Wrong]) -> Judgement | None:
    by, on, why = _signed(item, place, JUDGEMENT, problems)
    target, truth = _target(item, place, guideline, problems), item.get("truth")
    if truth not in (MET.value, NOT_MET.value):
        right = listed([MET.value, NOT_MET.value])
        wrong = f" lacks `truth`: {right}" if truth is None else f": `truth` is {right}, not {shown(truth)}"
        problems.append(Wrong(place, f"`{place}`{wrong}"))
        return None
    found = MET if truth == MET.value else NOT_MET
    return Judgement(target, found, by, on, why) if target and by and on and why else None


def _target(item: Mapping[str, object], place: str, guideline: Guideline, problems: list[Wrong]) -> str:
    """The clause or the leaf that is judged; empty if it is none of the guideline."""
    clause, leaf = item.get("clause"), item.get("leaf")
    target = leaf if clause is None else clause
    if not isinstance(target, str) or (clause is not None and leaf is not None):
        problems.append(Wrong(place, f"`{place}` needs a `clause` or a `leaf`, as text, and not both"))
        return ""
    target = " ".join(target.split())
    kind, known = ("leaf", guideline.leaf_phrases) if clause is None else ("clause", guideline.clause_ids)
    if target not in known:
        near = did_you_mean(target, known)
        problems.append(Wrong(place, f"`{place}`: no {kind} {shown(target)} is in the guideline{near}"))
        return ""
    return target


def _dispute(item: Mapping[str, object], place: str, facts: Facts, problems: list[Wrong]) -> Dispute | None:
    by, on, why = _signed(item, place, DISPUTE, problems)
    fact = item.get("fact")
    if not isinstance(fact, str):
        problems.append(Wrong(place, f"`{place}` lacks `fact`: the name of the fact that is disputed"))
    elif fact not in facts:
        problems.append(
            Wrong(place, f"`{place}`: no fact {shown(fact)} is in the guideline{did_you_mean(fact, facts)}")
        )
    elif fact in NEEDED:  # no statement about the patient: to change it is to correct the request
        problems.append(
            Wrong(place, f"`{place}`: `{fact}` is what was asked for; return the request for correction instead")
        )
    elif by and on and why:
        return Dispute(fact, by, on, why)
    return None


def _signed(
    item: Mapping[str, object], place: str, allowed: tuple[str, ...], problems: list[Wrong]
) -> tuple[str, date | None, str]:
    """Who, when and why: a reviewer's finding without them is none."""
    texts = {name: value.strip() for name in ("by", "on", "why") if isinstance(value := item.get(name), str)}
    day = date_from(texts.get("on", ""))
    for name, right in (("by", "who found it"), ("why", "the reason, in words")):
        if not texts.get(name):
            problems.append(Wrong(place, f"`{place}` lacks `{name}`: {right}"))
    if day is None:
        problems.append(Wrong(place, f"`{place}`: `on` must be a date like 2025-11-03"))
    problems.extend(
        Wrong(place, f"`{place}` has no part {shown(name)}{did_you_mean(name, allowed)}")
        for name in item
        if name not in allowed
    )
    return texts.get("by", ""), day, texts.get("why", "")
