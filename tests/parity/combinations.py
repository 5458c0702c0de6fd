"""Every combination of classes of a guideline's facts, by brute force: nothing here knows how any form is compiled.

A fact's values fall into classes: two values are in one class if every leaf of every edition, every list of codes and every
date of validity answers the same to both. One value stands for each class, and unknown is a class of its own.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from math import prod
from typing import TypeVar, overload

from isodose.determination.ask import COMPARE
from isodose.determination.illness import Illnesses
from isodose.determination.program import Program
from isodose.guideline.choose import edition_on
from isodose.guideline.dates import whole_years
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.procedure_codes import ProcedureCode
from isodose.guideline.tree import Compare, InDiagnoses, InList, Leaf, leaves

Row = dict[str, object]
Item = TypeVar("Item")

DAY = timedelta(days=1)
ANOTHER = "another"
"""A word that an open choice takes and no list names."""
UNLISTED = "99213"
"""A procedure code that no list names."""
MOST_CODES = 2
"""Codes of one case that are tried together: each leaf can be clear by one and ambiguous by another."""


FIRST = ("date_of_service", "procedure_code", "technique")
"""Where these make a case invalid, or no edition rules the day, nothing else is looked at: one case stands for all."""


class Combinations(Sequence[Row]):
    """A case for each combination of classes, in a fixed order.

    Each of ``ruled`` (what comes first) goes with every combination of ``columns``; each of ``others`` stands for itself.
    """

    def __init__(self, program: Program, *others: Program) -> None:
        """``others`` are programs whose classes are told apart too."""
        programs = (program, *others)
        columns = classes(*(one.guideline for one in programs))
        first = {name: columns.pop(name) for name in FIRST}
        starts = [dict(zip(first, values, strict=True)) for values in product(*first.values())]
        is_ruled = [any(one.determine(start).edition for one in programs) for start in starts]
        self.ruled = [start for start, ruled in zip(starts, is_ruled, strict=True) if ruled]
        self.others = [start for start, ruled in zip(starts, is_ruled, strict=True) if not ruled]
        self.columns = columns
        self.for_each = prod(map(len, columns.values()))

    def __len__(self) -> int:
        return len(self.ruled) * self.for_each + len(self.others)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        number, rest = divmod(place, self.for_each)
        start = self.ruled[number] if number < len(self.ruled) else self.others[place - len(self.ruled) * self.for_each]
        return self.beside(start, rest)

    def beside(self, start: Mapping[str, object], rest: int) -> Row:
        """What comes first, with one of all combinations of what comes after."""
        row = dict(start)
        for column, values in self.columns.items():
            rest, which = divmod(rest, len(values))
            row[column] = values[which]
        age, service = row["member_birth_date"], row["date_of_service"]
        if isinstance(age, Age) and isinstance(service, date):
            row["member_birth_date"] = age.born(service)
        return row


def classes(guideline: Guideline, *others: Guideline) -> dict[str, list[object]]:
    """For each column of a flat case a value of each class; unknown (None) last, where it is not invalid by itself."""
    all_ = (guideline, *others)
    days = _days(all_)
    found: dict[str, list[object]] = {}
    for column, fact in guideline.columns.items():
        match fact.name:
            case "date_of_service":
                found[column] = [*days]
            case "member_birth_date":
                found[column] = [*_ages(all_), None]
            case "procedure_code":
                found[column] = [*_procedure_codes(all_, days)]
            case name if name == DIAGNOSIS:
                found[column] = [*_diagnoses(all_), None]
            case _:
                found[column] = [*_answers(all_, fact), None]
    return found


class Age:
    """Years on the date of service: born exactly so long before it, or a day short of that."""

    def __init__(self, years: int, *, is_reached: bool) -> None:
        self.years, self.is_reached = years, is_reached

    def born(self, service: date) -> date:
        birthday = service.replace(year=service.year - self.years)
        return birthday if self.is_reached else birthday + DAY


def _leaves(guidelines: Sequence[Guideline], fact: str) -> list[Leaf]:
    return [
        leaf
        for guideline in guidelines
        for edition in guideline.editions
        for tree in edition.trees
        for leaf in leaves(tree)
        if getattr(leaf, "fact", None) == fact
    ]


def _codes(guidelines: Sequence[Guideline]) -> list[ProcedureCode]:
    return [code for guideline in guidelines for code in guideline.codes.values()]


def _one_of_each(items: Iterable[Item], signature: Callable[[Item], Hashable]) -> list[Item]:
    """The first item of each class."""
    found: dict[Hashable, Item] = {}
    for item in items:
        found.setdefault(signature(item), item)
    return list(found.values())


def _days(guidelines: Sequence[Guideline]) -> list[date]:
    """The first day of each period in which one edition rules, the same codes are valid and the same lists hold."""
    editions = [edition for guideline in guidelines for edition in guideline.editions]
    in_force = guidelines[0].release.in_force
    periods = [code.valid for code in _codes(guidelines)]
    periods += [leaf.period for leaf in _leaves(guidelines, "procedure_code") if isinstance(leaf, InList)]
    turns = {in_force, *(edition.effective for edition in editions)}
    turns |= {period.since for period in periods if period.since}
    turns |= {period.until + DAY for period in periods if period.until}
    days = sorted({*turns, min(edition.effective for edition in editions) - DAY})

    def signature(day: date) -> Hashable:
        ruling = [edition_on(guideline.editions, day) for guideline in guidelines]
        return any(ruling) and (*ruling, day >= in_force, *(period.holds(day) for period in periods))

    return sorted(_one_of_each(reversed(days), signature))


def _ages(guidelines: Sequence[Guideline]) -> list[Age]:
    """Ages at both sides of every bound that a leaf has for one."""
    bounds = [(leaf.operator, leaf.bound) for leaf in _leaves(guidelines, "age") if isinstance(leaf, Compare)]
    candidates = [Age(int(str(bound)), is_reached=is_reached) for _, bound in bounds for is_reached in (False, True)]

    def signature(age: Age) -> Hashable:
        service = date(2025, 11, 3)
        return tuple(COMPARE[operator](whole_years(age.born(service), service), bound) for operator, bound in bounds)

    return _one_of_each(candidates, signature)


def _procedure_codes(guidelines: Sequence[Guideline], days: list[date]) -> list[str]:
    asked = [leaf for leaf in _leaves(guidelines, "procedure_code") if isinstance(leaf, InList)]
    known = (code.code for code in _codes(guidelines))
    candidates = [UNLISTED, *known, *(code for leaf in asked for code in sorted(leaf.members))]

    def says(known: ProcedureCode | None) -> Hashable:
        return tuple(known is None or known.valid.holds(day) for day in days), tuple(
            known.means.items() if known else ()
        )

    def signature(code: str) -> Hashable:
        return *(code in leaf.members for leaf in asked), *(says(one.codes.get(code)) for one in guidelines)

    return _one_of_each(candidates, signature)


def _answers(guidelines: Sequence[Guideline], fact: Fact) -> list[object]:
    """The values of a fact that its leaves and the list of procedure codes tell apart."""
    if fact.type is FactType.YES_NO:
        return [True, False]
    assert fact.type is FactType.CHOICE, f"no classes are known for {fact.name}"
    asked = _leaves(guidelines, fact.name)
    lists = [set(leaf.members) for leaf in asked if isinstance(leaf, InList)]
    lists += [{leaf.value} for leaf in asked if hasattr(leaf, "value")]
    lists += [set(code.means[fact.name]) for code in _codes(guidelines) if fact.name in code.means]
    candidates = [*fact.values, *((ANOTHER,) if fact.open else ())]
    return [*_one_of_each(candidates, lambda value: tuple(value in members for members in lists))]


def _diagnoses(guidelines: Sequence[Guideline]) -> list[list[str]]:
    """Codes that say different things of the lists and sets that decide: a clause that is a mere list decides nothing."""
    maps = [Illnesses(one.diagnoses, one.release) for one in guidelines]
    trees = [tree for guideline in guidelines for edition in guideline.editions for tree in edition.trees]
    rules = [tree for tree in trees if not isinstance(tree, InDiagnoses)]
    asked = sorted({leaf.target for rule in rules for leaf in leaves(rule) if isinstance(leaf, InDiagnoses)})
    release = (entry for entry in guidelines[0].release.between("A", "Z") if entry.billable)
    rows = [row for guideline in guidelines for row in guideline.diagnoses.rows]
    outside = [row.low + "XXX"[: 7 - len(row.low)] for row in rows]
    every = [*(entry.code for entry in release), *outside]
    codes = _one_of_each(every, lambda code: tuple(one.class_of(code) for one in maps))
    lists = [one for count in range(1, MOST_CODES + 1) for one in combinations(codes, count)]

    def signature(given: tuple[str, ...]) -> Hashable:
        said = [one.of(given) for one in maps]
        return tuple((one.is_spoken_of, *(one.truth(target) for target in asked)) for one in said)

    return [[with_dot(code) for code in given] for given in _one_of_each(lists, signature)]
