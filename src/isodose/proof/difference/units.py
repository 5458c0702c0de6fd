"""What a revision changes, cut into units: a clause's rule, a rung, the diagnoses of one home, a procedure code, a fact.

A unit is the cause of a change if its new form alone, put into the old edition, makes that change. ``mixed`` is that edition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby

from isodose.guideline.diagnoses import DiagnosisMap, Row
from isodose.guideline.edition import Clause, Edition, Rung
from isodose.guideline.facts import Fact
from isodose.guideline.guideline import Guideline
from isodose.guideline.procedure_codes import ProcedureCode
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.tree import ClauseMet, leaves


@dataclass(frozen=True, slots=True)
class Version:
    """A guideline of one edition that rules every date of service, so that any case can be put to it.

    ``rules_from`` is the date from which it rules in truth.
    """

    guideline: Guideline
    rules_from: date

    @property
    def edition(self) -> Edition:
        """Its edition."""
        return self.guideline.editions[0]


def ruling_all(guideline: Guideline, edition: Edition) -> Version:
    """The edition as if it had always been in force."""
    return Version(replace(guideline, editions=(replace(edition, effective=date.min),)), edition.effective)


@dataclass(frozen=True, slots=True)
class Unit:
    """One change. ``kind`` is `clause`, `rung`, `diagnoses`, `code` or `fact`; ``name`` its id, of a rung its place."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Rungs that follow each other in the old ladder, and what stands in their place in the new one."""

    old: tuple[Rung, ...]
    new: tuple[Rung, ...]
    unit: Unit | None


def steps_of(old: Edition, new: Edition) -> list[Steps]:
    """Both ladders side by side. Rungs that ask for the same in the same words are one, though a list may have changed."""
    old_keys, new_keys = (list(map(_asks, edition.ladder)) for edition in (old, new))
    found: list[Steps] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        pairs = _paired(old.ladder[start:end], new.ladder[new_start:new_end])
        for before, after in pairs:
            is_same = tag == "equal" and before[0].when == after[0].when
            unit = None if is_same else Unit("rung", str(len(found)))
            found.append(Steps(before, after, unit))
    return found


def _asks(rung: Rung) -> tuple[object, ...]:
    return tuple(rule_lines(rung.when)), rung.outcome, rung.reason, tuple(rung.grants.items())


def _paired(old: tuple[Rung, ...], new: tuple[Rung, ...]) -> Iterator[tuple[tuple[Rung, ...], tuple[Rung, ...]]]:
    """Rung by rung; the last of one that has fewer stands against the last of the other."""
    shared = min(len(old), len(new))
    extra_old, extra_new = old[: len(old) - shared], new[: len(new) - shared]
    yield from (((one,), ()) for one in extra_old)
    yield from (((), (one,)) for one in extra_new)
    yield from (((one,), (other,)) for one, other in zip(old[len(extra_old) :], new[len(extra_new) :], strict=True))


def units_of(old: Version, new: Version) -> list[Unit]:
    """All that differs and could change an answer, in the order of the text."""
    before, after = old.edition, new.edition
    changed = [name for name in after.clauses if name in before.clauses and _rule_differs(before, after, name)]
    return [
        *(Unit("clause", name) for name in changed),
        *(step.unit for step in steps_of(before, after) if step.unit),
        *(Unit("diagnoses", home) for home in _homes(old.guideline.diagnoses, new.guideline.diagnoses)),
        *(Unit("code", code) for code in _codes_changed(old.guideline, new.guideline)),
        *(Unit("fact", name) for name in _facts_changed(old.guideline, new.guideline)),
    ]


def _rule_differs(old: Edition, new: Edition, name: str) -> bool:
    return old.clauses[name].rule != new.clauses[name].rule


def rows_by_home(diagnoses: DiagnosisMap) -> dict[str, dict[tuple[str, str, str], Row]]:
    """What a map says of each home, whatever its notes and the order of its rows."""
    rows = sorted(diagnoses.rows, key=lambda row: (row.home, row.low, row.high))
    return {
        home: {(row.low, row.high, row.status): row for row in of_home}
        for home, of_home in groupby(rows, key=lambda row: row.home)
    }


EVERY_HOME = "*"
_MOST_HOMES = 8
"""Of more homes than this whose diagnoses changed, the map as a whole is one unit."""


