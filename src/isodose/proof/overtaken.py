"""A clause that decides only a part of what it speaks of: a number for which it is met, and an earlier rung always comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import z3  # type: ignore[import-untyped]

from isodose.compile.expression import all_of, negated
from isodose.compile.rails import leaf_rails
from isodose.compile.z3.terms import Z3
from isodose.determination.leaf_words import value_says
from isodose.determination.words import name_of
from isodose.guideline.edition import Clause
from isodose.guideline.facts import Fact
from isodose.guideline.outcome import Outcome
from isodose.guideline.tree import ClauseMet, Compare, Node, leaves
from isodose.guideline.units import Number
from isodose.proof.asked_words import lower
from isodose.proof.example import Row
from isodose.proof.finding import Finding
from isodose.proof.limit import Limit
from isodose.proof.ruling import Ruling
from isodose.proof.shows import finds, leads
from isodose.proof.words import rung_says, told


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers between two bounds, None where there is none; ``has_low`` and ``has_high`` say whether they are within."""

    low: Number | None
    high: Number | None
    has_low: bool = False
    has_high: bool = False

    def joined(self, following: Range) -> Range:
        """This range and the one that follows it without a gap."""
        return Range(self.low, following.high, self.has_low, following.has_high)

    def tests(self, fact: str) -> Iterator[Compare]:
        """What is asked of a number that lies within."""
        if self.low is not None:
            yield Compare(fact, ">=" if self.has_low else ">", self.low, "")
        if self.high is not None:
            yield Compare(fact, "<=" if self.has_high else "<", self.high, "")

    def says(self, fact: Fact) -> str:
        """The range in words; that of a span in the whole numbers that it counts."""
        return (_in_whole_numbers(self) if fact.formula and not fact.formula.is_ratio else self).words(fact.unit)

    def words(self, unit: str) -> str:
        """The range in words as its bounds have it."""
        low, high = self.low, self.high
        if low is not None and low == high:
            return value_says(low, unit)
        if low is not None and high is not None and self.has_low and self.has_high:
            return f"{value_says(low)} to {value_says(high, unit)}"
        from_low = f"{'at least' if self.has_low else 'over'} {value_says(low, unit)}" if low is not None else ""
        to_high = f"{'at most' if self.has_high else 'under'} {value_says(high, unit)}" if high is not None else ""
        return " and ".join(filter(None, (from_low, to_high))) or "any number"


def _in_whole_numbers(part: Range) -> Range:
    """The same whole numbers, in the words that people use of ages: under 18, 18 to 20, at least 21."""
    low = part.low if part.low is None or part.has_low else part.low + 1
    high = part.high if part.high is None or not part.has_high else part.high + 1
    if low is None or high is None:
        return Range(low, high, has_low=True)
    return Range(low, high - 1, has_low=True, has_high=True)


def overtaken(ruling: Ruling, limit: Limit) -> Iterator[Finding]:
    """Each clause that suffices for an approval or a coverage, for each number that its rule compares."""
    for number, rung in enumerate(ruling.edition.ladder):
        if rung.outcome in (Outcome.APPROVED, Outcome.COVERED_WITHOUT_REVIEW):
            for clause in ruling.named(number):
                yield from limit.within(partial(_of_clause, ruling, number, clause)) or ()


def _of_clause(ruling: Ruling, number: int, clause: Clause) -> list[Finding]:
    needs_more = all_of((ruling.clause(clause).true, negated(ruling.flags.rungs[number].true)))
    if ruling.search.is_possible(ruling.formula(needs_more)):
        return []
    compared = dict.fromkeys(_compared(ruling, clause.rule))
    return [found for fact in compared for found in _of_fact(ruling, number, clause, fact)]


