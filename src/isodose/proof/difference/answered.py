"""The answers to one fact in words: the words of its choices, ranges of its numbers, and that it is not stated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from isodose.compile.conditions.among import Classes
from isodose.compile.conditions.answer_classes import NOT_ANSWERED, AnswerClass, AnyOther, Between, Only
from isodose.determination.values import ABSENT
from isodose.guideline.facts import Fact, FactType
from isodose.proof.asked_words import lower
from isodose.proof.overtaken import Range

_DAY = timedelta(1)


def answered_says(fact: Fact, classes: Classes, every: tuple[AnswerClass, ...]) -> str:
    """The answers of some classes; where that says nothing is left out, first what is stated, then that it is not."""
    stated = [one for one in every if one in classes and one not in (NOT_ANSWERED, Only(ABSENT))]
    known = [one for one in every if one not in (NOT_ANSWERED, Only(ABSENT))]
    parts = []
    if stated:
        parts.append(
            f"{subject(fact)} is stated"
            if stated == known and NOT_ANSWERED not in classes
            else _stated(fact, stated, known)
        )
    if Only(ABSENT) in classes:
        parts.append(fact.absent or f"there is no {lower(fact.title)}")
    if NOT_ANSWERED in classes:
        parts.append("that is not stated" if stated else _not_stated(fact))
    return ", or ".join(parts)


def subject(fact: Fact) -> str:
    """What a sentence about a fact begins with."""
    return f"the {lower(fact.title)}"


def _not_stated(fact: Fact) -> str:
    if fact.type is FactType.YES_NO:
        return f"it is not stated whether {fact.values['yes']}"
    return f"{subject(fact)} is not stated"


def _stated(fact: Fact, stated: list[AnswerClass], known: list[AnswerClass]) -> str:
    match fact.type:
        case FactType.YES_NO:
            return " or ".join(fact.values["yes" if one == Only(True) else "no"] for one in stated)  # noqa: FBT003
        case FactType.NUMBER | FactType.DATE:
            return f"{subject(fact)} is {' or '.join(_ranges_say(fact, stated, known))}"
        case _:
            return _words_say(fact, stated, known)


def _words_say(fact: Fact, stated: list[AnswerClass], known: list[AnswerClass]) -> str:
    """Words or codes that are named, or all but those that are."""
    if any(isinstance(one, AnyOther) for one in stated):
        others = [str(one.value) for one in known if isinstance(one, Only) and one not in stated]
        return (
            f"{subject(fact)} is none of {', '.join(others)}"
            if len(others) > 1
            else f"{subject(fact)} is not {others[0]}"
        )
    named = [str(one.value) for one in stated if isinstance(one, Only)]
    if all(name in fact.values for name in named):
        return " or ".join(fact.values[name] for name in named)
    return f"{subject(fact)} is {either(named)}"


def either(names: list[str]) -> str:
    """A, B or C."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _ranges_say(fact: Fact, stated: list[AnswerClass], known: list[AnswerClass]) -> Iterator[str]:
    runs: list[list[AnswerClass]] = []
    for one, following in zip([None, *known], known, strict=False):
        if following in stated:
            if one in stated:
                runs[-1].append(following)
            else:
                runs.append([following])
    for run in runs:
        yield _days(run) if fact.type is FactType.DATE else _numbers(run).says(fact)


def _numbers(run: list[AnswerClass]) -> Range:
    first, last = run[0], run[-1]
    low = first.value if isinstance(first, Only) else first.low if isinstance(first, Between) else None
    high = last.value if isinstance(last, Only) else last.high if isinstance(last, Between) else None
    return Range(low, high, isinstance(first, Only), isinstance(last, Only))  # type: ignore[arg-type]


def _days(run: list[AnswerClass]) -> str:
    """Days in words: on, from, until, from … to …; bounds are within."""
    first, last = run[0], run[-1]
    low = (
        first.value
        if isinstance(first, Only)
        else first.low + _DAY
        if isinstance(first, Between) and isinstance(first.low, date)
        else None
    )
    high = (
        last.value
        if isinstance(last, Only)
        else last.high - _DAY
        if isinstance(last, Between) and isinstance(last.high, date)
        else None
    )
    if low == high:
        return str(low)
    if low and high:
        return f"between {low} and {high}"
    return f"{low} or later" if low else f"{high} or earlier" if high else "any day"
