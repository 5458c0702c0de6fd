"""A difference as people are told it: few sentences, what they share said once, each with its cause and an example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

from isodose.compile.conditions.among import About, Classes, Sets
from isodose.compile.conditions.answer_classes import AnswerClass
from isodose.determination.program import Program
from isodose.determination.words import is_numbered
from isodose.guideline.edition import Clause
from isodose.guideline.guideline import Guideline
from isodose.guideline.outcome import Outcome
from isodose.guideline.tree import ClauseMet
from isodose.proof.difference.answers import Answer, answer_of
from isodose.proof.difference.cause_words import cause_says
from isodose.proof.difference.difference import Change, Comparison, Difference
from isodose.proof.difference.judged import MET, SCOPES, Judged
from isodose.proof.difference.row import row_of
from isodose.proof.difference.search import case_of
from isodose.proof.difference.words import Words
from isodose.proof.example import Row
from isodose.proof.ordinary import Ordinary
from isodose.proof.words import case_says, listed_clauses

FAVOURABLE = (Outcome.NOT_REQUIRED, Outcome.COVERED_WITHOUT_REVIEW, Outcome.APPROVED)
"""What a requester hopes for: nothing more is asked, and no reviewer looks."""

HARDER, EASIER, SCOPE, OTHER = DIRECTIONS = ("harder", "easier", "in or out of scope", "other")
"""Which way a change goes, in the order in which a committee asks."""

Literal = tuple[About, Classes]


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words. ``where`` holds in every case; of ``alternatives``, if there are any, one does."""

    change: Change
    before: str
    after: str
    direction: str
    where: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...]
    example: str
    row: Row


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that share their cause, and what was answered before or is answered after. ``where`` holds in all of them."""

    cause: str
    where: tuple[str, ...]
    told: tuple[Told, ...]


def _monday(day: date) -> date:
    return day + timedelta(-day.weekday() % 7)


def answer_says(answer: Answer) -> str:
    """An outcome with its reason, or with what it grants."""
    more = answer.reason or ", ".join(f"{name} {value}" for name, value in answer.grants)
    return f"{answer.outcome} ({more})" if more else str(answer.outcome)


def direction_of(before: Answer, after: Answer) -> str:
    """Whether a change makes it easier or harder to be covered, or leads into the guideline's scope or out of it."""
    if Outcome.NOT_APPLICABLE in (before.outcome, after.outcome):
        return SCOPE
    was, becomes = before.outcome in FAVOURABLE, after.outcome in FAVOURABLE
    return OTHER if was is becomes else EASIER if becomes else HARDER


