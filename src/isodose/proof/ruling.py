"""One edition on the dates that it rules: its flags as formulas, its clauses, and the engine beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import z3  # type: ignore[import-untyped]

from isodose.compile.answer import Flags, flags_of
from isodose.compile.expression import NEVER, Boolean, all_of, negated
from isodose.compile.flat_case import reigns
from isodose.compile.rails import Rails, RailsOf, rails_of, within
from isodose.compile.z3_dates import YES, Z3
from isodose.compile.z3_formulas import Model
from isodose.determination.program import Determination, Program
from isodose.guideline.diagnoses import DiagnosisMap
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import (
    COMBINATIONS,
    ClauseMet,
    InDiagnoses,
    Node,
    NoneOf,
    Period,
    clauses_reached,
    is_below,
    leaves,
)
from isodose.proof.example import Row, Search
from isodose.proof.ordinary import Ordinary

_SOON = timedelta(2 * 366)
"""So long after an edition took effect an example had better lie at the latest."""

_NOWHERE = "\0"
"""A home that no leaf looks at: codes that are in no clause, yet stand in the map."""


@dataclass(frozen=True)
class Variant:
    """The edition with one thing changed: its answers as formulas, ``given`` what holds of it, and the engine that gives them."""

    outcomes: Mapping[Outcome, Z3]
    reasons: Mapping[Reason, Z3]
    program: Program
    given: Z3 = YES


class Ruling:
    """An edition, the dates of service that it rules as known on a day, and what may be asked of both.

    ``search`` looks on the dates that it rules, ``ever`` on those from which it is effective on, whatever came later.
    """

    def __init__(
        self, guideline: Guideline, edition: Edition, model: Model, ordinary: Ordinary, program: Program
    ) -> None:
        self.guideline, self.edition, self.model = guideline, edition, model
        self.ordinary = ordinary
        self.period, self.known_on = _reign(guideline, edition)
        self.flags: Flags = flags_of(guideline, edition)
        self.rails: RailsOf = rails_of(edition.clauses)
        self._program = program
        begins = self.formula(within(Period(edition.effective)))
        rules = self.formula(within(self.period))
        soon = self.formula(within(Period(None, edition.effective + _SOON)))
        self.search = Search(model, ordinary, [model.valid(), rules], [*model.usual, soon])
        self.ever = Search(model, ordinary, [model.valid(), begins], [*model.usual, soon, rules])

    def formula(self, asked: Boolean) -> Z3:
        """What is asked of the case, as a formula."""
        return self.model.formula(asked)

    def clause(self, clause: Clause) -> Rails:
        """The rails of a clause."""
        return self.rails(clause.rule)

    def outcome(self, outcome: Outcome) -> Z3:
        """The case's outcome is this one."""
        return self.formula(self.flags.outcomes.get(outcome, NEVER))

    def leads(self, number: int) -> Z3:
        """The rung decides."""
        return self.formula(all_of((self.flags.first[number], negated(self.flags.is_open))))

    def determine(self, row: Row) -> Determination | None:
        """The engine's answer, None if another edition rules the case, or none, or if it is invalid."""
        answer = self._program.determine(row, self.known_on)
        return answer if answer.edition is self.edition else None

    def without_rung(self, number: int) -> Variant:
        """The edition without a rung."""
        ladder = self.edition.ladder
        return self._variant(replace(self.edition, ladder=ladder[:number] + ladder[number + 1 :]))

    def with_rule(self, clause: Clause, rule: Node) -> Variant:
        """The edition with another rule in a clause."""
        clauses = dict(self.edition.clauses) | {clause.id: replace(clause, rule=rule)}
        return self._variant(replace(self.edition, clauses=clauses))

    def _variant(self, edition: Edition) -> Variant:
        flags = flags_of(self.guideline, edition)
        return _variant_of(flags, self.formula, Program(replace(self.guideline, editions=(edition,))))

    def without_codes(self, clause: Clause) -> Variant:
        """The edition, were the codes of a clause and of those below it in no clause."""
        diagnoses = self.guideline.diagnoses
        sets = diagnoses.of_sets
        rows = [
            replace(row, home=_NOWHERE) if row.home and row.home not in sets and is_below(row.home, clause.id) else row
            for row in diagnoses.rows
        ]
        changed = replace(self.guideline, editions=(self.edition,), diagnoses=DiagnosisMap(rows, sets))
        variant, left_out = self._with_left_out
        given = z3.And(*(flag == is_below(home, clause.id) for home, flag in left_out.items()))
        return replace(variant, program=Program(changed), given=given)

    @cached_property
    def _with_left_out(self) -> tuple[Variant, Mapping[str, Z3]]:
        """The edition, were the codes of some clauses in none; by these, whether they are."""
        reading = self.model.with_left_out()
        return _variant_of(self.flags, reading.formula, self._program), reading.left_out

    @cached_property
    def reached(self) -> tuple[Clause, ...]:
        """The clauses that the ladder looks at, in the order of the text; of others the check says that none does."""
        rules = {name: clause.rule for name, clause in self.edition.clauses.items()}
        found = {name for rung in self.edition.ladder for name in clauses_reached(rung.when, rules)}
        return tuple(clause for name, clause in self.edition.clauses.items() if name in found)

    def named(self, number: int) -> tuple[Clause, ...]:
        """The clauses that a rung names and that speak for it, not those that it rules out."""
        return tuple(self.edition.clauses[name] for name in _named(self.edition.ladder[number].when))

    @cached_property
    def referred(self) -> frozenset[str]:
        """The clauses that a rung or another clause refers to by `clause N`."""
        return frozenset(
            leaf.clause for tree in self.edition.trees for leaf in leaves(tree) if isinstance(leaf, ClauseMet)
        )

    @cached_property
    def looked_at(self) -> frozenset[str]:
        """The clauses whose codes a rule of another clause, or a rung, looks at."""
        found: set[str] = set()
        for name, tree in [*((None, rung.when) for rung in self.edition.ladder), *self._rules()]:
            for leaf in leaves(tree):
                if isinstance(leaf, InDiagnoses) and not leaf.is_set:
                    below = [clause for clause in self.edition.clauses if is_below(clause, leaf.target)]
                    found.update(clause for clause in below if clause != name)
        return frozenset(found)

    def _rules(self) -> Iterator[tuple[str | None, Node]]:
        yield from ((name, clause.rule) for name, clause in self.edition.clauses.items())


def _variant_of(flags: Flags, formula: Callable[[Boolean], Z3], program: Program) -> Variant:
    return Variant(
        {outcome: formula(flag) for outcome, flag in flags.outcomes.items()},
        {reason: formula(flag) for reason, flag in flags.reasons.items()},
        program,
    )


def rulings(guideline: Guideline, ordinary: Ordinary) -> list[Ruling]:
    """The editions that rule some date of service, as known on some day."""
    model, program = Model(guideline), Program(guideline)
    return [Ruling(guideline, edition, model, ordinary, program) for edition in guideline.editions]


def _reign(guideline: Guideline, edition: Edition) -> tuple[Period, date | None]:
    """The dates that an edition rules: as is known of late, or else as was known when it was decided."""
    for known_on in (None, edition.decided):
        periods = [period for period, ruling in reigns(guideline, known_on) if ruling is edition]
        if periods:
            return Period(periods[0].since, periods[-1].until), known_on
    raise AssertionError(f"{edition.id} rules no date on the day it was decided")


def _named(node: Node) -> Iterator[str]:
    if isinstance(node, ClauseMet):
        yield node.clause
    elif isinstance(node, COMBINATIONS) and not isinstance(node, NoneOf):
        for part in node.parts:
            yield from _named(part)
