"""What the rules refer to and what refers to them: nothing circular, nothing idle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from isodose.guideline.diagnoses import Row
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import Level, Place, Problem
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.tree import (
    COMBINATIONS,
    ClauseMet,
    InDiagnoses,
    InList,
    Leaf,
    Node,
    Otherwise,
    clauses_reached,
    is_below,
    leaves,
)


def clauses_are_reached(guideline: Guideline) -> Iterator[Problem]:
    """Each clause with a rule is looked at by some rung of its edition, or by another clause that none reaches."""
    for edition in guideline.editions:
        rules = {name: clause.rule for name, clause in edition.clauses.items()}
        reached = {name for rung in edition.ladder for name in clauses_reached(rung.when, rules)}
        for other in rules.keys() - reached:
            reached |= clauses_reached(rules[other], rules) - {other}
        for name, clause in edition.clauses.items():
            if name not in reached:
                yield Problem(clause.place, f"no rung of the ladder reaches clause `{name}`", name)


def parts_differ(guideline: Guideline) -> Iterator[Problem]:
    """No part stands twice in a combination: the second says nothing, or counts twice."""
    for edition in guideline.editions:
        rungs = [(rung.when, rung.place, None) for rung in edition.ladder]
        rules = [(clause.rule, clause.place, clause.id) for clause in edition.clauses.values()]
        for tree, place, clause in [*rungs, *rules]:
            for part in dict.fromkeys(_repeated(tree)):
                words = " ".join(" ".join(rule_lines(part)).split())
                yield Problem(place, f"the part `{words}` stands twice in one combination", clause, Level.WARNING)


def _repeated(tree: Node) -> Iterator[Node]:
    if isinstance(tree, COMBINATIONS):
        for number, part in enumerate(tree.parts):
            if part in tree.parts[:number]:
                yield part
            else:
                yield from _repeated(part)


def asked_leaves(guideline: Guideline) -> Iterator[Leaf]:
    """All leaves of all editions."""
    for edition in guideline.editions:
        for tree in edition.trees:
            yield from leaves(tree)


def facts_are_asked(guideline: Guideline) -> Iterator[Problem]:
    """Each fact that the guideline declares itself is asked by a rule, needed by another fact, or limited by a code."""
    asked = {leaf.fact for leaf in asked_leaves(guideline) if not isinstance(leaf, (ClauseMet, Otherwise))}
    asked |= {name for fact in guideline.facts.values() if fact.formula for name in fact.formula.inputs}
    asked |= {name for code in guideline.codes.values() for name in code.means}
    for name, fact in guideline.facts.items():
        if name not in asked and name not in guideline.shared:
            yield Problem(fact.place, f"no rule asks the fact `{name}`", level=Level.WARNING)


def sets_are_asked(guideline: Guideline) -> Iterator[Problem]:
    """Each named set of diagnoses is asked by a rule, and has rows."""
    asked = {leaf.target for leaf in asked_leaves(guideline) if isinstance(leaf, InDiagnoses)}
    for fact in guideline.facts.values():
        for name in fact.sets:
            if name not in asked:
                yield Problem(fact.place, f"no rule asks the set `{name}` of `{fact.name}`", level=Level.WARNING)
            elif "diagnoses.csv" in guideline.files and not guideline.diagnoses.of_sets.get(name):
                yield Problem(fact.place, f"the set `{name}` of `{fact.name}` has no row in diagnoses.csv")


def targets_have_rows(guideline: Guideline) -> Iterator[Problem]:
    """Each clause that a leaf looks for a diagnosis in has a row in diagnoses.csv, or one below it has."""
    homes = {row.home for row in guideline.diagnoses.of_clauses}
    if (
        any(isinstance(leaf, InDiagnoses) for leaf in asked_leaves(guideline))
        and "diagnoses.csv" not in guideline.files
    ):
        yield Problem(Place("diagnoses.csv"), "the rules ask for diagnoses, but the guideline lacks diagnoses.csv")
        return
    for edition in guideline.editions:
        for name, clause in edition.clauses.items():
            for target in dict.fromkeys(leaf.target for leaf in leaves(clause.rule) if _asks_a_clause(leaf)):
                if not any(is_below(home, target) for home in homes):
                    message = f"no row of diagnoses.csv belongs to `{target}`, so that no diagnosis is in it"
                    yield Problem(clause.place, message, name, Level.WARNING)


def rows_are_asked(guideline: Guideline) -> Iterator[Problem]:
    """Each row of a clause is looked for by some rule, by name or by that of a clause above it."""
    targets = {leaf.target for leaf in asked_leaves(guideline) if _asks_a_clause(leaf)}
    first_of: dict[str, Row] = {}
    for row in sorted(guideline.diagnoses.of_clauses, key=lambda row: row.place):
        first_of.setdefault(row.home, row)
    for home, row in first_of.items():
        if home and not any(is_below(home, target) for target in targets):
            yield Problem(row.place, f"no rule looks for a diagnosis in `{home}`", home, Level.WARNING)


def _asks_a_clause(leaf: Leaf) -> TypeGuard[InDiagnoses]:
    return isinstance(leaf, InDiagnoses) and not leaf.is_set


def lists_are_asked(guideline: Guideline) -> Iterator[Problem]:
    """Each group of codes that an edition states is asked by one of its rules."""
    for edition in guideline.editions:
        asked = {leaf.list_name for tree in edition.trees for leaf in leaves(tree) if isinstance(leaf, InList)}
        for data, part, _ in edition.parts_stated("codes"):
            if f"{data.name}.{part}" not in asked:
                message = f"no rule of this edition asks the list `{data.name}.{part}`"
                yield Problem(data.place, message, level=Level.WARNING)