def _of_fact(ruling: Ruling, number: int, clause: Clause, fact: str) -> Iterator[Finding]:
    met = ruling.formula(ruling.clause(clause).true)
    spoken: list[Range] = []
    decided: list[Range] = []
    lost: list[Range] = []
    for part in _ranges(ruling, number, clause, fact):
        here = z3.And(met, _within(ruling, part, fact))
        if ruling.search.is_possible(here, ruling.leads(number)):
            _append(spoken, part)
            _append(decided, part)
        elif ruling.search.is_possible(here):
            _append(spoken, part)
            _append(lost, part)
    if decided and lost:
        yield from (_finding(ruling, number, clause, fact, (spoken, decided, one)) for one in lost)


def _finding(
    ruling: Ruling, number: int, clause: Clause, name: str, ranges: tuple[list[Range], list[Range], Range]
) -> Finding:
    spoken, decided, lost = ranges
    fact = ruling.guideline.facts[name]
    met = ruling.formula(ruling.clause(clause).true)
    claim = z3.And(met, _within(ruling, lost, name))
    first = _come_first(ruling, number, claim)
    elsewhere = z3.And(met, z3.Or(*(_within(ruling, one, name) for one in decided)))
    first = [other for other in first if other not in _come_first(ruling, number, elsewhere)] or first
    row = ruling.search.smallest(
        z3.And(claim, z3.Or(*(ruling.leads(other) for other in first))),
        partial(_is_overtaken, ruling, clause, first),
    )
    message = (
        f"{name_of(clause)} speaks of {lower(fact.title)} {_listed(spoken, fact)} but decides only where it is "
        f"{_listed(decided, fact)}; where it is {lost.says(fact)}, "
        f"{' or '.join(rung_says(ruling.edition, one) for one in first)} comes first"
    )
    return told(ruling, "overtaken", clause, message, row)


def _come_first(ruling: Ruling, number: int, claim: Z3) -> list[int]:
    """The earlier rungs that can be the first that is met."""
    first = ruling.flags.first
    return [other for other in range(number) if ruling.search.is_possible(claim, ruling.formula(first[other]))]


def _is_overtaken(ruling: Ruling, clause: Clause, first: list[int], row: Row) -> bool:
    return finds(ruling, clause, row) and any(leads(ruling, other, row) for other in first)


def _listed(ranges: list[Range], fact: Fact) -> str:
    return " or ".join(one.says(fact) for one in ranges)


def _append(ranges: list[Range], part: Range) -> None:
    """Add a range, to the one before it where there is no gap between them."""
    if ranges and ranges[-1].high == part.low and ranges[-1].has_high != part.has_low:
        ranges[-1] = ranges[-1].joined(part)
    else:
        ranges.append(part)


def _within(ruling: Ruling, part: Range, fact: str) -> Z3:
    return ruling.formula(all_of(leaf_rails(test).true for test in part.tests(fact)))


def _ranges(ruling: Ruling, number: int, clause: Clause, fact: str) -> Iterator[Range]:
    """The numbers cut at every bound on which it depends whether the clause is met, or an earlier rung."""
    trees = (clause.rule, *(rung.when for rung in ruling.edition.ladder[:number]))
    bounds = sorted({leaf.bound for tree in trees for leaf in _comparisons(ruling, tree) if leaf.fact == fact})
    low: Number | None = None
    for bound in bounds:
        assert isinstance(bound, Number)
        yield Range(low, bound)
        yield Range(bound, bound, has_low=True, has_high=True)
        low = bound
    yield Range(low, None)


def _compared(ruling: Ruling, rule: Node) -> Iterator[str]:
    """The numbers that a rule compares."""
    return (leaf.fact for leaf in _comparisons(ruling, rule) if isinstance(leaf.bound, Number))


def _comparisons(ruling: Ruling, rule: Node) -> Iterator[Compare]:
    """What a rule compares, by itself or by a clause that it refers to."""
    for leaf in leaves(rule):
        if isinstance(leaf, ClauseMet):
            yield from _comparisons(ruling, ruling.edition.clauses[leaf.clause].rule)
        elif isinstance(leaf, Compare):
            yield leaf
