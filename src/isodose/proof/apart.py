"""Where two passages of the text pull apart: both speak of one case, and only the order of the ladder says which of them decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import z3  # type: ignore[import-untyped]

from isodose.determination.words import name_of
from isodose.guideline.edition import Clause
from isodose.guideline.outcome import Outcome, Reason
from isodose.guideline.tree import Any
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.ruling import Ruling
from isodose.proof.shows import finds, leads, meets
from isodose.proof.words import listed_clauses, rung_says, told

FAVOURABLE = (Outcome.COVERED_WITHOUT_REVIEW, Outcome.APPROVED)


def favour_and_limitation(ruling: Ruling) -> Iterator[Finding]:
    """A case that is covered or approved although a limitation applies."""
    for limitation in _limitations(ruling):
        applies = ruling.clause(limitation).true
        for number, rung in enumerate(ruling.edition.ladder):
            if rung.outcome in FAVOURABLE:
                claim = z3.And(ruling.leads(number), ruling.formula(applies))
                row = ruling.search.smallest(claim, partial(_is_favoured, ruling, number, limitation))
                if row is not None:
                    yield _favoured(ruling, number, limitation, row)


def _favoured(ruling: Ruling, number: int, limitation: Clause, row: Row) -> Finding:
    outcome = ruling.edition.ladder[number].outcome
    clauses = ruling.named(number)
    message = (
        f"{_asked_by(ruling, number)} and {_inside(limitation)} can hold of one case; {rung_says(ruling.edition, number)} comes first, and the "
        f"case is {outcome}"
    )
    topic = "approval-and-limitation" if outcome is Outcome.APPROVED else "coverage-and-limitation"
    clause = clauses[0] if len(clauses) == 1 else limitation
    return told(ruling, topic, clause, message, row)


def criterion_and_limitation(ruling: Ruling) -> Iterator[Finding]:
    """A case that meets what an approval asks, and goes to a reviewer because a limitation applies."""
    ladder = ruling.edition.ladder
    approvals = [number for number, rung in enumerate(ladder) if rung.outcome is Outcome.APPROVED]
    for number, rung in enumerate(ladder):
        if rung.reason is Reason.LIMITATION:
            for limitation in ruling.named(number):
                claim = z3.And(
                    ruling.leads(number),
                    ruling.formula(ruling.clause(limitation).true),
                    z3.Or(*(ruling.formula(ruling.flags.rungs[other].true) for other in approvals)),
                )
                row = ruling.search.smallest(claim, partial(_is_limited, ruling, number, limitation, approvals))
                if row is not None:
                    yield _limited(ruling, limitation, approvals, row)


def _limited(ruling: Ruling, limitation: Clause, approvals: list[int], row: Row) -> Finding:
    asked = " or ".join(_asked_by(ruling, number) for number in approvals)
    message = (
        f"{asked} can be met while {_inside(limitation)} applies; the limitation comes first, and a reviewer decides"
    )
    return told(ruling, "criterion-and-limitation", limitation, message, row)


def grants(ruling: Ruling) -> Iterator[Finding]:
    """Two approvals that can both be met and grant different things."""
    ladder = ruling.edition.ladder
    approvals = [number for number, rung in enumerate(ladder) if rung.outcome is Outcome.APPROVED]
    for place, later in enumerate(approvals):
        for earlier in approvals[:place]:
            if ladder[earlier].grants != ladder[later].grants:
                both = z3.And(ruling.leads(earlier), ruling.formula(ruling.flags.rungs[later].true))
                row = ruling.search.smallest(both, partial(_both_met, ruling, earlier, later))
                if row is not None:
                    message = (
                        f"{rung_says(ruling.edition, earlier)} and {rung_says(ruling.edition, later)} can both be met and "
                        f"grant different things ({_granted(ladder[earlier].grants)}; {_granted(ladder[later].grants)}); "
                        f"the first decides"
                    )
                    yield told(ruling, "grants-differ", ladder[later], message, row)


def _is_favoured(ruling: Ruling, number: int, limitation: Clause, row: Row) -> bool:
    return leads(ruling, number, row) and finds(ruling, limitation, row)


def _both_met(ruling: Ruling, earlier: int, later: int, row: Row) -> bool:
    return leads(ruling, earlier, row) and meets(ruling, later, row)


def _is_limited(ruling: Ruling, number: int, limitation: Clause, approvals: list[int], row: Row) -> bool:
    return (
        leads(ruling, number, row)
        and finds(ruling, limitation, row)
        and any(meets(ruling, other, row) for other in approvals)
    )


def _limitations(ruling: Ruling) -> list[Clause]:
    """The clauses of rungs that lead to a review for a limitation, each once."""
    numbers = [number for number, rung in enumerate(ruling.edition.ladder) if rung.reason is Reason.LIMITATION]
    return list({clause.id: clause for number in numbers for clause in ruling.named(number)}.values())


def _inside(clause: Clause) -> str:
    """A clause's name inside a sentence."""
    name = name_of(clause)
    return name[:1].lower() + name[1:]


def _asked_by(ruling: Ruling, number: int) -> str:
    """What an approval asks: some of its clauses, or all of them."""
    tree, clauses = ruling.edition.ladder[number].when, ruling.named(number)
    if not clauses:
        return rung_says(ruling.edition, number)
    return listed_clauses(clauses, "or" if isinstance(tree, Any) else "and")


def _granted(grants: Mapping[str, str]) -> str:
    return ", ".join(f"{part} {value}" for part, value in grants.items()) or "nothing named"
