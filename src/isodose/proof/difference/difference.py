"""The exact difference in decisions between two editions: each change of an answer, where, why, and that there is no other.

Both editions are asked about the same cases, whichever dates they rule. A change is told as alternatives of what is answered;
these are held against the difference itself, and only if they are the same is it said that nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from isodose.compile.conditions.among import Diagrams, Sets
from isodose.compile.expression import ALWAYS, NEVER, Boolean, all_of, any_of, negated
from isodose.guideline.facts import Facts
from isodose.guideline.guideline import Guideline
from isodose.proof.difference.answers import Answer, Answers
from isodose.proof.difference.causes import Cause, Causes
from isodose.proof.difference.example import Point, Smallest
from isodose.proof.difference.illness import TooManyStatesError
from isodose.proof.difference.judged import Judged, in_facts, judged_by, with_judged
from isodose.proof.difference.reduce import Reducer
from isodose.proof.difference.space import Space
from isodose.proof.difference.units import Unit, Version, fact_reads, map_says, units_of


@dataclass(frozen=True, slots=True)
class Change:
    """Cases whose answer changes from ``before`` to ``after`` for one cause. ``alternatives`` together are these cases.

    ``point`` is the one of them that states the fewest facts.
    """

    before: Answer
    after: Answer
    cause: Cause
    alternatives: tuple[Sets, ...]
    point: Point


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes. ``is_proved`` says that no other case is answered otherwise.

    Where ``not_compared`` says why, nothing is compared, and ``comparison`` is None.
    """

    old: Version
    new: Version
    units: tuple[Unit, ...]
    not_compared: str
    comparison: Comparison | None
    changes: tuple[Change, ...] = ()
    is_proved: bool = False


def difference(old: Version, new: Version) -> Difference:
    """The difference between two versions."""
    units = tuple(units_of(old, new))
    unlike = [f"`{name}`" for name in _unlike(old.guideline, new.guideline)]
    if unlike:
        return Difference(
            old, new, units, f"the editions read {', '.join(unlike)} from a request in different ways", None
        )
    try:
        comparison = Comparison(old, new, units)
    except TooManyStatesError:
        return Difference(old, new, units, "diagnoses belong to too many lists at once", None)
    changes = tuple(comparison.changes())
    return Difference(old, new, units, "", comparison, changes, comparison.proves(changes))


def _unlike(old: Guideline, new: Guideline) -> Iterator[str]:
    """Facts that both have and read differently from the same row: no case is the same to both."""
    for name, fact in old.facts.items():
        if name in new.facts and fact_reads(fact) != fact_reads(new.facts[name]):
            yield name