class Teller:
    """Puts a difference into words. ``guideline`` is the new one as it is, its editions with their own dates."""

    def __init__(
        self, difference: Difference, comparison: Comparison, guideline: Guideline, ordinary: Ordinary
    ) -> None:
        self._difference, self._comparison = difference, comparison
        self._guideline, self._ordinary = guideline, ordinary
        self._words = Words(comparison, guideline)
        self._programs = Program(difference.old.guideline), Program(difference.new.guideline)

    def groups(self) -> Iterator[Group]:
        """All changes: first what becomes harder, then what becomes easier, then what a reviewer is told otherwise."""
        groups = [self._group(changes) for changes in _grouped([change for change, _ in self._examples])]
        yield from sorted(groups, key=lambda group: min(DIRECTIONS.index(told.direction) for told in group.told))

    def everywhere(self) -> tuple[str, ...]:
        """What holds in every case that is touched, whichever change it is."""
        every = [sets for change, _ in self._examples for sets in change.alternatives]
        abouts = [about for about in every[0] if all(about in sets for sets in every)] if every else []
        joined = {about: frozenset[AnswerClass]().union(*(sets[about] for sets in every)) for about in abouts}
        universe = self._comparison.universe
        return self._say([(about, joined[about]) for about in abouts if len(joined[about]) < len(universe[about])])

    def _group(self, changes: Sequence[Change]) -> Group:
        shared = _shared(sets for change in changes for sets in change.alternatives)
        told = tuple(self._told(change, shared) for change in changes)
        return Group(cause_says(changes[0].cause, self._difference), self._say(shared), told)

    def _told(self, change: Change, said: Sequence[Literal]) -> Told:
        shared = _shared(change.alternatives)
        rests = [[literal for literal in sets.items() if literal not in shared] for sets in change.alternatives]
        row = next(row for one, row in self._examples if one is change)
        return Told(
            change,
            answer_says(change.before),
            answer_says(change.after),
            direction_of(change.before, change.after),
            self._say([literal for literal in shared if literal not in said]),
            () if len(rests) == 1 else self._alternatives(rests),
            case_says(row, self._guideline),
            row,
        )

    def _alternatives(self, rests: list[list[Literal]]) -> tuple[tuple[str, ...], ...]:
        """What tells alternatives apart; criteria of which any one suffices are one alternative."""
        clauses = [_met_clause(rest, self._comparison) for rest in rests]
        if all(clause is not None for clause in clauses):
            names = listed_clauses([clause for clause in clauses if clause is not None], "or")
            return ((f"{names[:1].lower()}{names[1:]} is met",),)
        return tuple(self._say(rest) for rest in rests)

    def _say(self, literals: Iterable[Literal]) -> tuple[str, ...]:
        """The literals in words, what decides scope first."""
        judged = self._comparison.judged
        ordered = sorted(literals, key=lambda one: _rank(judged.get(str(one[0]))))
        return tuple(self._words.literal(*literal) for literal in ordered)

    @cached_property
    def _examples(self) -> list[tuple[Change, Row]]:
        """The changes that some case shows, each with one: what no case shows is none."""
        found = ((change, self._row(change)) for change in self._difference.changes)
        return [(change, row) for change, row in found if row is not None]

    def _row(self, change: Change) -> Row | None:
        """The smallest case, in ordinary values, that both engines confirm; None if no case is such."""
        shows = partial(self._shows, change)
        row = row_of(change.point, self._comparison.space, _monday(self._difference.new.rules_from))
        if shows(row):
            return self._ordinary.made_so(row, shows)
        return case_of(self._difference, change.before, change.after, self._ordinary, shows)

    def _shows(self, change: Change, row: Row) -> bool:
        before, after = (answer_of(program.determine(row)) for program in self._programs)
        return before == change.before and after == change.after


def _rank(judged: Judged | None) -> int:
    """Scope first, then whether an authorization is needed, then all else."""
    return list(SCOPES).index(judged.leads_to) if judged and judged.leads_to else len(SCOPES)


def _met_clause(rest: list[Literal], comparison: Comparison) -> Clause | None:
    """The numbered clause that has to be met, if nothing else is asked."""
    if len(rest) != 1 or rest[0][0] not in comparison.judged or rest[0][1] != {MET}:
        return None
    judged = comparison.judged[str(rest[0][0])]
    clause = judged.edition.clauses[judged.node.clause] if isinstance(judged.node, ClauseMet) else None
    return clause if clause and is_numbered(clause) else None


def _shared(alternatives: Iterable[Sets]) -> list[Literal]:
    """What every alternative asks, in the order of the first."""
    found = list(alternatives)
    return [literal for literal in found[0].items() if all(sets.get(literal[0]) == literal[1] for sets in found)]


def _grouped(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes in groups of one cause with one answer before, or one after; the largest first."""
    rest = list(changes)
    while rest:
        sides = Counter((side, change.cause, getattr(change, side)) for change in rest for side in ("before", "after"))
        (side, cause, answer), _ = max(sides.items(), key=lambda item: item[1])
        group = [change for change in rest if change.cause == cause and getattr(change, side) == answer]
        rest = [change for change in rest if change not in group]
        yield sorted(group, key=lambda change: DIRECTIONS.index(direction_of(change.before, change.after)))
