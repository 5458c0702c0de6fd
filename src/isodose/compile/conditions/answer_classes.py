"""The few classes into which the answers to a question fall: what a rule cannot tell apart is one class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from isodose.determination.ask import ask_from
from isodose.determination.values import ABSENT, Value
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.tree import Compare, InList, Is, IsAbsent, Yes
from isodose.guideline.truth import MET
from isodose.guideline.units import Number

Asked = Yes | Is | IsAbsent | Compare | InList
Bound = Number | date


@dataclass(frozen=True, slots=True)
class Only:
    """One answer; None is no answer."""

    value: Value | None


@dataclass(frozen=True, slots=True)
class Between:
    """All numbers or dates between two bounds, without these; None is unbounded."""

    low: Bound | None
    high: Bound | None


@dataclass(frozen=True, slots=True)
class AnyOther:
    """All words that no rule names."""


AnswerClass = Only | Between | AnyOther

NOT_ANSWERED = Only(None)
YES, NO = Only(True), Only(False)  # noqa: FBT003

SPEAKS = Only("speaks of the illness")
"""Diagnosis codes count as an answer in so far as one of them speaks of the illness."""

CLEAR, PERHAPS, NOT_IN = Only("clear"), Only("perhaps"), Only("not in it")
"""How diagnosis codes belong to a clause or set."""


def classes_of(fact: Fact, asked: Collection[Asked], *, can_be_absent: bool) -> tuple[AnswerClass, ...]:
    """The classes of answers to a fact, as far as these leaves tell them apart; no answer comes last."""
    absent = (Only(ABSENT),) if can_be_absent else ()
    return (*_classes(fact, asked), *absent, NOT_ANSWERED)


def _classes(fact: Fact, asked: Collection[Asked]) -> Iterator[AnswerClass]:
    if fact.type is FactType.YES_NO:
        yield from (YES, NO)
    elif fact.type in (FactType.NUMBER, FactType.DATE):
        bounds = sorted({leaf.bound for leaf in asked if isinstance(leaf, Compare)})
        yield from _along(bounds, is_whole=fact.type is FactType.DATE or _is_span(fact))
    else:
        yield from map(Only, dict.fromkeys((*fact.values, *_named(asked))))
        if fact.open or fact.type is not FactType.CHOICE:
            yield AnyOther()


def _named(asked: Iterable[Asked]) -> Iterator[str]:
    for leaf in asked:
        if isinstance(leaf, InList):
            yield from sorted(leaf.members)
        elif isinstance(leaf, Is):
            yield leaf.value


def _along(bounds: list[Bound], *, is_whole: bool) -> Iterator[AnswerClass]:
    """The bounds and what lies between them; nothing lies between two neighbouring whole numbers or days."""
    low: Bound | None = None
    for high in bounds:
        if not (is_whole and low is not None and _after(low) == high):
            yield Between(low, high)
        yield Only(high)
        low = high
    yield Between(low, None)


def is_exact(fact: Fact, asked: Iterable[Asked]) -> bool:
    """Whether a form can say all that is asked of the fact: it divides nothing, and ends each number with a last decimal.

    Spans below one are said in other ways than longer ones, and no guideline asks for them.
    """
    bounds = [leaf.bound for leaf in asked if isinstance(leaf, Compare)]
    if fact.formula is not None:
        return not fact.formula.is_ratio and all(bound > 0 for bound in bounds)  # type: ignore[operator]
    return all(isinstance(bound, date) or decimal_of(bound) is not None for bound in bounds)


def decimal_of(number: Number) -> str | None:
    """A number as decimals write it, None if no decimals do."""
    scaled = Fraction(number) * 10**_MOST_DECIMALS
    if scaled.denominator != 1:
        return None
    text = f"{Decimal(scaled.numerator).scaleb(-_MOST_DECIMALS):f}"
    return text.rstrip("0").rstrip(".")


_MOST_DECIMALS = 12


def _is_span(fact: Fact) -> bool:
    return fact.formula is not None and not fact.formula.is_ratio


def _after(bound: Bound) -> Bound:
    return bound + timedelta(1) if isinstance(bound, date) else bound + 1


def holds(leaf: Asked, answer: AnswerClass, fact: Fact) -> bool:
    """Whether what a leaf asks, on whatever day, holds for the answers of a class; not so without an answer."""
    return ask_from(leaf, fact.answered_by)(example_of(answer), date.min).truth is MET


def example_of(answer: AnswerClass) -> Value | None:
    """An answer of the class."""
    if isinstance(answer, Only):
        return answer.value
    return "" if isinstance(answer, AnyOther) else _between(answer)


def _between(answer: Between) -> Value:
    if isinstance(answer.low, date) or isinstance(answer.high, date):
        return _day_between(answer)
    if answer.low is None or answer.high is None:
        return answer.low + 1 if answer.low is not None else answer.high - 1 if answer.high is not None else 0
    return Fraction(answer.low + answer.high) / 2 if answer.high - answer.low <= 1 else answer.low + 1


def _day_between(answer: Between) -> date:
    if isinstance(answer.low, date):
        return answer.low + timedelta(1)
    assert isinstance(answer.high, date), "a class of days has a bound"
    return answer.high - timedelta(1)
