"""The guideline's questions as a form asks them: those that can still change the answer, and those that were answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from isodose.guideline.edition import Clause, Edition
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline
from isodose.guideline.text import shortened
from isodose.guideline.tree import COMBINATIONS, ClauseMet, Otherwise, leaves
from isodose.web.details import MORE
from isodose.web.practice.draft.fields import choices, field_of, of_course
from isodose.web.practice.draft.more_rows import Row, rows
from isodose.web.practice.draft.typed import Typed

_LONGEST = 240
"""Letters of a clause beside a question: enough to see what it rests on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer so far; ``source`` and ``quote`` are the clause that asks it.

    ``more`` is a field for more words, ``rows`` what the guideline wants to be told beside a yes.

    ``matters`` says whether the answer can still change what comes of the draft, or carries it.
    """

    fact: Fact
    field: str
    answer: str
    options: Mapping[str, str]
    source: str
    quote: str
    more: str
    rows: tuple[Row, ...]
    matters: bool

    @property
    def fields(self) -> str:
        """The names of all its fields: the same as long as the same is asked."""
        return " ".join((self.field, self.more, *(row.key for row in self.rows)))


def asked(typed: Typed, guideline: Guideline, edition: Edition, matter: Collection[str]) -> tuple[Asked, ...]:
    """The questions in the guideline's order; ``matter`` are the facts that can change what comes of it."""
    return tuple(
        _asked(fact, typed, guideline, edition, fact.name in matter)
        for fact in of_course(guideline)
        if fact.name in matter or typed.text(field_of(fact))
    )


def not_asked(guideline: Guideline, shown: Collection[Asked]) -> tuple[str, ...]:
    """The titles of what is not asked, since it cannot change the answer."""
    names = {one.fact.name for one in shown}
    return tuple(fact.title for fact in of_course(guideline) if fact.name not in names)


def _asked(fact: Fact, typed: Typed, guideline: Guideline, edition: Edition, matters: bool) -> Asked:  # noqa: FBT001
    clause = next(_asking(edition, fact.name), None)
    answer = typed.text(field_of(fact))
    return Asked(
        fact,
        field_of(fact),
        answer,
        choices(guideline, fact),
        _named(clause) if clause else "",
        shortened(clause.quote, _LONGEST) if clause else "",
        f"{MORE}{fact.name}" if fact.type is FactType.YES_NO and answer == "yes" and not fact.more else "",
        rows(typed, fact, fact.more) if fact.more and answer == "yes" else (),
        matters or not answer,
    )


def _asking(edition: Edition, fact: str) -> Iterator[Clause]:
    """The clauses in whose own rule a fact is looked at."""
    for clause in edition.clauses.values():
        for leaf in leaves(clause.rule):
            if not isinstance(leaf, (ClauseMet, Otherwise, *COMBINATIONS)) and leaf.fact == fact:
                yield clause
                break


def _named(clause: Clause) -> str:
    return f"Clause {clause.id}" if clause.id[0].isdigit() else clause.title
