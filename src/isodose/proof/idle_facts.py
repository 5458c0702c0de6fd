"""A fact that rules ask for and whose value never matters: asking for it is a burden for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice

from isodose.guideline.edition import Clause, Rung
from isodose.proof.difference.changed import decided_example
from isodose.proof.difference.pair import Pair
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.limit import Limit
from isodose.proof.ruling import Ruling
from isodose.proof.shows import answer_of
from isodose.proof.words import told


def idle_facts(
    ruling: Ruling, pair: Pair, idle: AbstractSet[str], limit: Limit, rows: Sequence[Row]
) -> Iterator[Finding]:
    """Each fact that something not idle asks, with which no two cases that differ in it alone have different outcomes.

    ``rows`` are cases that something decides: another value in one of these mostly shows that a fact matters.
    """
    facts = ruling.guideline.facts
    asked = [name for name, fact in facts.items() if fact.formula is None and not ruling.asks(name) <= idle]
    for name in [name for name in asked if not _is_seen_to_matter(ruling, facts[name].column, rows)]:
        if limit.within(partial(_matters, pair, name)) is False:
            yield _finding(ruling, name)


def _is_seen_to_matter(ruling: Ruling, column: str, rows: Sequence[Row]) -> bool:
    stating = islice((row for row in rows if column in row), _MOST_TRIED)
    return any(_matters_in(ruling, row, column) for row in stating)


_MOST_TRIED = 8
"""Cases in which other values are tried before Z3 is asked."""


def _matters_in(ruling: Ruling, row: Row, column: str) -> bool:
    """Whether the outcome is another with some ordinary value."""
    outcome, is_list = answer_of(ruling, row).outcome, isinstance(row[column], list)
    cells = ([value] if is_list else value for value in ruling.ordinary.values(column))
    answers = (ruling.determine(row | {column: cell}) for cell in cells)
    return any(answer is not None and answer.outcome is not outcome for answer in answers)


def _matters(pair: Pair, name: str) -> bool:
    return pair.outcomes_differ(pair.differs_in(name))


def _finding(ruling: Ruling, name: str) -> Finding:
    fact = ruling.guideline.facts[name]

    def shows(row: Row) -> bool:
        return fact.column in row and ruling.determine(row) is not None

    row = decided_example(ruling, ruling.model.known(name), shows)
    message = f"{fact.title} changes no outcome: no two cases that differ in it alone are answered otherwise"
    return told(ruling, "idle", _asking(ruling, name), message, row, "and so it is with every other answer")


def _asking(ruling: Ruling, name: str) -> Clause | Rung:
    """The first clause, or else the first rung, that asks the fact."""
    asking = ruling.asks(name)
    clauses: list[Clause | Rung] = [clause for clause in ruling.edition.clauses.values() if clause.id in asking]
    return next(iter(clauses), ruling.edition.ladder[0])
