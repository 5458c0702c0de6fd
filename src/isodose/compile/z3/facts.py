"""What a case states as variables of Z3: each fact is known, absent or not known, and real values only.

A variable says how it is asked (``holds``) and what a solution makes of it (``cell``, as a flat case holds it). Choices and codes
are one yes-or-no variable for each word that a rule can tell from others, and one for all other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.dates import Asked, Day, Span
from isodose.compile.z3.terms import NO, YES, Z3, every, holds_in, some
from isodose.determination.ask import COMPARE
from isodose.guideline.formula import Formula
from isodose.guideline.tree import Compare, InList, Is, IsAbsent, Yes


class Choice:
    """A choice, a code or a yes/no answer. ``other`` is the word that stands for all that no rule names."""

    def __init__(self, name: str, values: Iterable[str], other: str, *, can_be_absent: bool) -> None:
        words = [*values, *([other] if other else [])]
        self.values = {word: z3.Bool(f"{name} is {word}") for word in words}
        self.absent = z3.Bool(f"{name} is absent") if can_be_absent else NO
        self.known = some([*self.values.values(), self.absent])
        self.real = z3.AtMost(*self.values.values(), self.absent, 1)

    def is_any(self, words: Iterable[str]) -> Z3:
        """It is one of these words."""
        return some(self.values[word] for word in words if word in self.values)

    def same(self, other: Any) -> Z3:
        """It is stated alike in another case."""
        flags = zip([*self.values.values(), self.absent], [*other.values.values(), other.absent], strict=True)
        return every(flag == another for flag, another in flags)

    def holds(self, asked: Asked) -> Z3:
        """What the leaf asks holds."""
        match asked:
            case Yes():
                return self.values["true"]
            case Is(value=value):
                return self.is_any([value])
            case InList(members=members):
                return self.is_any(sorted(members))
            case IsAbsent():
                return self.absent
            case _:
                raise AssertionError(f"{asked} is asked of no choice")

    def cell(self, found: Any) -> object:
        """What it is in a solution: a word, or None if it is not known."""
        if holds_in(found, self.absent):
            return "absent"
        return next((word for word, flag in self.values.items() if holds_in(found, flag)), None)


class YesNo(Choice):
    """A yes/no answer."""

    def __init__(self, name: str, *, can_be_absent: bool) -> None:
        super().__init__(name, ("true", "false"), "", can_be_absent=can_be_absent)

    def cell(self, found: Any) -> object:
        """What it is in a solution: True, False, or None if it is not known."""
        word = super().cell(found)
        return word == "true" if word in self.values else word


class Number:
    """A number in the fact's unit."""

    def __init__(self, name: str, *, can_be_absent: bool) -> None:
        self.value = z3.Real(name)
        self.known = z3.Bool(f"{name} is known")
        self.absent = z3.Bool(f"{name} is absent") if can_be_absent else NO
        self.real = z3.Implies(self.absent, self.known)

    def same(self, other: Any) -> Z3:
        """It is stated alike in another case."""
        return z3.And(self.known == other.known, self.absent == other.absent, self.value == other.value)

    def holds(self, asked: Asked) -> Z3:
        """What the leaf asks holds."""
        if isinstance(asked, IsAbsent):
            return self.absent
        assert isinstance(asked, Compare), f"{asked} is asked of no number"
        return z3.And(z3.Not(self.absent), COMPARE[asked.operator](self.value, exactly(asked.bound)))

    def cell(self, found: Any) -> object:
        """What it is in a solution."""
        if not holds_in(found, self.known):
            return None
        value = found.eval(self.value, model_completion=True).as_fraction()
        return "absent" if holds_in(found, self.absent) else _in_decimals(value)


class Ratio:
    """One number (stated, a span or a ratio) divided by another; to zero it says nothing."""

    def __init__(self, first: Any, second: Any) -> None:
        both = z3.And(first.known, second.known)
        self.absent = z3.And(both, z3.Or(first.absent, second.absent))
        self.known = z3.And(both, z3.Or(self.absent, second.value != 0))
        self.real = YES
        self._first, self._second = first.value, second.value
        self.value = self._first / self._second

    def holds(self, asked: Asked) -> Z3:
        """What the leaf asks holds: multiplied out, which turns the comparison round if the divisor is negative."""
        if isinstance(asked, IsAbsent):
            return self.absent
        assert isinstance(asked, Compare), f"{asked} is asked of no ratio"
        compare, bound = COMPARE[asked.operator], exactly(asked.bound) * self._second
        return z3.And(
            z3.Not(self.absent),
            z3.If(self._second > 0, compare(self._first, bound), compare(bound, self._first)),
        )


def exactly(number: object) -> Z3:
    """A number without loss."""
    assert isinstance(number, (int, Fraction)), f"{number} is no number"
    return z3.RealVal(str(number))


def _in_decimals(value: Fraction) -> int | Decimal:
    """A number as people write it, rounded where its decimals do not end."""
    return value.numerator if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)


def derived(formula: Formula, facts: Mapping[str, Any]) -> Span | Ratio:
    """The fact that follows from two others."""
    first, second = facts[formula.first], facts[formula.second]
    return Ratio(first, second) if formula.is_ratio else Span(formula.kind, first, second)


Stated = Choice | Number | Day
Variable = Choice | Number | Day | Span | Ratio
