"""What an edition answers, as conditions: each answer, and when it is that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from isodose.compile.answer import Flags, flags_of
from isodose.compile.expression import NEVER, Boolean, all_of, any_of, negated
from isodose.determination.program import Determination
from isodose.determination.words import granted
from isodose.guideline.edition import Edition
from isodose.guideline.outcome import Outcome, Reason
from isodose.proof.difference.space import Space
from isodose.proof.difference.units import Version


class Answer(NamedTuple):
    """What a requester is told: the outcome, the reason of a review, what an approval grants by the text."""

    outcome: Outcome
    reason: Reason | None = None
    grants: tuple[tuple[str, str], ...] = ()


INVALID = Answer(Outcome.INVALID)


def answer_of(determination: Determination) -> Answer:
    """The engine's answer. Which clauses it rests on, and which edition, are no part of it."""
    outcome = determination.outcome
    grants = tuple(granted(determination).items()) if outcome is Outcome.APPROVED else ()
    return Answer(outcome, determination.review_reason, grants)


class Answers:
    """The answers of a version. ``flags`` are over what is asked of a case, ``when`` over classes of answers."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.flags = flags_of(version.guideline, version.edition)

    def asked(self) -> Iterator[Boolean]:
        """All conditions that the answers follow from, in the order of the ladder."""
        for rung in self.flags.rungs:
            yield from rung
        yield from dict(_answers(self.version.edition, self.flags)).values()

    def flag(self, answer: Answer) -> Boolean:
        """When an answer is given to a valid case, over what is asked of it."""
        return dict(_answers(self.version.edition, self.flags)).get(answer, NEVER)

    def when(self, space: Space, reader: int, valid: Boolean) -> Mapping[Answer, Boolean]:
        """For each answer when it is given; ``valid`` says when the case is not ``invalid``."""
        given = {
            answer: all_of((valid, space.told(flag, reader)))
            for answer, flag in _answers(self.version.edition, self.flags)
        }
        return given | {INVALID: negated(valid)}


def _answers(edition: Edition, flags: Flags) -> Iterator[tuple[Answer, Boolean]]:
    for outcome, flag in flags.outcomes.items():
        if outcome is Outcome.CLINICAL_REVIEW:
            yield from ((Answer(outcome, reason), when) for reason, when in flags.reasons.items() if when is not NEVER)
        elif outcome is Outcome.APPROVED:
            yield from _approvals(edition, flags, flag)
        else:
            yield Answer(outcome), flag


def _approvals(edition: Edition, flags: Flags, approved: Boolean) -> Iterator[tuple[Answer, Boolean]]:
    """An approval for each thing that is granted: by the first rung that is surely met."""
    granting: dict[tuple[tuple[str, str], ...], list[Boolean]] = {}
    for rung, is_first in zip(edition.ladder, flags.first, strict=True):
        if rung.outcome is Outcome.APPROVED:
            granting.setdefault(tuple(rung.grants.items()), []).append(is_first)
    for grants, firsts in granting.items():
        yield (
            Answer(Outcome.APPROVED, None, grants),
            all_of((approved, any_of(firsts))) if len(granting) > 1 else approved,
        )