class Comparison:
    """Two versions, and those between them that show the causes, over one space of answers."""

    def __init__(self, old: Version, new: Version, units: Sequence[Unit]) -> None:
        self._causes = Causes(old, new, units)
        self._answers = {version: Answers(version) for version in (new, old, *self._causes.versions)}
        self._maps: list[object] = []
        readers = [one.guideline for one in (old, new, *self._causes.versions) if self._is_new_map(one)]
        self.facts = _facts_of(old.guideline, new.guideline)
        asked = [flag for answers in self._answers.values() for flag in answers.asked()]
        self.space = Space(readers, [old.guideline, new.guideline], self.facts, asked)
        self._old, self._new = old, new
        self.readers = self._reader(old), self._reader(new)
        plain = Diagrams(self.space.universe)
        self.judged: Mapping[str, Judged] = judged_by((old, self.readers[0]), (new, self.readers[1]), self.space, plain)
        self.universe = with_judged(self.space.universe, self.judged)
        self.diagrams = Diagrams(self.universe)
        self._when: dict[Version, Mapping[Answer, Boolean]] = {}
        self._is_alike_valid = plain.of(self._valid(old)) is plain.of(self._valid(new))
        self._valid_somewhere = any_of((self._valid(old), self._valid(new)))
        self._real = all_of((self.space.real, *(one.tie for one in self.judged.values())))

    def _is_new_map(self, version: Version) -> bool:
        says = map_says(version.guideline.diagnoses)
        is_new = says not in self._maps
        self._maps += [says] if is_new else []
        return is_new

    def _reader(self, version: Version) -> int:
        return self._maps.index(map_says(version.guideline.diagnoses))

    def _valid(self, version: Version) -> Boolean:
        return self.space.valid(version.guideline)

    def when(self, version: Version) -> Mapping[Answer, Boolean]:
        """When a version gives each answer. What makes a case invalid to both alike is looked at where it matters alone."""
        if version not in self._when:
            valid = ALWAYS if self._is_alike_valid else self._valid(version)
            self._when[version] = self._answers[version].when(self.space, self._reader(version), valid)
        return self._when[version]

    def is_real(self, condition: Boolean) -> bool:
        """Whether some case that is valid under one edition fulfils the condition."""
        return not self._is_never(all_of((condition, self._real, self._valid_somewhere)))

    def _is_never(self, condition: Boolean) -> bool:
        return self.diagrams.of(condition) is self.diagrams.of(NEVER)

    def changes(self) -> Iterator[Change]:
        """Every change, by what was answered before."""
        smallest = Smallest(self.universe, self.facts, self.diagrams, self._new.rules_from)
        possible = self._real if self._is_alike_valid else all_of((self._real, self._valid_somewhere))
        reducer = Reducer(self.universe, self.diagrams, possible, self.judged)
        for before, was in self.when(self._old).items():
            for after, becomes in self.when(self._new).items():
                region = all_of((was, becomes))
                if before != after and self.is_real(region):
                    for part, cause in self._causes.parts(region, before, after, self.when, self.is_real):
                        alternatives = tuple(map(reducer.reduced, self.diagrams.alternatives(part, possible)))
                        point = self._point(smallest, all_of((part, self._real, self._valid_somewhere)))
                        yield Change(before, after, cause, alternatives, point)

    def _point(self, smallest: Smallest, region: Boolean) -> Point:
        """The smallest case, with one diagnosis rather than several."""
        point = smallest.point(all_of((region, self.space.of_few_codes))) or smallest.point(region)
        assert point is not None, "a part of a change has cases"
        return point

    def condition(self, change: Change) -> Boolean:
        """The alternatives of a change as one condition over what is answered alone."""
        return any_of(self.one_condition(sets) for sets in change.alternatives)

    def one_condition(self, sets: Sets) -> Boolean:
        """One alternative, with what its clauses say of the facts in their place."""
        return all_of(in_facts(about, classes, self.judged) for about, classes in sets.items())

    def proves(self, changes: Sequence[Change]) -> bool:
        """Every case has one answer under each edition; it differs exactly if one change tells of it, and rightly."""
        old, new = self.when(self._old), self.when(self._new)
        told = [(change, self.condition(change)) for change in changes]
        same = any_of(all_of((flag, new[answer])) for answer, flag in old.items() if answer in new)
        wrong = [
            *(negated(any_of(answers.values())) for answers in (old, new)),
            *(all_of(pair) for answers in (old, new) for pair in combinations(answers.values(), 2)),
            *(all_of((says, negated(all_of((old[one.before], new[one.after]))))) for one, says in told),
            *(all_of((one, other)) for (_, one), (_, other) in combinations(told, 2)),
            negated(any_of((same, *(says for _, says in told)))),
        ]
        return not any(self.is_real(condition) for condition in wrong)


def _facts_of(old: Guideline, new: Guideline) -> Facts:
    """The facts of both; a choice with the words that either offers."""
    facts = dict(old.facts) | dict(new.facts)
    for name in old.facts.keys() & new.facts.keys():
        one, other = old.facts[name], new.facts[name]
        absent = other.absent or one.absent
        facts[name] = replace(other, values={**one.values, **other.values}, open=one.open or other.open, absent=absent)
    return facts
