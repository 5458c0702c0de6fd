"""Rails and flags as formulas of Z3, over the facts that all editions of a guideline (or of several) share.

``Model`` holds the variables. It knows what can really occur: exclusive values, real dates, ages that follow from dates, codes that
exist. A proof that a formula has no solution is one for every possible case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import z3  # type: ignore[import-untyped]

from isodose.compile.atoms import Holds, Known, LeftOut, OfIllness, Within
from isodose.compile.expression import AllOf, AnyOf, Boolean, Constant, CountAtLeast, Not, Trait
from isodose.compile.z3.code_kinds import CodeKind, CodeKinds
from isodose.compile.z3.dates import Day, Span
from isodose.compile.z3.facts import Choice, Number, Stated, Variable, YesNo, derived
from isodose.compile.z3.terms import Z3, every, holds_in, some
from isodose.determination.validity import OLDEST_AGE
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.tree import ClauseMet, InDiagnoses, InList, Is, Otherwise, leaves

_LONG_AGO = 1920
"""A year from which on dates in an example lie."""

OTHER_WORD = "another"
OTHER_CODE = "99213"
"""What stands for all words, and all procedure codes, that no rule and no table names; more letters if one does."""


class Model:
    """The facts of a case as variables, under one guideline or several that are compared.

    ``stated`` are the facts that a flat case gives, ``codes`` the kinds of diagnosis code that it may name. All formulas
    made by one model speak of the same case. ``real`` has to hold in every question asked.
    """

    def __init__(self, *guidelines: Guideline, mark: str = "", kinds: CodeKinds | None = None) -> None:
        self.guidelines = guidelines
        self.stated: dict[str, Stated] = {}
        for guideline in guidelines:
            for name, fact in guideline.facts.items():
                if fact.formula is None and fact.type is not FactType.CODES and name not in self.stated:
                    self.stated[name] = _stated(fact, guidelines, mark)
        self.kinds = kinds or CodeKinds(guidelines)
        self.codes = {kind: z3.Bool(f"{DIAGNOSIS}{mark} {kind.code}") for kind in self.kinds.kinds}
        self._of = {guideline: Reading(self, place) for place, guideline in enumerate(guidelines)}

    @cached_property
    def twin(self) -> Model:
        """A second case beside the first, to compare them."""
        return Model(*self.guidelines, mark="'", kinds=self.kinds)

    def with_left_out(self) -> Reading:
        """The first guideline's reading, were the codes of some clauses in none: of which ones, its ``left_out`` says."""
        reading = Reading(self, 0)
        homes = {one.home for one in reading.classes.classes if one.home}
        reading.left_out = {home: z3.Bool(f"left out {home}") for home in sorted(homes)}
        return reading

    def same(self, other: Model, fact: str) -> Z3:
        """A fact that is stated is the same in both cases."""
        if fact == DIAGNOSIS:
            return every(flag == other.codes[kind] for kind, flag in self.codes.items())
        return self.stated[fact].same(other.stated[fact])

    def known(self, fact: str) -> Z3:
        """A fact is stated."""
        return some(self.codes.values()) if fact == DIAGNOSIS else self.stated[fact].known

    @property
    def real(self) -> Z3:
        """What holds of every case that can be stated."""
        return every(fact.real for fact in self.stated.values())

    @property
    def usual(self) -> list[Z3]:
        """What an example had better fulfil though no case has to: no number is below zero, no date before anybody's birth."""
        numbers = [fact.value >= 0 for fact in self.stated.values() if isinstance(fact, Number)]
        days = [fact.year > _LONG_AGO for fact in self.stated.values() if isinstance(fact, Day)]
        return [*numbers, *days]

    def valid(self, guideline: Guideline | None = None) -> Z3:
        """The case can be right: under the guideline it is not ``invalid``."""
        return self._of[guideline or self.guidelines[0]].valid

    def formula(self, asked: Boolean, guideline: Guideline | None = None) -> Z3:
        """A Boolean over ``compile.atoms`` as a formula, read by the guideline (the first one if left out)."""
        return self._of[guideline or self.guidelines[0]].formula(asked)

    def row(self, found: Any) -> dict[str, object]:
        """The flat case that a solution of Z3 describes; what it leaves open is not stated."""
        columns = {fact.name: fact.column for guideline in self.guidelines for fact in guideline.facts.values()}
        cells = {columns[name]: fact.cell(found) for name, fact in self.stated.items()}
        codes = [with_dot(kind.code) for kind, flag in self.codes.items() if holds_in(found, flag)]
        return {name: cell for name, cell in cells.items() if cell is not None} | (
            {columns[DIAGNOSIS]: codes} if codes else {}
        )

    def kind_of(self, code: str) -> CodeKind:
        """The kind of a diagnosis code, given without its dot."""
        classes = self.kinds.of(code)
        return next(kind for kind in self.codes if kind.classes == classes)

    @property
    def statements(self) -> list[Z3]:
        """Each fact and each code that a case may state, as whether it does: a small case states few."""
        return [*(fact.known for fact in self.stated.values()), *self.codes.values()]


