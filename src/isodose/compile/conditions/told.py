"""What a form is told by its answers: the classes that it can tell apart, and a condition if it knows no more than some of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from isodose.compile.atoms import Holds, Known, OfIllness, Within
from isodose.compile.conditions.among import About, Among, Listing
from isodose.compile.conditions.answer_classes import (
    CLEAR,
    NOT_ANSWERED,
    NOT_IN,
    PERHAPS,
    SPEAKS,
    AnswerClass,
    Asked,
    classes_of,
    holds,
    is_exact,
)
from isodose.compile.conditions.diagnosis_lists import DiagnosisLists
from isodose.compile.expression import (
    NEVER,
    Boolean,
    Says,
    all_of,
    in_order,
    with_atoms,
)
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.tree import Compare, Period

SERVICE = "date_of_service"

Universe = Mapping[About, tuple[AnswerClass, ...]]
"""The classes of answers to each thing, in the order in which the things become known."""


def inputs_of(guideline: Guideline, name: str) -> tuple[str, ...]:
    """The facts of a flat case from which a fact follows: itself, or those of its formula."""
    formula = guideline.facts[name].formula
    if formula is None:
        return (name,)
    return tuple(one for fact in formula.inputs for one in inputs_of(guideline, fact))


def known_from(guideline: Guideline, universe: Universe, names: Collection[str]) -> Universe:
    """The part of the universe that follows from the answers to some facts."""
    return {about: classes for about, classes in universe.items() if _follows(guideline, about, names)}


def _follows(guideline: Guideline, about: About, names: Collection[str]) -> bool:
    inputs = (DIAGNOSIS,) if isinstance(about, Listing) else inputs_of(guideline, about)
    return set(inputs) <= set(names)


def as_told(guideline: Guideline, asked: Boolean, told: Universe) -> Boolean:
    """The condition if nothing else is known than this: what is asked of anything else does not hold."""
    return with_atoms(lambda atom: _atom_as_told(guideline, atom, told))(asked)


def _atom_as_told(guideline: Guideline, asked: Boolean, told: Universe) -> Boolean:
    def among(about: About, is_in: Callable[[AnswerClass], bool]) -> Boolean:
        return Among(about, frozenset(filter(is_in, told[about]))) if about in told else NEVER

    def leaf_holds(leaf: Asked) -> Boolean:
        return among(leaf.fact, lambda one: holds(leaf, one, guideline.facts[leaf.fact]))

    match asked:
        case Known(fact):
            return among(fact, lambda one: one != NOT_ANSWERED)
        case Holds(leaf):
            return leaf_holds(leaf)
        case Within(period):
            return all_of(map(leaf_holds, _bounds(period)))
        case OfIllness(trait) if trait.says is Says.SPEAKS:
            return among(DIAGNOSIS, lambda one: one == SPEAKS)
        case OfIllness(trait):
            belongs = (CLEAR,) if trait.says is Says.CLEAR else (CLEAR, PERHAPS)
            return among(Listing(trait.target), lambda one: one in belongs)
        case _:
            raise AssertionError(f"{asked} is asked of no case")


def universe_of(
    guideline: Guideline, lists: DiagnosisLists, conditions: Iterable[Boolean], names: Sequence[str]
) -> Universe:
    """The classes that conditions tell apart and a form can, as the facts of these names become known one after the other."""
    asked, targets = _asked_by(conditions)
    found: dict[About, tuple[AnswerClass, ...]] = {}
    for number, name in enumerate(names):
        if name == DIAGNOSIS:
            found |= _of_diagnoses(lists, targets)
        for fact, leaves in asked.items():
            inputs = inputs_of(guideline, fact)
            is_new = name in inputs and set(inputs) <= set(names[: number + 1])
            if is_new and is_exact(guideline.facts[fact], leaves):
                can_be_absent = any(guideline.facts[one].absent for one in inputs)
                found[fact] = classes_of(guideline.facts[fact], leaves, can_be_absent=can_be_absent)
    return found


def _asked_by(conditions: Iterable[Boolean]) -> tuple[dict[str, list[Asked]], list[str]]:
    """What is asked of each fact, and the clauses and sets in which a diagnosis is looked for."""
    asked: dict[str, list[Asked]] = {}
    targets: dict[str, None] = {}
    for atom in in_order(conditions):
        if isinstance(atom, Holds):
            asked.setdefault(atom.leaf.fact, []).append(atom.leaf)
        elif isinstance(atom, Known):
            asked.setdefault(atom.fact, [])
        elif isinstance(atom, Within):
            asked.setdefault(SERVICE, []).extend(_bounds(atom.period))
        elif isinstance(atom, OfIllness) and atom.trait.says is not Says.SPEAKS:
            targets[atom.trait.target] = None
    return asked, list(targets)


def _bounds(period: Period) -> Iterator[Compare]:
    if period.since:
        yield Compare(SERVICE, ">=", period.since, "")
    if period.until:
        yield Compare(SERVICE, "<=", period.until, "")


def _of_diagnoses(lists: DiagnosisLists, targets: Iterable[str]) -> dict[About, tuple[AnswerClass, ...]]:
    """Whether a code speaks of the illness, and how codes can belong to each clause or set."""
    found: dict[About, tuple[AnswerClass, ...]] = {DIAGNOSIS: (SPEAKS, NOT_ANSWERED)}
    for target in targets:
        clear = (CLEAR,) if lists.clear_in(target) else ()
        found[Listing(target)] = (*clear, PERHAPS, NOT_IN)
    return found