def _homes(old: DiagnosisMap, new: DiagnosisMap) -> list[str]:
    found = list(homes_changed(old, new))
    return found if len(found) <= _MOST_HOMES else [EVERY_HOME]


def homes_changed(old: DiagnosisMap, new: DiagnosisMap) -> Iterator[str]:
    """The clauses and sets (empty: none) of which the map says something else."""
    if old is new:
        return
    before, after = rows_by_home(old), rows_by_home(new)
    for home in dict.fromkeys((*before, *after)):
        if before.get(home, {}).keys() != after.get(home, {}).keys():
            yield home


def code_says(code: ProcedureCode | None) -> object:
    """What a procedure code decides: when it is valid, and what it can mean."""
    return code and (code.valid, dict(code.means))


def _codes_changed(old: Guideline, new: Guideline) -> Iterator[str]:
    for code in dict.fromkeys((*old.codes, *new.codes)):
        if code_says(old.codes.get(code)) != code_says(new.codes.get(code)):
            yield code


def fact_says(fact: Fact) -> object:
    """What of a fact's declaration can change an answer while its value stays the same."""
    return set(fact.values), fact.open, fact.answered_by


def fact_reads(fact: Fact) -> object:
    """How a fact is read from a row: where two read it differently, no case is the same to both."""
    return fact.type, fact.column, fact.unit, fact.formula, bool(fact.absent)


def map_says(diagnoses: DiagnosisMap) -> object:
    """What a map says in all, to be held against another one."""
    return {home: frozenset(rows) for home, rows in rows_by_home(diagnoses).items()}, frozenset(diagnoses.of_sets)


def _facts_changed(old: Guideline, new: Guideline) -> Iterator[str]:
    for name, fact in old.facts.items():
        if name in new.facts and fact_says(fact) != fact_says(new.facts[name]):
            yield name


def mixed(old: Version, new: Version, units: Collection[Unit]) -> Version:
    """The old edition with some units in their new form, and with what these need to be understood."""
    named = {kind: {unit.name for unit in units if unit.kind == kind} for kind in _KINDS}
    ladder = _ladder(steps_of(old.edition, new.edition), units)
    clauses = dict(old.edition.clauses)
    clauses |= {name: new.edition.clauses[name] for name in named["clause"]}
    edition = replace(old.edition, ladder=ladder, clauses=_complete(clauses, ladder, new.edition))
    mine, theirs = old.guideline, new.guideline
    facts = dict(theirs.facts) | dict(mine.facts) | {name: theirs.facts[name] for name in named["fact"]}
    codes = {code: known for code, known in mine.codes.items() if code not in named["code"]}
    codes |= {code: theirs.codes[code] for code in named["code"] if code in theirs.codes}
    diagnoses = _diagnoses(mine.diagnoses, theirs.diagnoses, named["diagnoses"])
    return Version(replace(mine, editions=(edition,), facts=facts, codes=codes, diagnoses=diagnoses), old.rules_from)


_KINDS = ("clause", "rung", "diagnoses", "code", "fact")


def _ladder(steps: list[Steps], units: Collection[Unit]) -> tuple[Rung, ...]:
    return tuple(rung for step in steps for rung in (step.new if step.unit in units else step.old))


def _complete(clauses: dict[str, Clause], ladder: tuple[Rung, ...], new: Edition) -> dict[str, Clause]:
    """The clauses with those that a rung or one of them refers to and that only the new edition has."""
    waiting = [*(rung.when for rung in ladder), *(clause.rule for clause in clauses.values())]
    while waiting:
        for leaf in leaves(waiting.pop()):
            if isinstance(leaf, ClauseMet) and leaf.clause not in clauses:
                clauses[leaf.clause] = new.clauses[leaf.clause]
                waiting.append(new.clauses[leaf.clause].rule)
    return clauses


def _diagnoses(old: DiagnosisMap, new: DiagnosisMap, homes: Collection[str]) -> DiagnosisMap:
    if not homes or EVERY_HOME in homes:
        return new if homes else old
    rows = [row for row in old.rows if row.home not in homes] + [row for row in new.rows if row.home in homes]
    return DiagnosisMap(rows, {**old.of_sets, **new.of_sets})