class Reading:
    """How one guideline reads the shared facts. The codes of a clause in ``left_out`` are in no clause, if its formula holds."""

    def __init__(self, model: Model, place: int) -> None:
        self._guideline, self._place = model.guidelines[place], place
        self.left_out: Mapping[str, Z3] = {}
        self._codes = model.codes
        self.classes = model.kinds.classes[place]
        self._facts: dict[str, Variable] = {
            name: model.stated[name] for name in self._guideline.facts if name in model.stated
        }
        for name, formula in self._guideline.derived:
            self._facts[name] = derived(formula, self._facts)
        self._made: dict[Boolean, Z3] = {}

    def formula(self, asked: Boolean) -> Z3:
        """Each expression is one formula, made once."""
        made = self._made.get(asked)
        if made is None:
            made = self._made[asked] = self._formula(asked)
        return made

    def _formula(self, asked: Boolean) -> Z3:
        match asked:
            case Constant(value):
                return z3.BoolVal(value)
            case Not(part):
                return z3.Not(self.formula(part))
            case AllOf(parts):
                return every(map(self.formula, parts))
            case AnyOf(parts):
                return some(map(self.formula, parts))
            case CountAtLeast(count, parts):
                return z3.AtLeast(*map(self.formula, parts), count)
            case _:
                return self._atom(asked)

    def _atom(self, asked: Boolean) -> Z3:
        match asked:
            case Known(fact):
                return some(self._codes.values()) if fact == DIAGNOSIS else self._facts[fact].known
            case Holds(leaf):
                return self._facts[leaf.fact].holds(leaf)
            case Within(period):
                return self._service.within(period.since, period.until)
            case OfIllness(trait):
                return self._of_illness(trait)
            case LeftOut(clause):
                return self._left_out_alone[clause]
            case _:
                raise AssertionError(f"{asked} is asked of no case")

    @cached_property
    def _left_out_alone(self) -> Mapping[str, Z3]:
        """For each clause that it alone is left out: its number, in binary digits that all share."""
        clauses = sorted(self._guideline.clause_ids)
        digits = [z3.Bool(f"digit {place} of the clause left out") for place in range(len(clauses).bit_length())]
        return {
            clause: every(digit if number >> place & 1 else z3.Not(digit) for place, digit in enumerate(digits))
            for number, clause in enumerate(clauses)
        }

    def _of_illness(self, trait: Trait) -> Z3:
        """What codes say together: any that has a row, and any other unless it stands beside a treatment."""
        holders = self.classes.holders(trait)
        beside_treatment = self._any_code_of(self.classes.treatments)
        unlisted = z3.And(self._any_code_of(holders.unlisted), z3.Not(beside_treatment))
        if not trait.target or trait.target in self._guideline.diagnoses.of_sets:
            return z3.Or(self._any_code_of(holders.listed), unlisted)
        return some([*self._by_home(holders.listed), unlisted])

    def _by_home(self, classes: Iterable[int]) -> Iterator[Z3]:
        """The codes of these classes, those of each clause together."""
        homes: dict[str, set[int]] = {}
        for number in classes:
            homes.setdefault(self.classes.classes[number].home or "", set()).add(number)
        for home, numbers in homes.items():
            codes = self._any_code_of(frozenset(numbers))
            yield z3.And(codes, z3.Not(self.left_out[home])) if home in self.left_out else codes

    def _any_code_of(self, classes: frozenset[int]) -> Z3:
        return some(flag for kind, flag in self._codes.items() if kind.classes[self._place] in classes)

    @property
    def _service(self) -> Day:
        service = self._facts["date_of_service"]
        assert isinstance(service, Day)
        return service

    @cached_property
    def valid(self) -> Z3:
        """The case is not ``invalid``."""
        return every(self._valid())

    def _valid(self) -> Iterator[Z3]:
        """What ``determination.validity`` asks of a case whose cells can be read."""
        service, code, birth = (
            self._facts[name] for name in ("date_of_service", "procedure_code", "member_birth_date")
        )
        assert isinstance(service, Day)
        assert isinstance(birth, Day)
        assert isinstance(code, Choice)
        yield z3.And(service.known, z3.Not(service.absent), code.known)
        old = Span("whole years", birth, service)
        stated = z3.And(birth.known, z3.Not(birth.absent))
        yield z3.Implies(stated, z3.And(birth.place <= service.place, old.compared("<=", OLDEST_AGE)))
        headings = some(flag for kind, flag in self._codes.items() if kind.is_heading)
        yield z3.Implies(headings, z3.Not(service.within(self._guideline.release.in_force, None)))
        yield from self._codes_are_valid(code)

    def _codes_are_valid(self, code: Choice) -> Iterator[Z3]:
        for known in self._guideline.codes.values():
            rights = [self._service.within(known.valid.since, known.valid.until)]
            for name, allowed in known.means.items():
                fact = self._facts[name]
                assert isinstance(fact, Choice)
                rights.append(z3.Or(z3.Not(fact.known), fact.absent, fact.is_any(allowed)))
            yield z3.Implies(code.values[known.code], z3.And(*rights))


