"""An exception that a rule makes for some diagnoses and shuts out elsewhere: it keeps the clause open and never meets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import z3  # type: ignore[import-untyped]

from isodose.compile.z3.terms import Z3
from isodose.determination.words import name_of
from isodose.guideline.edition import Clause
from isodose.guideline.outcome import Reason
from isodose.guideline.tree import All, Any, InDiagnoses, Node, leaves
from isodose.guideline.truth import NOT_MET, UNKNOWN
from isodose.proof.asked_words import asked_says, part_says
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.ruling import Ruling
from isodose.proof.shows import answer_of, leaves_open, truths_of
from isodose.proof.words import told


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way of several, by a diagnosis, to fulfil a part of a clause's rule; ``others`` are the other ways."""

    clause: Clause
    choice: Any
    way: Node

    @property
    def others(self) -> tuple[Node, ...]:
        return tuple(part for part in self.choice.parts if part is not self.way)

    @property
    def beside(self) -> tuple[Node, ...]:
        """What the clause asks beside the choice."""
        assert isinstance(self.clause.rule, All)
        return tuple(part for part in self.clause.rule.parts if part is not self.choice)


def exceptions(ruling: Ruling) -> Iterator[Finding]:
    """Each alternative by which alone a clause can stay open, and can never be met."""
    for one in _alternatives(ruling):
        rails, only = ruling.clause(one.clause), _only(ruling, one)
        stays_open, met = z3.And(only, ruling.formula(rails.unknown)), z3.And(only, ruling.formula(rails.true))
        if ruling.search.is_possible(stays_open) and not ruling.search.is_possible(met):
            yield _finding(ruling, one, _left_open(ruling, one, stays_open))


def _alternatives(ruling: Ruling) -> Iterator[Alternative]:
    can_be_met = (one for one in ruling.reached if ruling.search.is_possible(ruling.formula(ruling.clause(one).true)))
    for clause in can_be_met:
        parts = clause.rule.parts if isinstance(clause.rule, All) else ()
        for choice in (part for part in parts if isinstance(part, Any) and len(part.parts) > 1):
            for way in choice.parts:
                if any(isinstance(leaf, InDiagnoses) for leaf in leaves(way)):
                    yield Alternative(clause, choice, way)


def _only(ruling: Ruling, one: Alternative) -> Z3:
    """This way is possible and the others surely are not."""
    shut = (ruling.formula(ruling.rails(other).false) for other in one.others)
    return z3.And(ruling.formula(ruling.rails(one.way).possible), *shut)


def _left_open(ruling: Ruling, one: Alternative, claim: Z3) -> Row:
    """A case that only the alternative keeps open; one that says all that a requester can say, if there is one."""
    wanted = {part: UNKNOWN if part is one.way else NOT_MET for part in one.choice.parts}

    def shows(row: Row) -> bool:
        truths = truths_of(ruling, one.clause, row)
        return leaves_open(ruling, one.clause, row) and all(truths[part] is truth for part, truth in wanted.items())

    def shows_judged(row: Row) -> bool:
        return shows(row) and answer_of(ruling, row).review_reason is Reason.JUDGEMENT

    alone = z3.And(claim, ruling.formula(ruling.rails(one.way).unknown))
    judged = z3.And(alone, ruling.formula(ruling.flags.reasons[Reason.JUDGEMENT]))
    row = ruling.search.smallest(judged, shows_judged) or ruling.search.smallest(alone, shows)
    assert row is not None, "the clause stays open by an alternative that is unknown"
    return row


def _finding(ruling: Ruling, one: Alternative, row: Row) -> Finding:
    message = (
        f"{name_of(one.clause)} asks that {_words(ruling, one.others, ' or ')}, but for a case where "
        f"{_words(ruling, [one.way], '')}; yet such a case can never surely meet the clause"
    )
    only = _only(ruling, one)
    against = [
        part for part in one.beside if not ruling.search.is_possible(only, ruling.formula(ruling.rails(part).true))
    ]
    if against:
        message += f", which also asks that {_words(ruling, against, ' and that ')}"
    return told(ruling, "exception-shut-out", one.clause, f"{message}: only a reviewer can settle it", row)


def _words(ruling: Ruling, parts: Iterable[Node], between: str) -> str:
    parts = list(parts)
    says = part_says if len(parts) > 1 else asked_says
    return between.join(says(part, ruling.edition, ruling.guideline.facts) for part in parts)
