"""All that a revision changes, as one value for every page: decisions, questions, rules and text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.guideline.worked_case import worked_cases
from isodose.proof.difference.cause_words import unit_says
from isodose.proof.difference.difference import Difference, difference
from isodose.proof.difference.questions import QuestionChange, question_changes
from isodose.proof.difference.rules import RuleChange, rule_changes
from isodose.proof.difference.text import TextChange, text_changes
from isodose.proof.difference.told import DIRECTIONS, Group, Teller
from isodose.proof.difference.units import ruling_all
from isodose.proof.ordinary import Ordinary

SAME_CASES = "Both editions are asked about the same requests, whatever dates of service each of them rules."
"""What has to be said before anything else."""

NOT_COUNTED = "That a request rests on another clause or edition, with the same outcome, is no change of decision."


@dataclass(frozen=True, slots=True)
class Edited:
    """An edition of a guideline."""

    guideline: Guideline
    edition: Edition


@dataclass(frozen=True, slots=True)
class Report:
    """A revision. ``units`` are what of it could change a decision; ``everywhere`` is what holds of every request it touches.

    ``proved`` is what is proved, or why nothing is.
    """

    old: Edited
    new: Edited
    difference: Difference
    units: tuple[str, ...]
    everywhere: tuple[str, ...]
    groups: tuple[Group, ...]
    questions: tuple[QuestionChange, ...]
    rules: tuple[RuleChange, ...]
    text: tuple[TextChange, ...]
    proved: str

    def arrows(self, direction: str) -> list[str]:
        """The changes of one direction, in few lines: those of a group with what they share."""
        found: dict[str, None] = {}
        for group in self.groups:
            told = [one for one in group.told if one.direction == direction]
            before, after = (list(dict.fromkeys(getattr(one, side) for one in told)) for side in ("before", "after"))
            if told and min(len(before), len(after)) == 1:
                found[f"{_or(before)} → {_or(after)}"] = None
            else:
                found |= dict.fromkeys(f"{one.before} → {one.after}" for one in told)
        return list(found)

    @property
    def directions(self) -> dict[str, int]:
        """How many changes of outcome go which way."""
        counts = Counter(told.direction for group in self.groups for told in group.told)
        return {direction: counts[direction] for direction in DIRECTIONS if counts[direction]}


def _or(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def report(old: Edited, new: Edited) -> Report:
    """The report of a revision."""
    versions = ruling_all(old.guideline, old.edition), ruling_all(new.guideline, new.edition)
    found = difference(*versions)
    groups: tuple[Group, ...] = ()
    everywhere: tuple[str, ...] = ()
    if found.comparison and found.changes:
        cases = [case.facts for case in worked_cases(new.guideline, [])]
        teller = Teller(found, found.comparison, new.guideline, Ordinary(new.guideline, cases))
        groups, everywhere = tuple(teller.groups()), teller.everywhere()
    return Report(
        old,
        new,
        found,
        tuple(unit_says(unit, found) for unit in found.units),
        everywhere,
        groups,
        tuple(question_changes(*versions)),
        tuple(rule_changes(old.guideline, old.edition, new.guideline, new.edition)),
        tuple(text_changes(old.edition, new.edition)),
        _proved(found, is_same=not groups),
    )


def _proved(found: Difference, *, is_same: bool) -> str:
    """The sealed statement. It is never made of what was not proved."""
    if found.not_compared:
        return f"Decisions are not compared: {found.not_compared}."
    if not found.is_proved:
        return "Not proved: what is told above and what the editions answer are not the same."
    if is_same:
        return "Nothing changes. Proved: every request gets the same outcome, for the same reason, under both editions."
    return "Nothing else changes. Proved: every request that is not described here gets the same outcome, for the same reason."
