"""A fact that rules ask for and whose value never matters: asking for it is a burden for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.guideline.edition import Clause, Rung
from isodose.guideline.tree import ClauseMet, Node, Otherwise, leaves
from isodose.proof.asking import stated_inputs
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.pair import Pair
from isodose.proof.ruling import Ruling
from isodose.proof.words import told


def idle_facts(ruling: Ruling, pair: Pair) -> Iterator[Finding]:
    """Each fact that the edition asks, with which no two cases that differ in it alone have different outcomes."""
    for name in _asked(ruling):
        if pair.outcomes_differ(pair.differs_in(name)):
            continue
        yield _finding(ruling, name)


def _finding(ruling: Ruling, name: str) -> Finding:
    fact = ruling.guideline.facts[name]

    def shows(row: Row) -> bool:
        return fact.column in row and ruling.determine(row) is not None

    row = ruling.search.smallest(ruling.model.known(name), shows)
    message = f"{fact.title} changes no outcome: no two cases that differ in it alone are answered otherwise"
    return told(ruling, "idle", _asking(ruling, name), message, row, "and so it is with every other answer")


def _asking(ruling: Ruling, name: str) -> Clause | Rung:
    """The first clause or rung that asks the fact."""
    edition = ruling.edition
    rules: list[tuple[Clause | Rung, Node]] = [(clause, clause.rule) for clause in edition.clauses.values()]
    rules += [(rung, rung.when) for rung in edition.ladder]
    return next(asking for asking, tree in rules if name in _facts_of(ruling, tree))


def _asked(ruling: Ruling) -> dict[str, None]:
    """The stated facts that rules ask, or from which one that they ask follows."""
    return dict.fromkeys(name for tree in ruling.edition.trees for name in _facts_of(ruling, tree))


def _facts_of(ruling: Ruling, tree: Node) -> list[str]:
    names = (leaf.fact for leaf in leaves(tree) if not isinstance(leaf, (ClauseMet, Otherwise)))
    return [one for name in names for one in stated_inputs(ruling, name)]
