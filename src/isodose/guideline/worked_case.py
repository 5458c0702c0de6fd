"""Worked cases: facts, the answer that is right, and why; readable by a clinician. They are the oracle of every engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from isodose.guideline import yaml_source
from isodose.guideline.dates import date_from
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import text_from
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.problem import Level, Place, Problem, did_you_mean, listed
from isodose.guideline.yaml_source import Fields, Scalar, Sequence, Value

OTHER_FOLDERS = ("requests", "editions")
"""Folders of cases that are about no clause: what cannot be right, and which text rules."""

NO_EDITION = "none"

_FIELDS = ("title", "why", "shows", "facts", "judgements", "disputes", "as known on", "expect")
_EXPECT = ("outcome", "review_reason", "basis", "missing", "edition", "problem")


@dataclass(frozen=True, slots=True)
class Expected:
    """The right answer. A list left out is empty. ``edition`` is `none` where none rules; None is not looked at."""

    outcome: Outcome
    review_reason: Reason | None
    basis: tuple[str, ...]
    missing: tuple[str, ...]
    edition: str | None
    problem: str
    place: Place


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One case. ``facts`` are cells as in CSV; ``findings`` the judgements and disputes as in a JSON request."""

    title: str
    why: str
    clause: str
    shows: tuple[str, ...]
    facts: Mapping[str, str]
    findings: Mapping[str, list[dict[str, str]]]
    as_known_on: date | None
    expected: Expected
    place: Place


def worked_cases(guideline: Guideline, problems: list[Problem]) -> list[WorkedCase]:
    """All cases of a guideline by clause and name; what is wrong with them goes to ``problems``."""
    folder = guideline.folder / "cases"
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    files = [path for path in found if path.suffix == ".yaml"]
    for path in found:
        if path.suffix != ".yaml":
            place = Place(path.relative_to(guideline.folder).as_posix())
            problems.append(Problem(place, "a worked case is a file `NAME.yaml`", level=Level.WARNING))
    if not files:
        problems.append(Problem(Place("cases"), "the guideline has no worked cases", level=Level.WARNING))
    cases = [_case(file, guideline, problems) for file in files]
    return [case for case in cases if case]


def _case(file: Path, guideline: Guideline, problems: list[Problem]) -> WorkedCase | None:
    clause, place = file.parent.name, Place(file.relative_to(guideline.folder).as_posix())
    text = text_from(file.read_bytes(), place.file, problems, clause)
    value = None if text is None else yaml_source.parse(text, place, problems, clause)
    if value is None:
        return None
    fields = Fields(value, "a worked case", _FIELDS, problems, clause)
    _check_folder(clause, place, guideline, problems)
    title, why = fields.text("title", required=True), fields.text("why", required=True)
    expected = _expected(fields.value("expect", required=True), guideline, problems, clause)
    case_facts, shows = _facts(fields, guideline), _shows(fields, guideline)
    known_on = _date(fields, "as known on")
    findings = {name: _findings(fields, name) for name in ("judgements", "disputes")}
    if expected is None:
        return None
    return WorkedCase(title, why, clause, shows, case_facts, findings, known_on, expected, place)


def _check_folder(clause: str, place: Place, guideline: Guideline, problems: list[Problem]) -> None:
    known = [*guideline.clause_ids, *OTHER_FOLDERS]
    if clause not in known:
        message = f"no clause `{clause}` is in the guideline{did_you_mean(clause, known)}"
        problems.append(Problem(place, message, clause, unknown=clause))


def _facts(fields: Fields, guideline: Guideline) -> dict[str, str]:
    facts = {}
    for name, cell in fields.pairs("facts", required=True):
        if name.text not in guideline.columns and name.text != "request_id":
            instead = _instead(name.text, guideline)
            fields.wrong(name.place, f"no fact is read from a column `{name.text}`{instead}", name.text)
        facts[name.text] = cell.text
    return facts


def _instead(name: str, guideline: Guideline) -> str:
    fact = guideline.facts.get(name)
    if fact and fact.formula:
        return f": it is derived; give {' and '.join(f'`{source}`' for source in fact.formula.inputs)}"
    return did_you_mean(name, guideline.columns)


def _date(fields: Fields, name: str) -> date | None:
    scalar = fields.scalar(name)
    day = date_from(scalar.text) if scalar else None
    if scalar and day is None:
        fields.wrong(scalar.place, f"`{name}` must be a date like 2025-01-20, not `{scalar.text}`")
    return day


def _shows(fields: Fields, guideline: Guideline) -> tuple[str, ...]:
    readings = {name for edition in guideline.editions for name in edition.readings}
    shown = fields.words("shows")
    for word in shown:
        if word.text not in readings:
            near = did_you_mean(word.text, readings)
            fields.wrong(word.place, f"no edition has a reading `{word.text}`{near}", word.text)
    return tuple(word.text for word in shown)


def _findings(fields: Fields, name: str) -> list[dict[str, str]]:
    value = fields.value(name)
    if value is None:
        return []
    items: tuple[Value, ...] = value.items if isinstance(value, Sequence) else (value,)
    found = []
    for item in items:
        if isinstance(item, yaml_source.Mapping):
            found.append({key.text: part.text for key, part in item.entries if isinstance(part, Scalar)})
        else:
            fields.wrong(item.place, f"`{name}` must be a list of names with values")
    return found


def _expected(value: Value | None, guideline: Guideline, problems: list[Problem], clause: str) -> Expected | None:
    if value is None:
        return None
    fields = Fields(value, "`expect`", _EXPECT, problems, clause)
    outcome = _one_of(fields, "outcome", tuple(Outcome), required=True)
    reason = _one_of(fields, "review_reason", tuple(Reason), required=outcome == Outcome.CLINICAL_REVIEW)
    editions = [edition.id for edition in guideline.editions]
    basis = _known_words(fields, "basis", "clause", guideline.clause_ids)
    missing = _known_words(fields, "missing", "fact", guideline.facts)
    edition = _one_of(fields, "edition", (*editions, NO_EDITION))
    if outcome is None:
        return None
    given = Reason(reason) if reason else None
    return Expected(Outcome(outcome), given, basis, missing, edition, fields.text("problem"), fields.place)


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...], *, required: bool = False) -> str | None:
    scalar = fields.scalar(name, required=required)
    if scalar and scalar.text not in allowed:
        near = did_you_mean(scalar.text, allowed)
        unknown = scalar.text if name == "edition" else ""
        fields.wrong(scalar.place, f"`{name}` is {listed(allowed)}, not `{scalar.text}`{near}", unknown)
        return None
    return scalar.text if scalar else None


def _known_words(fields: Fields, name: str, what: str, known: frozenset[str] | Mapping[str, object]) -> tuple[str, ...]:
    given = fields.words(name)
    for word in given:
        if word.text not in known:
            near = did_you_mean(word.text, known)
            fields.wrong(word.place, f"no {what} `{word.text}` is in the guideline{near}", word.text)
    return tuple(sorted(word.text for word in given))
