"""What two editions answer to combinations of classes: numbers of answers, a row for each beginning.

Neither witness shares anything with the decision diagrams by which a difference is found. The engine of one case reads the
guideline's trees itself; DuckDB is quicker, and is held against it on every combination by tests/parity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt
from tests.parity.combinations import Age, Combinations
from tests.proof.brute_force import Row

from isodose.batch.duckdb_relation import determined
from isodose.compile.duckdb.sql import name
from isodose.determination.case import Case, case_from, derive
from isodose.determination.cells import JSON_CELLS
from isodose.determination.evaluate import Evaluator
from isodose.determination.illness import Illnesses
from isodose.determination.program import Program
from isodose.determination.validity import problems_of
from isodose.determination.values import Value
from isodose.guideline.facts import FactType
from isodose.guideline.outcome import Outcome, Reason
from isodose.proof.difference.answers import INVALID, Answer
from isodose.proof.difference.units import Version

Numbers = npt.NDArray[np.uint8]
Facts = Mapping[str, Value]
Witness = Callable[[Version, Combinations, Sequence[Row], range], Numbers]
"""Answers to each of some beginnings with the combinations of all else that stand at some places."""

ANSWERS = [
    INVALID,
    *(Answer(outcome) for outcome in Outcome if outcome not in (Outcome.INVALID, Outcome.CLINICAL_REVIEW)),
    *(Answer(Outcome.CLINICAL_REVIEW, reason) for reason in Reason),
]
"""All answers of a guideline that grants nothing by its text; the place of each is its number."""

TOGETHER = 1 << 11
"""Combinations of all else that every beginning takes in turn: the engine remembers what follows from so many."""


def one_case(version: Version, rows: Combinations, starts: Sequence[Row], places: range) -> Numbers:
    """By the engine of one case."""
    answer = _engine(version)
    firsts = [(start["date_of_service"], _facts(start, version)) for start in starts]
    read = {day: _reader(version, rows, day) for day in dict(firsts)}
    found = np.zeros((len(firsts), len(places)), np.uint8)
    for at in range(0, len(places), TOGETHER):
        rests = {day: [of_place(place) for place in places[at : at + TOGETHER]] for day, of_place in read.items()}
        for line, (day, first) in zip(found, firsts, strict=True):
            line[at : at + TOGETHER] = [ANSWERS.index(answer({**rest, **first})) for rest in rests[day]]
    return found


def _reader(version: Version, rows: Combinations, day: object) -> Callable[[int], Facts]:
    """The facts of each combination on a day; each cell is read once."""
    start, share = {"date_of_service": day}, 1
    cells: list[list[Facts]] = []
    for column, values in rows.columns.items():
        stated = [rows.beside(start, share * which)[column] for which in range(len(values))]
        cells.append([_facts({**start, column: cell}, version) for cell in stated])
        share *= len(values)

    def facts(place: int) -> Facts:
        known: dict[str, Value] = {}
        for said in cells:
            place, which = divmod(place, len(said))
            known |= said[which]
        derive(known, version.guideline)
        return known

    return facts


def _facts(row: Row, version: Version) -> Facts:
    return case_from(row, version.guideline, JSON_CELLS).facts


def _engine(version: Version) -> Callable[[Facts], Answer]:
    guideline = version.guideline
    evaluator = Evaluator(guideline, version.edition, Illnesses(guideline.diagnoses, guideline.release))

    def answer(facts: Facts) -> Answer:
        case, service = Case(facts), facts["date_of_service"]
        assert isinstance(service, date)
        if problems_of(case, guideline):
            return INVALID
        found = evaluator.evaluate(case, service).answer
        return Answer(found.outcome, found.reason)

    return answer


def by_duckdb(version: Version, rows: Combinations, starts: Sequence[Row], places: range) -> Numbers:
    """By the query that a batch runs."""
    with duckdb.connect() as connection:
        cases = connection.sql(_Cases(connection, version, rows, starts).query)
        said = ", ".join(f"'{answer.outcome} {answer.reason or ''}'" for answer in ANSWERS)
        number = f"list_position([{said}], outcome || ' ' || coalesce(review_reason, '')) - 1"
        answered = determined(connection, cases, Program(version.guideline)).project(f"place, {number} as answer")
        table = answered.fetchnumpy()
    found = np.full(len(starts) * rows.for_each, len(ANSWERS), np.uint8)
    found[table["place"]] = table["answer"]
    return found.reshape(len(starts), rows.for_each)[:, places]


class _Cases:
    """The combinations as a query: tables of the values of each column, each value with its share of the place."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, version: Version, rows: Combinations, starts: Sequence[Row]
    ) -> None:
        self._connection = connection
        self._types = {column: _TYPES[fact.type] for column, fact in version.guideline.columns.items()}
        firsts = list(starts[0])
        self._table("starts", firsts, ([place * rows.for_each, *start.values()] for place, start in enumerate(starts)))
        days = dict.fromkeys(start["date_of_service"] for start in starts)
        share, parts = 1, ["starts"]
        for number, (column, values) in enumerate(rows.columns.items()):
            cells = (
                [place * share, day, value.born(day) if isinstance(value, Age) and isinstance(day, date) else value]
                for day in days
                for place, value in enumerate(values)
            )
            self._table(f"part_{number}", ["date_of_service", column], cells)
            share, parts = share * len(values), [*parts, f"part_{number}"]
        joined = " ".join(f"join {part} using (date_of_service)" for part in parts[1:])
        place = " + ".join(f"{part}.place" for part in parts)
        columns = ", ".join(map(name, [*firsts, *rows.columns]))
        self.query = f"select {place} as place, {columns} from starts {joined}"  # noqa: S608 (names are quoted)

    def _table(self, called: str, columns: Sequence[str], cells: Iterator[list[object]]) -> None:
        typed = ", ".join(f"{name(column)} {self._types[column]}" for column in columns)
        self._connection.execute(f"create temporary table {called} (place bigint, {typed})")
        marks = ", ".join("?" * (len(columns) + 1))
        self._connection.executemany(f"insert into {called} values ({marks})", list(cells))  # noqa: S608


_TYPES = {
    FactType.YES_NO: "boolean",
    FactType.CHOICE: "varchar",
    FactType.CODE: "varchar",
    FactType.CODES: "varchar[]",
    FactType.DATE: "date",
}
