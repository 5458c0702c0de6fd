"""What a revision changes beside the text: rules, the ladder, lists, readings, the map of diagnoses, procedure codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from isodose.guideline.edition import Edition, Plain, Reading, Rung
from isodose.guideline.guideline import Guideline
from isodose.guideline.procedure_codes import ProcedureCode
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.tree import Period
from isodose.proof.difference.units import homes_changed, rows_by_home, steps_of


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One thing that changed: what it is (`rule`, `ladder`, `list`, `reading`, `diagnoses`, `code`), its name, its lines."""

    kind: str
    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def rule_changes(old: Guideline, old_edition: Edition, new: Guideline, new_edition: Edition) -> Iterator[RuleChange]:
    """All of them, in the order in which a determination looks at them."""
    yield from _ladder(old_edition, new_edition)
    yield from _compared("rule", *(_rules(edition) for edition in (old_edition, new_edition)))
    yield from _compared("list", *(_lists(edition) for edition in (old_edition, new_edition)))
    yield from _compared("reading", *(_readings(edition) for edition in (old_edition, new_edition)))
    yield from _diagnoses(old, new)
    yield from _compared("code", *(_codes(guideline) for guideline in (old, new)))


def _compared(kind: str, old: Mapping[str, Iterable[str]], new: Mapping[str, Iterable[str]]) -> Iterator[RuleChange]:
    for name in dict.fromkeys((*new, *old)):
        before, after = tuple(old.get(name, ())), tuple(new.get(name, ()))
        if before != after:
            yield RuleChange(kind, name, before, after)


def _ladder(old: Edition, new: Edition) -> Iterator[RuleChange]:
    for step in steps_of(old, new):
        before, after = _rungs(step.old), _rungs(step.new)
        if before != after:
            places = [str(new.ladder.index(rung) + 1) for rung in step.new] or [
                f"{old.ladder.index(step.old[0]) + 1} before"
            ]
            yield RuleChange("ladder", f"rung {places[0]}", before, after)


def _rungs(rungs: tuple[Rung, ...]) -> tuple[str, ...]:
    return tuple(line for rung in rungs for line in (*rule_lines(rung.when), f"→ {_leads_to(rung)}"))


def _leads_to(rung: Rung) -> str:
    grants = "".join(f", {name} {value}" for name, value in rung.grants.items())
    return f"{rung.outcome}{f' ({rung.reason})' if rung.reason else ''}{grants}"


def _rules(edition: Edition) -> dict[str, list[str]]:
    return {name: rule_lines(clause.rule) for name, clause in edition.clauses.items()}


def _lists(edition: Edition) -> dict[str, list[str]]:
    """What data blocks state, item by item."""
    return {name: list(_items(data.value)) for name, data in edition.data.items()}


def _items(value: Plain, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for part, below in value.items():
            yield from _items(below, f"{name}{part}: ")
    elif isinstance(value, list):
        for item in value:
            yield from _items(item, name)
    else:
        yield f"{name}{value}"


def _readings(edition: Edition) -> dict[str, list[str]]:
    return {name: _reading(reading) for name, reading in edition.readings.items()}


def _reading(reading: Reading) -> list[str]:
    return [f"read as: {reading.read_as}"]


def _diagnoses(old: Guideline, new: Guideline) -> Iterator[RuleChange]:
    before, after = rows_by_home(old.diagnoses), rows_by_home(new.diagnoses)
    for home in homes_changed(old.diagnoses, new.diagnoses):
        ours, theirs = before.get(home, {}), after.get(home, {})
        gone = tuple(f"{row.codes} {row.status}: {row.title}" for key, row in ours.items() if key not in theirs)
        come = tuple(f"{row.codes} {row.status}: {row.title}" for key, row in theirs.items() if key not in ours)
        yield RuleChange("diagnoses", home or "set aside", gone, come)


def _codes(guideline: Guideline) -> dict[str, list[str]]:
    return {name: [_code(code)] for name, code in guideline.codes.items()}


def _code(code: ProcedureCode) -> str:
    means = "".join(f"; {name} {' or '.join(values)}" for name, values in code.means.items())
    return f"{code.code}: valid {_period(code.valid)}{means}"


def _period(period: Period) -> str:
    since = f"from {period.since}" if period.since else ""
    until = f"to {period.until}" if period.until else ""
    return " ".join(filter(None, (since, until))) or "always"
