"""One edition on the dates that it rules: its flags as formulas, its clauses, and the engine beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

import z3  # type: ignore[import-untyped]

from isodose.compile.answer import Flags, flags_of
from isodose.compile.atoms import Known, LeftOut
from isodose.compile.expression import NEVER, Boolean, all_of
from isodose.compile.rails import SPEAKS, Rails, RailsOf, rails_of, within
from isodose.compile.rows.flat_case import reigns
from isodose.compile.z3.formulas import Model
from isodose.compile.z3.terms import Z3, every
from isodose.determination.program import Determination, Program
from isodose.guideline.diagnoses import DiagnosisMap
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.outcome import Outcome
from isodose.guideline.tree import (
    COMBINATIONS,
    ClauseMet,
    InDiagnoses,
    Leaf,
    Node,
    NoneOf,
    Otherwise,
    Period,
    clauses_reached,
    is_below,
    leaves,
)
from isodose.proof.example import Row, Search
from isodose.proof.ordinary import Ordinary
from isodose.proof.questions import Asked
from isodose.proof.variant import Formulas, Unmet, Variant, as_changed

_SOON = timedelta(2 * 366)
"""So long after an edition took effect an example had better lie at the latest."""

_NOWHERE = "\0"
"""A home that no leaf looks at: codes that are in no clause, yet stand in the map."""


class Ruling:
    """An edition, the dates of service that it rules as known on a day, and what may be asked of both.

    ``search`` looks on the dates that it rules.
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
        rules = self.formula(within(self.period))
        soon = self.formula(within(Period(None, edition.effective + _SOON)))
        self.search = Search(model, ordinary, [model.valid(), rules], [*model.usual, soon])

    @cached_property
    def ever(self) -> Asked:
        """Questions about all dates from which the edition is effective on, whatever came later."""
        begins = self.formula(within(Period(self.edition.effective)))
        return Asked(self.model.real, self.model.valid(), begins)

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
        """The rung decides: no earlier one is met, and none could be that has another outcome."""
        ladder, rungs = self.edition.ladder, self.flags.rungs
        others = (rungs[other].false for other in range(number) if ladder[other].outcome is not ladder[number].outcome)
        return self.formula(all_of((self.flags.first[number], *others)))

    def determine(self, row: Row) -> Determination | None:
        """The engine's answer, None if another edition rules the case, or none, or if it is invalid."""
        answer = self._program.determine(row, self.known_on)
        return answer if answer.edition is self.edition else None

    def without_rung(self, number: int) -> Variant:
        """The edition without a rung."""
        ladder = self.edition.ladder
        changed = replace(self.edition, ladder=ladder[:number] + ladder[number + 1 :])
        otherwise = as_changed(replace(self.guideline, editions=(changed,)))
        return Variant(_formulas(flags_of(self.guideline, changed), self.formula), otherwise)

    def without_clause(self, clause: Clause) -> Variant:
        """The edition, were a clause never met."""
        lookers = [name for name, reached in self._reached_by.items() if clause.id in reached]
        otherwise = Unmet(self.edition.ladder, clause.id, frozenset(lookers))
        return Variant(self._without_some_clause, otherwise, self.formula(LeftOut(clause.id)))

    @cached_property
    def _without_some_clause(self) -> Formulas:
        """The answers without one of the clauses: compiled once for all."""
        rails = rails_of(self.edition.clauses, without=True)
        return _formulas(flags_of(self.guideline, self.edition, rails), self.formula)

    @cached_property
    def _reached_by(self) -> Mapping[str, AbstractSet[str]]:
        """The clauses that each clause looks at."""
        return {name: clauses_reached(rule, self._rules) for name, rule in self._rules.items()}

    @cached_property
    def _rules(self) -> Mapping[str, Node]:
        return {name: clause.rule for name, clause in self.edition.clauses.items()}

    def without_codes(self, clause: Clause) -> Variant:
        """The edition, were the codes of a clause and of those below it in no clause."""
        diagnoses = self.guideline.diagnoses
        sets = diagnoses.of_sets
        rows = [
            replace(row, home=_NOWHERE) if row.home and row.home not in sets and is_below(row.home, clause.id) else row
            for row in diagnoses.rows
        ]
        changed = replace(self.guideline, editions=(self.edition,), diagnoses=DiagnosisMap(rows, sets))
        formulas, left_out = self._with_left_out
        given = every(flag if is_below(home, clause.id) else z3.Not(flag) for home, flag in left_out.items())
        return Variant(formulas, as_changed(changed), given)

    @cached_property
    def _with_left_out(self) -> tuple[Formulas, Mapping[str, Z3]]:
        """The edition, were the codes of some clauses in none; by these, whether they are."""
        reading = self.model.with_left_out()
        return _formulas(self.flags, reading.formula), reading.left_out

    @cached_property
    def reached(self) -> tuple[Clause, ...]:
        """The clauses that the ladder looks at, in the order of the text; of others the check says that none does."""
        found = {name for rung in self.edition.ladder for name in clauses_reached(rung.when, self._rules)}
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
        return frozenset(
            clause
            for clause in self.edition.clauses
            for name, tree in self._trees
            if clause != name and any(_lists(leaf, clause) for leaf in leaves(tree))
        )

    def looks_at(self, clause: str) -> set[str]:
        """The clauses, and the rungs as ``rung 1``, that refer to a clause or look at its codes."""
        return {
            name
            for name, tree in self._trees
            if name != clause
            and any(
                _lists(leaf, clause) or (isinstance(leaf, ClauseMet) and leaf.clause == clause) for leaf in leaves(tree)
            )
        }

    @property
    def _trees(self) -> list[tuple[str, Node]]:
        rungs = ((f"rung {number + 1}", rung.when) for number, rung in enumerate(self.edition.ladder))
        return [*rungs, *self._rules.items()]

    def asks(self, fact: str) -> set[str]:
        """The clauses, and the rungs as ``rung 1``, that ask a fact, or one that follows from it."""
        return {name for name, asked in self._stated_by.items() if fact in asked}

    @cached_property
    def _stated_by(self) -> Mapping[str, AbstractSet[str]]:
        """The stated facts that each clause and each rung asks, or that follows from what it asks."""
        return {
            name: {one for fact in _facts_of(tree) for one in self.stated_inputs(fact)} for name, tree in self._trees
        }

    def facts_of(self, rule: Node) -> set[str]:
        """The facts that a rule asks, itself or by the clauses that it refers to."""
        clauses = [self.edition.clauses[leaf.clause].rule for leaf in leaves(rule) if isinstance(leaf, ClauseMet)]
        return set(_facts_of(rule)).union(*map(self.facts_of, clauses))

    def stated_inputs(self, fact: str) -> list[str]:
        """The stated facts that a fact follows from: itself, if it is stated."""
        formula = self.guideline.facts[fact].formula
        return [fact] if formula is None else [one for name in formula.inputs for one in self.stated_inputs(name)]

    def all_known(self, rule: Node) -> Z3:
        """All facts that a rule asks are known; of diagnoses, one speaks of the illness."""
        facts = self.facts_of(rule)
        return self.formula(all_of(SPEAKS if fact == DIAGNOSIS else Known(fact) for fact in sorted(facts)))


def _facts_of(tree: Node) -> list[str]:
    return [leaf.fact for leaf in leaves(tree) if not isinstance(leaf, (ClauseMet, Otherwise))]


def _lists(leaf: Leaf, clause: str) -> bool:
    """Whether a leaf looks at the codes of a clause."""
    return isinstance(leaf, InDiagnoses) and not leaf.is_set and is_below(clause, leaf.target)


def _formulas(flags: Flags, formula: Callable[[Boolean], Z3]) -> Formulas:
    return Formulas(
        {outcome: formula(flag) for outcome, flag in flags.outcomes.items()},
        {reason: formula(flag) for reason, flag in flags.reasons.items()},
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
