"""What is wrong with a guideline that could be read: one list of checks, each a function from guideline to problems.

A new check is one function and one line here. Reading itself (``guideline.load``) finds what cannot be read at all; worked
cases are run by ``determination.check``, which knows how to answer them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from isodose.guideline.check.codes import codes_end_while_listed, codes_have_dates, codes_have_one_rule
from isodose.guideline.check.diagnoses import rows_can_win, rows_do_not_tie
from isodose.guideline.check.references import (
    clauses_are_reached,
    facts_are_asked,
    lists_are_asked,
    parts_differ,
    rows_are_asked,
    sets_are_asked,
    targets_have_rows,
)
from isodose.guideline.check.text import (
    editions_are_named,
    quotes_are_exact,
    sentences_are_accounted,
    text_is_published,
)
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import Level, Problem, did_you_mean, nearest

Check = Callable[[Guideline], Iterable[Problem]]

TEXT_CHECKS: tuple[Check, ...] = (
    editions_are_named,
    sentences_are_accounted,
    text_is_published,
    quotes_are_exact,
)
"""About the words alone: they hold whatever else could not be read."""

CHECKS: tuple[Check, ...] = (
    clauses_are_reached,
    parts_differ,
    facts_are_asked,
    sets_are_asked,
    targets_have_rows,
    rows_are_asked,
    lists_are_asked,
    codes_have_one_rule,
    codes_have_dates,
    codes_end_while_listed,
    rows_can_win,
    rows_do_not_tie,
)
"""About what refers to what: they wait until everything can be read, lest one slip be blamed on all that rests on it."""

PROVED_TOPICS = (
    "approval-and-limitation",
    "coverage-and-limitation",
    "criterion-and-limitation",
    "exception-shut-out",
    "grants-differ",
    "idle",
    "overtaken",
    "turned-away",
    "uncovered",
)
"""The kinds that the part `proof` finds."""

TOPICS = ("ended-code", *PROVED_TOPICS)
"""The kinds of finding that a reading can settle, by the word that its `settles` uses."""


def static_problems(guideline: Guideline, *, is_readable: bool) -> list[Problem]:
    """All findings about a guideline, those that a reading of the same edition answers marked as settled."""
    checks = TEXT_CHECKS + CHECKS if is_readable else TEXT_CHECKS
    found = [problem for check in checks for problem in check(guideline)]
    return [settled(problem, guideline) for problem in found] + list(_unknown_topics(guideline))


def settled(problem: Problem, guideline: Guideline) -> Problem:
    """The problem, marked as settled if a reading of the edition where it stands answers it."""
    for edition in guideline.editions:
        for reading in edition.readings.values():
            if edition.file == problem.place.file and any(answers(entry, problem) for entry in reading.settles):
                message = f"{problem.message}. Settled by reading {reading.id}"
                return replace(problem, level=Level.SETTLED, message=message)
    return problem


def answers(entry: str, problem: Problem) -> bool:
    """Whether an entry of a reading's `settles` means the problem: a topic, or a topic and the clause that it is about.

    A misspelt topic counts for the nearest one: it is told by itself.
    """
    topic, _, clause = entry.partition(" ")
    return nearest(topic, TOPICS) == problem.topic and clause in ("", problem.clause)


def _unknown_topics(guideline: Guideline) -> Iterator[Problem]:
    for edition in guideline.editions:
        for reading in edition.readings.values():
            for topic in (entry.partition(" ")[0] for entry in reading.settles):
                if topic not in TOPICS:
                    message = (
                        f"reading {reading.id} settles `{topic}`, which no check finds{did_you_mean(topic, TOPICS)}"
                    )
                    yield Problem(reading.place, message)
