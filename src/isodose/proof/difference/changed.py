"""A case that one thing alone changes: what it is answered under the edition, and what under a variant of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.terms import Z3
from isodose.guideline.outcome import Outcome
from isodose.proof.example import Row
from isodose.proof.ruling import Ruling
from isodose.proof.shows import answer_of
from isodose.proof.variant import Variant, answered
from isodose.proof.words import case_says


@dataclass(frozen=True, slots=True)
class Alive:
    """A case whose answer a clause or a rung alone changes: what it is, and what it would be."""

    name: str
    clause: str | None
    example: Row
    message: str


def changed(ruling: Ruling, variant: Variant, claim: Z3) -> Row | None:
    """The smallest case that fulfils the claim and is answered otherwise in the variant.

    A case that lacks nothing is looked for first, and one of which the reason of a review alone differs last.
    """
    other = variant.formulas
    asks = ruling.outcome(Outcome.INFORMATION_NEEDED), other.outcomes[Outcome.INFORMATION_NEEDED]
    outcomes = z3.Or(*(ruling.outcome(outcome) != flag for outcome, flag in other.outcomes.items()))
    reasons = z3.Or(*(ruling.formula(ruling.flags.reasons[reason]) != flag for reason, flag in other.reasons.items()))
    for differs, shows in (
        (z3.And(outcomes, z3.Not(z3.Or(*asks))), _completes),
        (outcomes, _differs),
        (reasons, _differs),
    ):
        row = ruling.search.smallest(z3.And(claim, variant.given, differs), partial(shows, ruling, variant))
        if row is not None:
            return row
    return None


def changed_among(ruling: Ruling, variant: Variant, rows: Iterable[Row]) -> Row | None:
    """The first of a few cases that is answered otherwise in the variant, without what it need not state."""
    return first_among(ruling, partial(_differs, ruling, variant), rows)


def first_among(ruling: Ruling, shows: Callable[[Row], bool], rows: Iterable[Row]) -> Row | None:
    """The first of a few cases that shows something, without what it need not state."""
    row = next(filter(shows, islice(rows, _MOST_TRIED)), None)
    return row and ruling.search.reduced(row, shows)


_MOST_TRIED = 8


def _differs(ruling: Ruling, variant: Variant, row: Row) -> bool:
    answer = ruling.determine(row)
    return answer is not None and variant.otherwise(answer) != answered(answer)


def _completes(ruling: Ruling, variant: Variant, row: Row) -> bool:
    """Whether the outcomes differ and neither asks for more."""
    answer = ruling.determine(row)
    if answer is None:
        return False
    outcomes = {answer.outcome, variant.otherwise(answer).outcome}
    return len(outcomes) > 1 and Outcome.INFORMATION_NEEDED not in outcomes


def change_says(ruling: Ruling, variant: Variant, row: Row, otherwise: str) -> str:
    """The case, its answer, and what it would be answered in the variant."""
    answer = answer_of(ruling, row)
    return f"{case_says(row, ruling.guideline)}: {answered(answer)}; {otherwise}, {variant.otherwise(answer)}"


def decided_example(ruling: Ruling, claim: Z3, shows: Callable[[Row], bool]) -> Row | None:
    """A case that shows something: if there is such a one, that is decided, and by the criteria; else any."""
    decided = z3.Not(ruling.formula(ruling.flags.is_open))
    for others in _LESS_TELLING:
        telling = z3.Not(z3.Or(*map(ruling.outcome, others)))
        row = ruling.search.smallest(z3.And(claim, decided, telling), partial(_is_telling, ruling, others, shows))
        if row is not None:
            return row
    return ruling.search.smallest(claim, shows)


_BEYOND = (Outcome.NOT_APPLICABLE, Outcome.NOT_REQUIRED)
_LESS_TELLING = (
    (*_BEYOND, Outcome.COVERED_WITHOUT_REVIEW, Outcome.CLINICAL_REVIEW),
    (*_BEYOND, Outcome.COVERED_WITHOUT_REVIEW),
    _BEYOND,
    (),
)
"""Outcomes that an example had better not have: less and less is asked."""


def _is_telling(ruling: Ruling, others: tuple[Outcome, ...], shows: Callable[[Row], bool], row: Row) -> bool:
    return shows(row) and not answer_of(ruling, row).open and answer_of(ruling, row).outcome not in others
