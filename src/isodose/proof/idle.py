"""No rung, no clause and no part of a rule is idle: each alone changes some answer, or the finding says that it never does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import z3  # type: ignore[import-untyped]

from isodose.compile.expression import all_of, negated
from isodose.compile.rails import Rails
from isodose.compile.z3_dates import YES, Z3
from isodose.determination.words import name_of
from isodose.guideline.edition import Clause
from isodose.guideline.outcome import Outcome
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.tree import COMBINATIONS, All, Any, AtLeast, Combination, Node
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.ruling import Ruling, Variant
from isodose.proof.shows import answer_of, finds, leads, meets
from isodose.proof.words import answer_says, case_says, example_says, rung_says, told

MET, NOT_MET = All(()), Any(())
"""Rules that always hold, and never."""


@dataclass(frozen=True, slots=True)
class Alive:
    """A case whose outcome a clause or a rung alone changes: what it is, and what it would be."""

    name: str
    clause: str | None
    example: Row
    message: str


def rungs(ruling: Ruling) -> Iterator[Alive | Finding]:
    """Each rung but the last, without which some case has another outcome; and the last, which some case reaches."""
    *others, _ = ruling.edition.ladder
    for number, _ in enumerate(others):
        yield _rung(ruling, number)
    yield from _last(ruling)


def _rung(ruling: Ruling, number: int) -> Alive | Finding:
    variant = ruling.without_rung(number)
    says = rung_says(ruling.edition, number)
    row = _changed(ruling, variant, ruling.leads(number))
    if row is not None:
        return Alive(says, None, row, _shows(ruling, variant, row, "without this rung"))
    rung = ruling.edition.ladder[number]
    row = ruling.search.smallest(ruling.leads(number), partial(leads, ruling, number))
    if row is not None:
        return told(
            ruling, "idle", rung, f"{says} changes no outcome: without it, later rungs answer all the same", row
        )
    return _never_first(ruling, number, says)


def _never_first(ruling: Ruling, number: int, says: str) -> Finding:
    """A rung that decides nothing because it is never met, or never before another one."""
    rung, met = ruling.edition.ladder[number], ruling.flags.rungs[number].true
    row = ruling.search.smallest(ruling.formula(met), partial(meets, ruling, number))
    if row is None:
        return told(ruling, "idle", rung, f"{says} can never be met, whatever the case")
    earlier = [
        other
        for other in range(number)
        if not ruling.search.is_possible(ruling.formula(all_of((met, negated(ruling.flags.rungs[other].true)))))
    ]
    before = rung_says(ruling.edition, earlier[0]) if earlier else "an earlier rung"
    return told(ruling, "idle", rung, f"{says} never decides: whenever it is met, {before} is met before", row)


def _last(ruling: Ruling) -> Iterator[Alive | Finding]:
    number = len(ruling.edition.ladder) - 1
    says = rung_says(ruling.edition, number)
    row = ruling.search.smallest(ruling.leads(number), partial(leads, ruling, number))
    if row is None:
        rung = ruling.edition.ladder[number]
        yield told(ruling, "idle", rung, f"{says} is never reached: an earlier rung is met by every case")
    else:
        yield Alive(says, None, row, example_says(ruling, row))


def clauses(ruling: Ruling) -> Iterator[Alive | Finding]:
    """Each clause that the ladder looks at: a case whose outcome would be another if the clause were not met (or were)."""
    for clause in ruling.reached:
        yield _clause(ruling, clause)


def _clause(ruling: Ruling, clause: Clause) -> Alive | Finding:
    for variant, claim, otherwise in _ways(ruling, clause):
        row = _changed(ruling, variant, claim)
        if row is not None:
            return Alive(name_of(clause), clause.id, row, _shows(ruling, variant, row, otherwise))
    return _idle(ruling, clause)


def _ways(ruling: Ruling, clause: Clause) -> Iterator[tuple[Variant, Z3, str]]:
    """How a clause can matter: by being met, by not being met, by the codes that it lists; each with the words for it."""
    rails = ruling.clause(clause)
    verb = "did not apply" if clause.kind == "limitation" else "were not met"
    if clause.id in ruling.referred:
        yield ruling.with_rule(clause, NOT_MET), ruling.formula(rails.true), f"if it {verb}"
        yield ruling.with_rule(clause, MET), ruling.formula(rails.false), "if it were met"
    if clause.id in ruling.looked_at:
        yield ruling.without_codes(clause), YES, "were the code not listed there"


def _idle(ruling: Ruling, clause: Clause) -> Finding:
    name, met = name_of(clause), ruling.formula(ruling.clause(clause).true)
    row = ruling.search.smallest(met, partial(finds, ruling, clause))
    if row is None:
        message = f"{name} can never be {'in force' if clause.kind == 'limitation' else 'met'}, whatever the case"
        return told(ruling, "idle", clause, message)
    return told(ruling, "idle", clause, f"{name} changes no outcome: no case is answered otherwise for it", row)


def parts(ruling: Ruling) -> Iterator[Finding]:
    """Each part of a clause's rule without which the clause would say the same of every case, on any date."""
    for clause in ruling.reached:
        rails = ruling.clause(clause)
        if ruling.ever.is_possible(ruling.formula(rails.true)):  # else it is told that the clause can never be met
            for part in _idle_parts(ruling, clause.rule, lambda rule: rule, rails):
                yield _idle_part(ruling, clause, part)


