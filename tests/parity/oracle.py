"""Cases and what the engine of one case answers to them, as files that every other engine reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from isodose.determination.program import Program
from isodose.determination.record import added
from isodose.guideline.facts import FactType
from isodose.guideline.guideline import Guideline

Row = dict[str, object]

TYPES: dict[FactType, pl.DataType] = {
    FactType.YES_NO: pl.Boolean(),
    FactType.CHOICE: pl.String(),
    FactType.CODE: pl.String(),
    FactType.DATE: pl.Date(),
    FactType.CODES: pl.List(pl.String),
    FactType.NUMBER: pl.Decimal(18, 6),
}

_AT_A_TIME = 1 << 18
"""Cases held in memory together."""


def schema(guideline: Guideline) -> pl.Schema:
    """A table of flat cases, each fact in its own type, with the number of the row."""
    columns = {name: TYPES[fact.type] for name, fact in guideline.columns.items()}
    return pl.Schema([("row", pl.Int64()), *columns.items()])


def write_cases(program: Program, rows: Sequence[Row], folder: Path, as_known_on: date | None = None) -> None:
    """`cases/*.parquet`, the rows with their numbers; `answers/*.parquet`, what the engine of one case answers."""
    for name in ("cases", "answers"):
        (folder / name).mkdir(parents=True)
    for start in range(0, len(rows), _AT_A_TIME):
        part = rows[start : start + _AT_A_TIME]
        numbered = [{"row": start + place, **row} for place, row in enumerate(part)]
        pl.DataFrame(numbered, schema(program.guideline)).write_parquet(folder / "cases" / f"{start:09}.parquet")
        answers = [answer_text(added(program.determine(row, as_known_on))) for row in part]
        numbers = range(start, start + len(part))
        table = pl.DataFrame({"row": numbers, "answer": answers}, {"row": pl.Int64(), "answer": pl.String()})
        table.write_parquet(folder / "answers" / f"{start:09}.parquet")


def answer_text(answer: dict[str, object]) -> str:
    """The six added columns in one text: two answers are the same if their texts are."""
    return "|".join(_written(value) for value in answer.values())


def _written(value: object) -> str:
    return ";".join(value) if isinstance(value, list) else "" if value is None else str(value)


ANSWER = pl.concat_str(
    pl.col("outcome"),
    pl.col("review_reason").fill_null(""),
    pl.col("basis").list.join(";"),
    pl.col("missing").list.join(";"),
    pl.col("edition").fill_null(""),
    pl.col("problem").fill_null(""),
    separator="|",
)
"""The same text from the columns that an engine adds."""


def differences(folder: Path, answered: Path) -> list[dict[str, object]]:
    """The first rows whose answer differs, or that did not come back, with both answers."""
    theirs = pl.scan_parquet(answered).select("row", answer=ANSWER)
    ours = pl.scan_parquet(folder / "answers" / "*.parquet")
    joined = ours.join(theirs, on="row", how="full", suffix="_of_engine")
    return joined.filter(pl.col("answer").ne_missing(pl.col("answer_of_engine"))).head(5).collect().to_dicts()
