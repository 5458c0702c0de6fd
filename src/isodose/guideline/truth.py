"""Kleene's three values: met, not met, unknown (S. C. Kleene, Introduction to Metamathematics, 1952, section 64)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """The truth of a clause or a part of it for one case. Limitations use the same words: met means that it applies."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


def opposite(truth: Truth) -> Truth:
    """Not: what is unknown stays unknown."""
    if truth is UNKNOWN:
        return UNKNOWN
    return NOT_MET if truth is MET else MET


def all_of(truths: Iterable[Truth]) -> Truth:
    """Not met if a part is not met, else unknown if a part is unknown; of no parts, met."""
    answer = MET
    for truth in truths:
        if truth is NOT_MET:
            return NOT_MET
        if truth is UNKNOWN:
            answer = UNKNOWN
    return answer


def any_of(truths: Iterable[Truth]) -> Truth:
    """Met if a part is met, else unknown if a part is unknown; of no parts, not met."""
    answer = NOT_MET
    for truth in truths:
        if truth is MET:
            return MET
        if truth is UNKNOWN:
            answer = UNKNOWN
    return answer


def none_of(truths: Iterable[Truth]) -> Truth:
    """The opposite of any."""
    return opposite(any_of(truths))


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """Met if ``count`` parts are met, not met if fewer than that could be."""
    known = list(truths)
    met = known.count(MET)
    if met >= count:
        return MET
    return NOT_MET if met + known.count(UNKNOWN) < count else UNKNOWN