def _idle_parts(ruling: Ruling, node: Node, whole: Callable[[Node], Node], rails: Rails) -> Iterator[Node]:
    """The parts of a combination without which the rule, which ``whole`` makes around it, says the same."""
    if not isinstance(node, COMBINATIONS):
        return
    for place, part in enumerate(node.parts):
        before, after = node.parts[:place], node.parts[place + 1 :]
        is_needed = isinstance(node, AtLeast) and len(node.parts) == node.count
        if (before or after) and not is_needed:
            lacking = ruling.rails(whole(replace(node, parts=before + after)))
            if not ruling.ever.is_possible(_differ(ruling, rails, lacking)):
                yield part
                continue
        around = partial(_around, node, place, whole)
        yield from _idle_parts(ruling, part, around, rails)


def _around(node: Combination, place: int, whole: Callable[[Node], Node], part: Node) -> Node:
    return whole(replace(node, parts=(*node.parts[:place], part, *node.parts[place + 1 :])))


def _differ(ruling: Ruling, one: Rails, other: Rails) -> Z3:
    return z3.Or(
        ruling.formula(one.true) != ruling.formula(other.true), ruling.formula(one.false) != ruling.formula(other.false)
    )


def _idle_part(ruling: Ruling, clause: Clause, part: Node) -> Finding:
    row = ruling.search.smallest(ruling.formula(ruling.clause(clause).true), partial(finds, ruling, clause))
    words = " ".join(" ".join(rule_lines(part)).split())
    message = f"in {name_of(clause)} the part `{words}` says nothing: without it the clause is met by the same cases"
    return told(ruling, "idle", clause, message, row, "the clause is met with the part and without")


def _changed(ruling: Ruling, variant: Variant, claim: Z3) -> Row | None:
    """The smallest case that fulfils the claim and is answered otherwise in the variant.

    A case that lacks nothing is looked for first, and one of which the reason of a review alone differs last.
    """
    asks = ruling.outcome(Outcome.INFORMATION_NEEDED), variant.outcomes[Outcome.INFORMATION_NEEDED]
    outcomes = z3.Or(*(ruling.outcome(outcome) != flag for outcome, flag in variant.outcomes.items()))
    reasons = z3.Or(*(ruling.formula(ruling.flags.reasons[reason]) != flag for reason, flag in variant.reasons.items()))
    for differs, shows in (
        (z3.And(outcomes, z3.Not(z3.Or(*asks))), _completes),
        (outcomes, _differs),
        (reasons, _differs),
    ):
        row = ruling.search.smallest(z3.And(claim, variant.given, differs), partial(shows, ruling, variant))
        if row is not None:
            return row
    return None


def _differs(ruling: Ruling, variant: Variant, row: Row) -> bool:
    answer, other = ruling.determine(row), variant.program.determine(row)
    return answer is not None and (answer.outcome, answer.review_reason) != (other.outcome, other.review_reason)


def _completes(ruling: Ruling, variant: Variant, row: Row) -> bool:
    """Whether the outcomes differ and neither asks for more."""
    answer, other = ruling.determine(row), variant.program.determine(row)
    outcomes = {other.outcome, answer.outcome if answer else other.outcome}
    return len(outcomes) > 1 and Outcome.INFORMATION_NEEDED not in outcomes


def _shows(ruling: Ruling, variant: Variant, row: Row, otherwise: str) -> str:
    """The case, its answer, and what it would be answered in the variant."""
    other = answer_says(variant.program.determine(row))
    return f"{case_says(row, ruling.guideline)}: {answer_says(answer_of(ruling, row))}; {otherwise}, {other}"
