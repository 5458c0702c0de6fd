"""Cases made from the rules: for a clause or a rung that Z3 is not asked about any more, cases in which it may decide.

A leaf is made to hold, or not to, by the first value of its fact with which the engine finds it so; combinations by their parts.
What comes out is only tried: whether it shows anything, the engine says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations, product

from isodose.determination.ask import ask_diagnoses, ask_from
from isodose.determination.case import case_from, derive
from isodose.determination.cells import JSON_CELLS
from isodose.determination.illness import Illnesses
from isodose.determination.values import Value
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.edition import Clause
from isodose.guideline.guideline import DIAGNOSIS
from isodose.guideline.tree import (
    COMBINATIONS,
    All,
    Any,
    AtLeast,
    ClauseMet,
    InDiagnoses,
    InList,
    Leaf,
    Node,
    NoneOf,
    Otherwise,
    clauses_reached,
)
from isodose.guideline.truth import MET, NOT_MET, Truth, all_of, any_of, at_least, none_of, opposite
from isodose.proof.example import Row
from isodose.proof.ruling import Ruling

_MOST_TRIED = 2_000
"""Values that are tried for one clause or rung."""

Wish = tuple[Node, Truth]
"""A node, and whether it shall be met or not met."""


class Made:
    """Makes cases of one edition."""

    def __init__(self, ruling: Ruling) -> None:
        self._ruling = ruling
        self._guideline, self._edition = ruling.guideline, ruling.edition
        self._illnesses = Illnesses(ruling.guideline.diagnoses, ruling.guideline.release)
        self._rules = {name: clause.rule for name, clause in ruling.edition.clauses.items()}
        self._reached = [clauses_reached(rung.when, self._rules) for rung in ruling.edition.ladder]
        self._ask = cache(self._asked)
        self._codes = [[with_dot(kind.code)] for kind in ruling.model.kinds.kinds if not kind.is_heading]
        self._cells: dict[tuple[str, str], Mapping[str, Value]] = {}
        self._left = 0

    def for_clause(self, clause: Clause) -> Iterator[Row]:
        """Cases in which a clause is met, and no rung before the first that looks at it."""
        number = next(number for number, reached in enumerate(self._reached) if clause.id in reached)
        met: Wish = (ClauseMet(clause.id, ""), MET)
        for truth in (MET, NOT_MET):
            yield from self._cases([met, (self._edition.ladder[number].when, truth), *self._earlier(number)])

    def for_rung(self, number: int) -> Iterator[Row]:
        """Cases in which a rung is met, and no earlier one."""
        yield from self._cases([(self._edition.ladder[number].when, MET), *self._earlier(number)])

    def _earlier(self, number: int) -> list[Wish]:
        return [(rung.when, NOT_MET) for rung in self._edition.ladder[:number]]

    def _cases(self, wishes: Sequence[Wish]) -> Iterator[Row]:
        self._left = _MOST_TRIED
        ordinary = self._ruling.ordinary
        codes = ordinary.values("procedure_code")[:1]
        for day in ordinary.values("date_of_service"):
            if self._ruling.period.holds(date.fromisoformat(str(day))):
                for row in self._rows(wishes, {"date_of_service": day}):
                    yield dict.fromkeys(("procedure_code",), *codes) | row

    def _rows(self, wishes: Sequence[Wish], row: Row) -> Iterator[Row]:
        """A case in which all wishes are fulfilled, which states at least what the row does."""
        if not wishes:
            yield row
            return
        (node, truth), *others = wishes
        for found in self._with(node, truth, row):
            yield from self._rows(others, found)

    def _with(self, node: Node, truth: Truth, row: Row) -> Iterator[Row]:
        match node:
            case _ if self._truth(node, row) is truth:
                yield row
            case ClauseMet(clause):
                yield from self._with(self._rules[clause], truth, row)
            case NoneOf(parts):
                yield from self._with(Any(parts), opposite(truth), row)
            case All(parts):
                yield from self._with_some(parts, len(parts), truth, row)
            case Any(parts):
                yield from self._with_some(parts, 1, truth, row)
            case AtLeast(count, parts):
                yield from self._with_some(parts, count, truth, row)
            case Otherwise():
                return
            case _:
                yield from self._with_leaf(node, truth, row)

    def _with_some(self, parts: Sequence[Node], count: int, truth: Truth, row: Row) -> Iterator[Row]:
        """So many of the parts are met; or so many are not that no such number can be."""
        needed = count if truth is MET else len(parts) - count + 1
        for chosen in combinations(parts, needed):
            yield from self._rows([(part, truth) for part in chosen], row)

    def _with_leaf(self, leaf: Leaf, truth: Truth, row: Row) -> Iterator[Row]:
        """The row with values from which the leaf follows, of columns that it does not state yet."""
        columns = [self._guideline.facts[one].column for one in self._ruling.stated_inputs(_fact_of(leaf))]
        lacking = [column for column in columns if column not in row]
        for values in product(*(self._values(column, leaf) for column in lacking)):
            self._left -= 1
            if self._left < 0:
                return
            made = row | dict(zip(lacking, values, strict=True))
            if lacking and self._truth(leaf, made) is truth:
                yield made

    def _values(self, column: str, leaf: Leaf) -> Iterable[object]:
        if isinstance(leaf, InDiagnoses):
            return self._codes
        words = sorted(leaf.members) if isinstance(leaf, InList) else []
        return dict.fromkeys([*words, *self._ruling.ordinary.values(column)])

    def _truth(self, node: Node, row: Row) -> Truth:
        """What a node is in a case, as the engine finds it."""
        return self._truth_of(node, self._facts(row))

    def _facts(self, row: Row) -> Mapping[str, Value]:
        known: dict[str, Value] = {}
        for column, value in row.items():
            known |= self._read(column, value)
        derive(known, self._guideline)
        return known

    def _read(self, column: str, value: object) -> Mapping[str, Value]:
        """What one cell says; values come again and again."""
        key = column, repr(value)
        if key not in self._cells:
            self._cells[key] = case_from({column: value}, self._guideline, JSON_CELLS).facts
        return self._cells[key]

    def _truth_of(self, node: Node, facts: Mapping[str, Value]) -> Truth:
        """Parts are looked at only until the whole is settled: a rung may name hundreds of clauses."""
        if isinstance(node, COMBINATIONS):
            parts = (self._truth_of(part, facts) for part in node.parts)
            return at_least(node.count, parts) if isinstance(node, AtLeast) else _KLEENE[type(node)](parts)
        if isinstance(node, ClauseMet):
            return self._truth_of(self._rules[node.clause], facts)
        return MET if isinstance(node, Otherwise) else self._ask(node)(facts)

    def _asked(self, leaf: Leaf) -> Callable[[Mapping[str, Value]], Truth]:
        """What a leaf is, of the facts of a case."""
        if isinstance(leaf, InDiagnoses):
            of_illness = ask_diagnoses(leaf)
            return lambda facts: of_illness(self._illnesses.of(facts.get(DIAGNOSIS, ()))).truth  # type: ignore[arg-type]
        fact = _fact_of(leaf)
        ask = ask_from(leaf, self._guideline.facts[fact].answered_by)
        return lambda facts: ask(facts.get(fact), facts["date_of_service"]).truth  # type: ignore[arg-type]


_KLEENE: Mapping[type, Callable[[Iterable[Truth]], Truth]] = {All: all_of, Any: any_of, NoneOf: none_of}


def _fact_of(leaf: Leaf) -> str:
    assert not isinstance(leaf, (ClauseMet, Otherwise)), "these ask no fact"
    return leaf.fact
