"""One set of classes of answers as FHIRPath: words, days and numbers, spans between two days, codes of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import ceil, floor
from typing import NamedTuple

from isodose.compile.conditions.answer_classes import AnswerClass, AnyOther, Bound, Only, decimal_of
from isodose.compile.conditions.diagnosis_lists import Range
from isodose.compile.questionnaire.code_patterns import pattern_of
from isodose.guideline.units import Number


class Run(NamedTuple):
    """Numbers or days in a row; a bound is one of them if it ``is_in``; None is unbounded."""

    low: Bound | None
    low_is_in: bool
    high: Bound | None
    high_is_in: bool


def runs_of(every: Sequence[AnswerClass], chosen: Iterable[AnswerClass]) -> Iterator[Run]:
    """The chosen classes of numbers or days, neighbours together."""
    wanted = set(chosen)
    run: Run | None = None
    for one in every:
        if one not in wanted:
            if run:
                yield run
            run = None
        else:
            here = _run(one)
            run = Run(run.low, run.low_is_in, here.high, here.high_is_in) if run else here
    if run:
        yield run


def _run(one: AnswerClass) -> Run:
    if isinstance(one, Only):
        bound: Bound = one.value  # type: ignore[assignment]
        return Run(bound, True, bound, True)  # noqa: FBT003
    assert not isinstance(one, AnyOther), "words have no order"
    return Run(one.low, False, one.high, False)  # noqa: FBT003


def within(run: Run) -> str:
    """That a day or a number, ``$this``, is in a run."""
    if run.low is not None and run.low == run.high:
        return f"{_this(run.low)} = {_literal(run.low)}"
    parts = []
    if run.low is not None:
        parts.append(f"{_this(run.low)} {'>=' if run.low_is_in else '>'} {_literal(run.low)}")
    if run.high is not None:
        parts.append(f"{_this(run.high)} {'<=' if run.high_is_in else '<'} {_literal(run.high)}")
    return " and ".join(parts) or "true"


def _this(bound: Bound) -> str:
    return "$this.toDate()" if isinstance(bound, date) else "$this"


def _literal(bound: Bound) -> str:
    text = f"@{bound}" if isinstance(bound, date) else decimal_of(bound)
    assert text, "numbers whose decimals do not end are asked of no form"
    return text


def spanning(run: Run, end: str, unit: str) -> str:
    """That so many whole years, months or days lie from a day, ``$this``, to another, ``end``.

    They are counted back from the end: so one who was born on 29 February becomes older on 1 March of other years.
    """
    parts = []
    if run.low is not None:
        parts.append(f"$this.toDate() <= {end}.toDate() - {_whole(run.low, is_in=run.low_is_in)} {unit}")
    if run.high is not None:
        parts.append(f"$this.toDate() > {end}.toDate() - {_whole(run.high, is_in=not run.high_is_in)} {unit}")
    return " and ".join(parts) or f"{end}.exists()"


def _whole(bound: Bound, *, is_in: bool) -> int:
    """The first whole number from the bound on, or after it."""
    number: Number = bound  # type: ignore[assignment]
    return ceil(number) if is_in else floor(number) + 1


def negated(text: str) -> str:
    """The opposite of a term."""
    return re.sub(r"\.exists\(\)$", ".empty()", text) if _IS_SIMPLE.fullmatch(text) else f"{text}.not()"


_IS_SIMPLE = re.compile(r"%\w+(\.where\(.*\))?\.exists\(\)")
"""Whether a variable, or what is chosen of it, exists."""


def one_of(words: Sequence[str]) -> str:
    """That a word, ``$this``, is one of these."""
    if len(words) == 1:
        return f"$this = {words[0]}"
    return f"$this in ({' | '.join(words)})"


def in_ranges(ranges: Sequence[Range]) -> str:
    """That a code, ``$this``, is in one of the ranges; empty without any."""
    return f"$this.matches('{pattern_of(ranges)}')" if ranges else ""


def in_codes(codes: Iterable[str]) -> str:
    """That a code, ``$this``, is one of these; empty without any."""
    listed = "|".join(codes)
    return f"'|{listed}|'.contains('|' & $this & '|')" if listed else ""