def _stated(fact: Fact, guidelines: tuple[Guideline, ...], mark: str) -> Stated:
    """The variable of a fact that a flat case gives."""
    can_be_absent = any(
        guideline.facts[fact.name].absent != "" for guideline in guidelines if fact.name in guideline.facts
    )
    name = f"{fact.name}{mark}"
    match fact.type:
        case FactType.YES_NO:
            return YesNo(name, can_be_absent=can_be_absent)
        case FactType.NUMBER:
            return Number(name, can_be_absent=can_be_absent)
        case FactType.DATE:
            return Day(name, can_be_absent=can_be_absent)
        case _:
            words = _words(fact, guidelines)
            is_open = fact.open or fact.type is FactType.CODE
            return Choice(name, words, _other(fact, words) if is_open else "", can_be_absent=can_be_absent)


def _words(fact: Fact, guidelines: tuple[Guideline, ...]) -> tuple[str, ...]:
    """The words of a choice or a code that a fact offers, a rule asks for, or a table names."""
    found: dict[str, None] = {}
    for guideline in guidelines:
        offered = guideline.facts[fact.name].values if fact.name in guideline.facts else {}
        found |= dict.fromkeys(offered)
        found |= dict.fromkeys(guideline.codes) if fact.type is FactType.CODE else {}
        for edition in guideline.editions:
            for tree in edition.trees:
                for leaf in leaves(tree):
                    if not isinstance(leaf, (ClauseMet, Otherwise, InDiagnoses)) and leaf.fact == fact.name:
                        found |= dict.fromkeys(_asked_words(leaf))
    return tuple(found)


def _asked_words(leaf: object) -> list[str]:
    if isinstance(leaf, Is):
        return [leaf.value]
    return sorted(leaf.members) if isinstance(leaf, InList) else []


def _other(fact: Fact, words: tuple[str, ...]) -> str:
    """A word or a code that is none of these."""
    if fact.type is FactType.CODE:
        return next(code for code in map(str, range(int(OTHER_CODE), 100_000)) if code not in words)
    other = OTHER_WORD
    while other in words:
        other += "-one"
    return other
