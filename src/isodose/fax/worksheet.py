"""What the portal would ask, on paper: the questions that can still matter and the answers that are known, in the ladder's order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from isodose.compile.conditions.asked import interview
from isodose.compile.conditions.told import inputs_of
from isodose.determination.leaf_words import value_says
from isodose.determination.program import Determination
from isodose.determination.validity import NEEDED
from isodose.determination.values import ABSENT, Value
from isodose.determination.words import name_of
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline
from isodose.guideline.more import More
from isodose.guideline.text import shortened
from isodose.guideline.tree import ClauseMet, Node, Otherwise, leaves

LONGEST_QUOTE = 300
"""Letters of a clause's words that stand above its questions."""

MOST_BELOW = 3
"""Boxes that stand below one another; more of them take two columns."""

YES, NO = "Yes", "No"

_NONE_KNOWN: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Box:
    """An answer to tick; ``has_line`` leaves room for words of one's own."""

    says: str
    is_ticked: bool = False
    has_line: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its boxes, or with room for an answer (``room``: the type of fact). ``known`` is the answer that is known, in words.

    ``more`` is what a yes is told with, for which there is room too; None where nothing is, or the answer is known to be another.
    """

    fact: str
    question: str
    help: str
    boxes: tuple[Box, ...]
    room: str
    unit: str
    known: str
    evidence: tuple[str, ...]
    more: More | None = None

    @property
    def layout(self) -> str:
        """How its boxes stand: ``few`` beside one another, ``many`` in two columns, others below one another."""
        if len(self.boxes) > MOST_BELOW:
            return "many"
        return "few" if [box.says for box in self.boxes] == [YES, NO] else ""


@dataclass(frozen=True, slots=True)
class Section:
    """The questions that a clause asks first, under its own words (empty: what has to be said of every request)."""

    heading: str
    quote: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The worksheet of one service line; ``line`` is its number, 0 on a blank one."""

    line: int
    sections: tuple[Section, ...]


def blank_worksheet(guideline: Guideline, edition: Edition) -> Worksheet:
    """Everything that an edition can ask."""
    asked = {fact.name for fact in _facts_asked(guideline, edition)}
    return Worksheet(0, _sections(guideline, edition, _NONE_KNOWN, asked))


def worksheet(determination: Determination, line: int) -> Worksheet:
    """What is known of a line, and what can still matter: to know more never makes a fact missing that was not."""
    guideline, edition = determination.guideline, determination.edition
    assert edition is not None, "what goes to the plan is ruled by an edition"
    asked = {name for fact in determination.missing for name in inputs_of(guideline, fact)}
    return Worksheet(line, _sections(guideline, edition, determination.case.facts, asked))


@lru_cache(16)
def _facts_asked(guideline: Guideline, edition: Edition) -> tuple[Fact, ...]:
    """What an edition can ask, in its order."""
    return tuple(question.fact for question in interview(guideline, edition).questions)


def _sections(
    guideline: Guideline, edition: Edition, known: Mapping[str, Value], asked: Collection[str]
) -> tuple[Section, ...]:
    shown = [fact for fact in _facts_asked(guideline, edition) if fact.name in known or fact.name in asked]
    by_clause = groupby(shown, key=lambda fact: _first_asked_by(fact, guideline, edition))
    return tuple(_section(clause, [_item(fact, known.get(fact.name)) for fact in group]) for clause, group in by_clause)


def _section(clause: Clause | None, items: list[Item]) -> Section:
    if clause is None:
        return Section("The request", "", tuple(items))
    return Section(name_of(clause), shortened(clause.quote, LONGEST_QUOTE), tuple(items))


def _first_asked_by(fact: Fact, guideline: Guideline, edition: Edition) -> Clause | None:
    """The first clause on the ladder that rests on a fact; what every request needs belongs to none."""
    if fact.name in NEEDED:
        return None
    for rung in edition.ladder:
        for clause in _clauses(rung.when, edition):
            if any(fact.name in inputs_of(guideline, name) for name in _facts(clause.rule)):
                return clause
    return None


def _clauses(node: Node, edition: Edition) -> Iterator[Clause]:
    """The clauses that a condition refers to, each followed by those that it refers to itself."""
    for leaf in leaves(node):
        if isinstance(leaf, ClauseMet):
            clause = edition.clauses[leaf.clause]
            yield clause
            yield from _clauses(clause.rule, edition)


def _facts(node: Node) -> Iterator[str]:
    return (leaf.fact for leaf in leaves(node) if not isinstance(leaf, (ClauseMet, Otherwise)))


def _item(fact: Fact, value: Value | None) -> Item:
    boxes = tuple(_boxes(fact, value))
    is_in_a_box = any(box.is_ticked for box in boxes)
    known = "" if value is None or is_in_a_box else value_says(value, fact.unit)
    room = "" if fact.type in (FactType.YES_NO, FactType.CHOICE) else fact.type.value
    more = fact.more if value in (None, True) else None
    return Item(fact.name, fact.question, fact.help, boxes, room, fact.unit, known, fact.evidence, more)


def _boxes(fact: Fact, value: Value | None) -> Iterator[Box]:
    if fact.type is FactType.YES_NO:
        yield Box(YES, value is True)
        yield Box(NO, value is False)
    elif fact.type is FactType.CHOICE:
        for word, says in fact.values.items():
            yield Box(_capital(says), value == word)
        if fact.open:
            yield Box("Other:", has_line=True)
    if fact.absent:
        yield Box(_capital(fact.absent), value is ABSENT)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
