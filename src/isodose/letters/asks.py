"""What was asked for, numbered, each with its clause and with what would satisfy it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from isodose.desk.determined import Answers
from isodose.determination.words import name_of, questions
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.facts import Fact, Facts
from isodose.guideline.tree import ClauseMet, Otherwise, leaves
from isodose.letters.words import listed


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask. ``title`` is the fact's in few words, or the question itself where a reviewer asked in words of their own.

    ``clause`` names the clause that the answer decides, with its ``quote``; empty where no clause asks for it.
    """

    title: str
    question: str
    help: str
    clause: str
    quote: str
    satisfied_by: str


def asks(texts: tuple[str, ...], facts: Facts, answers: Answers) -> tuple[Asked, ...]:
    """The questions of an event as a letter puts them."""
    by_fact = {one.fact: one.clause for answer in answers for one in questions(answer)}
    edition = next((answer.edition for answer in answers if answer.edition), None)
    return tuple(_asked(text, _fact(text, facts), edition, by_fact) for text in texts)


def _fact(text: str, facts: Facts) -> Fact | None:
    """The fact that a question is about: it is the fact's own question, or begins with the fact's title."""
    return next((fact for fact in facts.values() if text == fact.question or text.startswith(f"{fact.title}: ")), None)


def _asked(text: str, fact: Fact | None, edition: Edition | None, by_fact: Mapping[str, str | None]) -> Asked:
    if fact is None:
        return Asked(text, text, "", "", "", "")
    clause = _clause(fact.name, edition, by_fact.get(fact.name))
    name, quote = (name_of(clause), clause.quote) if clause else ("", "")
    return Asked(fact.title, text, fact.help, name, quote, listed(fact.evidence, "or"))


def _clause(fact: str, edition: Edition | None, known: str | None) -> Clause | None:
    """The clause that the determination named, else the first in the text that asks about the fact."""
    if edition is None:
        return None
    return edition.clauses[known] if known else next(_asking(fact, edition), None)


def _asking(fact: str, edition: Edition) -> Iterator[Clause]:
    for clause in edition.clauses.values():
        if any(not isinstance(leaf, (ClauseMet, Otherwise)) and leaf.fact == fact for leaf in leaves(clause.rule)):
            yield clause
