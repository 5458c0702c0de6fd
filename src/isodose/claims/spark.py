"""Claims on Spark, for more than one machine: lines and authorizations meet by member, and each part is answered as files are elsewhere.

What a line is answered rests on the lines and the authorizations of its member alone. So Spark brings those together, some members to a
part, and the one job that there is (`run.py`) answers every part on whatever machine it lies. Parquet in, a folder of Parquet out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from isodose.batch.duckdb_files import connection_beside, relation_of
from isodose.batch.job import Format, JobError, Progress, Source, Target
from isodose.batch.spark_session import LOCAL, session
from isodose.claims.line import ADDED_TYPES
from isodose.claims.reason import Reason
from isodose.claims.run import ClaimsJob, ClaimsSummary
from isodose.claims.run import run as run_here
from isodose.compile.duckdb.sql import text

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, GroupedData, SparkSession
    from pyspark.sql.types import StructType

NEEDS = ("pyspark", "pyarrow", "pandas", "duckdb")
"""The libraries that have to be installed."""

_PART = "isodose part"

_LINES_IN_A_PART = 500_000
"""So many lines are answered at once, more or less: members stay together."""

_PARQUET_ALONE = "Spark reads and writes claims as Parquet; name a .parquet file, with dates and numbers as such, or leave --engine spark out"

_EACH_MACHINE = (
    "each machine needs Isodose with the extras `spark` and `serve`, under the Python that PYSPARK_PYTHON names"
)

_TYPES = {"boolean": "boolean", "bigint": "long", "varchar": "string"}
"""Spark's names of the types of the added columns."""


def run(job: ClaimsJob, progress: Progress, master: str = "") -> ClaimsSummary:
    """The lines with six columns more, as a folder. Raises ``JobError``, and ``NoJavaError``."""
    from pyspark.errors import PySparkException

    _expect_parquet(job)
    notes = _of_no_lines(job)
    with session(master) as spark:
        _with_this_python(spark)
        try:
            return ClaimsSummary(_run(job, progress, spark), notes=notes)
        except PySparkException as error:
            raise JobError(_in_a_line(error)) from None


def _with_this_python(spark: SparkSession) -> None:
    """On this machine parts are answered by the Python that runs now; a cluster's is said by PYSPARK_PYTHON, and has Isodose installed."""
    context = spark.sparkContext
    if (context.master or LOCAL).startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = sys.executable


def _expect_parquet(job: ClaimsJob) -> None:
    files = {str(one.files[0]): one.format for one in (job.source, job.authorizations)}
    formats = {**files, "the output": job.target.format}
    others = [name for name, said in formats.items() if said is not Format.PARQUET]
    if others:
        raise JobError(*(f"{name} is {formats[name]}: {_PARQUET_ALONE}" for name in others))
    if job.recheck or job.post:
        raise JobError("Spark answers lines; post and recheck with --engine duckdb")


def _of_no_lines(job: ClaimsJob) -> tuple[str, ...]:
    """What looks odd in the columns. The job over no lines: so whatever it refuses is refused before anything is done."""
    with TemporaryDirectory(prefix="isodose-") as folder:
        none, out = (Path(folder) / f"{name}.parquet" for name in ("none", "out"))
        with connection_beside(Path(folder)) as (connection, _):
            connection.execute(f"copy (from {relation_of(job.source)} limit 0) to {text(str(none))}")
        return _here(job, none, job.authorizations, out).notes


def _here(job: ClaimsJob, lines: Path, authorizations: Source, out: Path) -> ClaimsSummary:
    """The one job that there is, over the lines of one Parquet file."""
    source, target = Source((lines,), Format.PARQUET), Target(out, Format.PARQUET)
    return run_here(replace(job, source=source, authorizations=authorizations, target=target), _silently)


def _in_a_line(error: Exception) -> str:
    """What Spark says first; of what failed in Python, on whatever machine, what that said last."""
    said = str(error).strip().splitlines()
    if "Python worker" not in said[0]:
        return said[0]
    lacks = f"; {_EACH_MACHINE}" if "No module named" in said[-1] else ""
    return f"a part could not be answered: {said[-1]}{lacks}"


def _run(job: ClaimsJob, progress: Progress, spark: SparkSession) -> dict[Reason, int]:
    from pyspark.sql.types import StructType

    progress(0, None)
    lines = _read(spark, job.source)
    parts = max(spark.sparkContext.defaultParallelism, lines.count() // _LINES_IN_A_PART)
    answered = StructType(list(lines.schema.fields))
    for column, type_ in ADDED_TYPES.items():
        answered = answered.add(column, _TYPES[type_])
    together = _by_member(lines, job.names.get("member_id", "member_id"), parts).cogroup(
        _by_member(_read(spark, job.authorizations), "member_id", parts)
    )
    found = together.applyInArrow(_answering(job, answered), answered)
    found.write.mode("error").parquet(str(job.target.path.absolute()))
    progress(1, None)
    written = spark.read.parquet(str(job.target.path.absolute()))
    counts = {row["claim_reason"]: row["count"] for row in written.groupBy("claim_reason").count().collect()}
    return {reason: counts[reason] for reason in Reason if reason in counts}


def _read(spark: SparkSession, source: Source) -> DataFrame:
    files = [str(file.absolute()) for file in source.files]
    reader = spark.read.option("mergeSchema", "true")
    if source.folder is not None:
        reader = reader.option("basePath", str(source.folder.absolute()))
    return reader.parquet(*files)


def _by_member(frame: DataFrame, member: str, parts: int) -> GroupedData:
    """The rows by a number that all rows of a member share, however the member is written; those of nobody are together."""
    from pyspark.sql import functions as sql

    written = sql.regexp_replace(sql.col(f"`{member}`").cast("string"), r"^[ \t\n\r\x0b\f]+|[ \t\n\r\x0b\f]+$", "")
    part = sql.coalesce(sql.pmod(sql.xxhash64(written), sql.lit(parts)), sql.lit(0))
    return frame.withColumn(_PART, part).groupBy(_PART)


def _answering(job: ClaimsJob, schema: StructType) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """Answers one part, wherever that is done."""

    def answered(lines: pa.Table, authorizations: pa.Table) -> pa.Table:
        from pyarrow import parquet
        from pyspark.sql.pandas.types import to_arrow_schema

        expected = to_arrow_schema(schema)
        if not lines.num_rows:
            return expected.empty_table()
        with TemporaryDirectory(prefix="isodose-") as folder:
            given, against, out = (Path(folder) / f"{name}.parquet" for name in ("lines", "authorizations", "out"))
            parquet.write_table(lines.drop_columns(_PART), given)
            parquet.write_table(authorizations.drop_columns(_PART), against)
            _here(job, given, Source((against,), Format.PARQUET), out)
            return parquet.read_table(out).select(expected.names).cast(expected)

    return answered


def _silently(_: float, __: int | None) -> None:
    """Nobody looks at the progress of a part."""
