"""What an approval rests on, and for which of it the plan wants more than the requester's word."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.desk.policy import DeskPolicy
from isodose.desk.request import Request
from isodose.determination.finding import fact_of
from isodose.determination.program import Determination
from isodose.determination.words import carrying
from isodose.guideline.edition import Clause
from isodose.guideline.facts import Fact
from isodose.guideline.tree import Otherwise


def lacking(request: Request, determination: Determination, policy: DeskPolicy) -> tuple[Fact, ...]:
    """The facts that the determination rests on, that name evidence, and that rest on the requester's word alone.

    Empty for a fact that the policy takes as ``attested``. What a reviewer judged needs no more evidence.
    """
    shown = {one.fact for one in request.evidence}
    facts = determination.guideline.facts
    names = dict.fromkeys(_rests_on(determination))
    return tuple(
        facts[name] for name in names if facts[name].evidence and name not in shown and name not in policy.attested
    )


def _rests_on(determination: Determination) -> Iterator[str]:
    """The facts that make each rung so, up to the one that decided."""
    ladder = determination.edition.ladder if determination.edition else ()
    for rung, finding in zip(ladder, determination.rungs, strict=False):
        for leaf in carrying(finding):
            if not leaf.judgement and not isinstance(leaf.node, (Otherwise, Clause)):
                yield fact_of(leaf)
        if rung is determination.rung:
            return
