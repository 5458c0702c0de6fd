"""No part of a rule is idle: without it, some case of which all is known would be found otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial

import z3  # type: ignore[import-untyped]

from isodose.compile.rails import Rails
from isodose.determination.words import name_of
from isodose.guideline.edition import Clause
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.tree import COMBINATIONS, AtLeast, ClauseMet, Combination, Node
from isodose.proof.difference.changed import decided_example
from isodose.proof.finding import Finding
from isodose.proof.limit import Limit
from isodose.proof.ruling import Ruling
from isodose.proof.shows import finds
from isodose.proof.words import told


def idle_parts(ruling: Ruling, idle: AbstractSet[str], limit: Limit) -> Iterator[Finding]:
    """Each part of a clause's rule without which the clause says the same of every complete case, on any date.

    A part that is an ``idle`` clause is told already.
    """
    for clause in ruling.reached:
        for part in limit.within(partial(_of_clause, ruling, clause)) or ():
            if not (isinstance(part, ClauseMet) and part.clause in idle):
                yield _finding(ruling, clause, part)


def _of_clause(ruling: Ruling, clause: Clause) -> list[Node]:
    """The idle parts of a clause; of one that can never be met, that is told instead."""
    rails = ruling.clause(clause)
    if not ruling.ever.is_possible(ruling.formula(rails.true)):
        return []
    return list(_idle(ruling, clause.rule, lambda rule: rule, rails))


def _idle(ruling: Ruling, node: Node, whole: Callable[[Node], Node], rails: Rails) -> Iterator[Node]:
    """The parts of a combination without which the rule, which ``whole`` makes around it, says the same."""
    if not isinstance(node, COMBINATIONS):
        return
    for place, part in enumerate(node.parts):
        rest = node.parts[:place] + node.parts[place + 1 :]
        is_needed = not rest or (isinstance(node, AtLeast) and len(node.parts) == node.count)
        if not is_needed and not _differ(ruling, rails, ruling.rails(whole(replace(node, parts=rest))), whole(node)):
            yield part
        else:
            yield from _idle(ruling, part, partial(_around, node, place, whole), rails)


def _around(node: Combination, place: int, whole: Callable[[Node], Node], part: Node) -> Node:
    return whole(replace(node, parts=(*node.parts[:place], part, *node.parts[place + 1 :])))


def _differ(ruling: Ruling, one: Rails, other: Rails, rule: Node) -> bool:
    """Whether the rails differ in a case that states all that the rule asks."""
    true, false = (ruling.formula(here) != ruling.formula(there) for here, there in zip(one, other, strict=True))
    return ruling.ever.is_possible(z3.Or(true, false), ruling.all_known(rule))


def _finding(ruling: Ruling, clause: Clause, part: Node) -> Finding:
    met = ruling.formula(ruling.clause(clause).true)
    words = " ".join(" ".join(rule_lines(part)).split())
    message = f"in {name_of(clause)} the part `{words}` says nothing: without it the clause is met by the same cases"
    row = decided_example(ruling, met, partial(finds, ruling, clause))
    return told(ruling, "idle", clause, message, row, "the clause is met with the part and without")
