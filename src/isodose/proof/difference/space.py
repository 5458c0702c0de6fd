"""The cases that two editions are compared on: what may be answered, in classes that no rule of either tells apart.

What is asked of a case becomes a condition over these classes, and conditions become decision diagrams: equal conditions are one
diagram, so what is said of a difference can be held against the difference itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from isodose.compile.atoms import Holds, Known, OfIllness, Within
from isodose.compile.conditions.among import About, Among, Listing
from isodose.compile.conditions.answer_classes import NOT_ANSWERED, AnswerClass, Asked, Only, classes_of, holds
from isodose.compile.expression import (
    ALWAYS,
    Boolean,
    Says,
    all_of,
    any_of,
    negated,
    with_atoms,
)
from isodose.determination.validity import NEEDED
from isodose.determination.values import ABSENT
from isodose.guideline.facts import Fact, Facts, FactType
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.tree import Period
from isodose.proof.difference.asked import CODE, ask_for_validity, asked_by, bounds, offered_differently
from isodose.proof.difference.illness import CLEARLY, PERHAPS, YES, IllnessStates, Said, belonging, spoken

Universe = dict[About, tuple[AnswerClass, ...]]


class Space:
    """What can be answered, as far as conditions over ``compile.atoms`` ask it of some readers, who have maps of their own."""

    def __init__(
        self,
        readers: Sequence[Guideline],
        guidelines: Sequence[Guideline],
        facts: Facts,
        conditions: Iterable[Boolean],
    ) -> None:
        """``guidelines`` are those under which a case may be ``invalid``, ``facts`` those of all of them."""
        self.readers, self.facts = tuple(readers), facts
        asked, targets = asked_by(conditions)
        for guideline in guidelines:
            ask_for_validity(asked, guideline)
        for name in offered_differently(guidelines):
            asked.setdefault(name, [])
        self.illness = IllnessStates(readers, targets)
        self.universe: Universe = {}
        for name, leaves in asked.items():
            self.universe |= self._of_diagnoses() if name == DIAGNOSIS else {name: self._classes(facts[name], leaves)}

    def _classes(self, fact: Fact, leaves: list[Asked]) -> tuple[AnswerClass, ...]:
        inputs = fact.formula.inputs if fact.formula else (fact.name,)
        classes = classes_of(fact, leaves, can_be_absent=any(self.facts[name].absent for name in inputs))
        return classes[:-1] if fact.name in NEEDED else classes

    def _of_diagnoses(self) -> Universe:
        found: Universe = {DIAGNOSIS: tuple(dict.fromkeys(map(spoken, self._states)))}
        for place, target in enumerate(self.illness.targets):
            found[Listing(target)] = tuple(dict.fromkeys(belonging(state, place) for state in self._states))
        return found

    @property
    def _states(self) -> list[Said]:
        """What codes can say, the clearest first."""
        return sorted(self.illness.witnesses, reverse=True)

    def among(self, about: About, is_in: Callable[[AnswerClass], bool]) -> Boolean:
        """The answer is in one of the classes that fulfil something."""
        return Among(about, frozenset(filter(is_in, self.universe[about])))

    def told(self, asked: Boolean, reader: int) -> Boolean:
        """A condition over what is asked of a case, as a reader answers it, as one over classes."""
        return with_atoms(lambda atom: self._atom(atom, reader))(asked)

    def _atom(self, asked: Boolean, reader: int) -> Boolean:
        match asked:
            case Known(fact):
                return self.among(fact, lambda one: one != NOT_ANSWERED)
            case Holds(leaf):
                return self._leaf(leaf)
            case Within(period):
                return self.within(period)
            case OfIllness(trait) if trait.says is Says.SPEAKS:
                return self.among(DIAGNOSIS, lambda one: _told(one, reader) == YES)
            case OfIllness(trait):
                belongs = (CLEARLY,) if trait.says is Says.CLEAR else (CLEARLY, PERHAPS)
                return self.among(Listing(trait.target), lambda one: _told(one, reader) in belongs)
            case _:
                raise AssertionError(f"{asked} is asked of no case")

    def _leaf(self, leaf: Asked) -> Boolean:
        return self.among(leaf.fact, lambda one: holds(leaf, one, self.facts[leaf.fact]))

    def within(self, period: Period) -> Boolean:
        """The date of service lies within the period."""
        return all_of(map(self._leaf, bounds(period)))

    def valid(self, guideline: Guideline) -> Boolean:
        """The case is not ``invalid`` under the guideline, for what can be invalid under one and not under another."""
        return all_of([*self._codes_are_valid(guideline), *self._words_are_offered(guideline)])

    def _codes_are_valid(self, guideline: Guideline) -> Iterator[Boolean]:
        for code in guideline.codes.values():
            rights = [self.within(code.valid)]
            for name, allowed in code.means.items():
                rights.append(self.among(name, lambda one, allowed=allowed: _is_one_of(one, allowed)))  # type: ignore[misc]
            is_this = self.among(CODE, lambda one, code=code: one == Only(code.code))  # type: ignore[misc]
            yield any_of((negated(is_this), all_of(rights)))

    def _words_are_offered(self, guideline: Guideline) -> Iterator[Boolean]:
        """Of each choice no other word than it offers."""
        for name, fact in guideline.facts.items():
            if name in self.universe and fact.type is FactType.CHOICE and not fact.open:
                yield self.among(name, lambda one, fact=fact: _is_one_of(one, fact.values))  # type: ignore[misc]

    @property
    def real(self) -> Boolean:
        """Which answers go together: those about diagnoses, and facts with what follows from them."""
        return all_of([self._of_states(self._states), *self._derived()])

    @property
    def of_few_codes(self) -> Boolean:
        """What one diagnosis code, or none, can say."""
        return self._of_states([state for state, codes in self.illness.witnesses.items() if len(codes) <= 1])

    def _of_states(self, states: Sequence[Said]) -> Boolean:
        abouts: list[About] = [about for about in self.universe if about == DIAGNOSIS or isinstance(about, Listing)]
        places = range(len(abouts) - 1)
        rows = [(spoken(state), *(belonging(state, place) for place in places)) for state in states]
        return _any_row(sorted(rows, key=str), abouts) if abouts else ALWAYS

    def _derived(self) -> Iterator[Boolean]:
        """A fact that follows from others is known if they are, and absent if one of them is."""
        for name in [name for name in self.universe if isinstance(name, str) and name in self.facts]:
            formula = self.facts[name].formula
            inputs = [one for one in formula.inputs if one in self.universe] if formula else []
            known, absent = self._is(name, NOT_ANSWERED, opposite=True), self._is(name, Only(ABSENT))
            for one in inputs:
                yield any_of((negated(known), self._is(one, NOT_ANSWERED, opposite=True)))
            if formula and set(formula.inputs) <= {*inputs, *NEEDED} and not formula.is_ratio:
                all_known = all_of(self._is(one, NOT_ANSWERED, opposite=True) for one in inputs)
                some_absent = all_of((all_known, any_of(self._is(one, Only(ABSENT)) for one in inputs)))
                yield any_of((negated(all_known), known))
                yield any_of((all_of((absent, some_absent)), all_of((negated(absent), negated(some_absent)))))

    def _is(self, about: str, wanted: AnswerClass, *, opposite: bool = False) -> Boolean:
        return self.among(about, lambda one: (one == wanted) is not opposite)


def _told(answer: AnswerClass, reader: int) -> str:
    assert isinstance(answer, Only)
    assert isinstance(answer.value, tuple)
    return answer.value[reader]


def _is_one_of(answer: AnswerClass, words: Iterable[str]) -> bool:
    """One of these words, or none at all."""
    return answer in (NOT_ANSWERED, Only(ABSENT)) or any(answer == Only(word) for word in words)


def _any_row(rows: list[tuple[AnswerClass, ...]], abouts: Sequence[About]) -> Boolean:
    """One of these answers, step by step."""
    if not abouts:
        return ALWAYS
    return any_of(
        all_of((Among(abouts[0], frozenset({first})), _any_row([row[1:] for row in same], abouts[1:])))
        for first, same in groupby(rows, key=lambda row: row[0])
    )
