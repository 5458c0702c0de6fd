"""A fact that rules ask for and whose value never matters: asking for it is a burden for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice

from isodose.compile.z3.facts import Choice
from isodose.guideline.edition import Clause, Rung
from isodose.guideline.facts import Fact, FactType
from isodose.proof.difference.changed import decided_example
from isodose.proof.difference.pair import Pair
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.limit import Limit
from isodose.proof.ruling import Ruling
from isodose.proof.words import told


def idle_facts(
    ruling: Ruling, pair: Pair, idle: AbstractSet[str], limit: Limit, examples: Mapping[str, Row]
) -> Iterator[Finding]:
    """Each fact that something not idle asks, with which no two cases that differ in it alone have different outcomes.

    ``examples`` are the cases that rungs and clauses decide: with other values in these a fact is mostly seen to matter.
    """
    facts = ruling.guideline.facts
    asked = [name for name, fact in facts.items() if fact.formula is None and not ruling.asks(name) <= idle]
    for name in [name for name in asked if not _is_seen_to_matter(ruling, name, examples)]:
        if limit.within(partial(_matters, pair, name)) is False:
            yield _finding(ruling, name)


def _is_seen_to_matter(ruling: Ruling, name: str, examples: Mapping[str, Row]) -> bool:
    asking = ruling.asks(name)
    rows = [row for of, row in examples.items() if of in asking]
    return any(_matters_in(ruling, row, ruling.guideline.facts[name]) for row in islice(_with_less(rows), _MOST_TRIED))


_MOST_TRIED = 24
"""Cases in which other values are tried before Z3 is asked."""


def _with_less(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, then each without one thing that it states, so that another may matter in its place."""
    yield from rows
    for row in rows:
        yield from ({column: cell for column, cell in row.items() if column != left_out} for left_out in row)


def _matters_in(ruling: Ruling, row: Row, fact: Fact) -> bool:
    """Whether the outcomes differ with the values that are ordinary, any word among them, and with the one that is stated."""
    stated = ruling.model.stated.get(fact.name)
    words = stated.values if isinstance(stated, Choice) and fact.type is not FactType.YES_NO else ()
    values = dict.fromkeys([*ruling.ordinary.values(fact.column), *words])
    cells = [[value] if fact.type is FactType.CODES else value for value in values]
    rows = [row | {fact.column: cell} for cell in cells] + ([row] if fact.column in row else [])
    outcomes = (answer.outcome for answer in map(ruling.determine, rows) if answer is not None)
    first = next(outcomes, None)
    return any(outcome is not first for outcome in outcomes)


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
