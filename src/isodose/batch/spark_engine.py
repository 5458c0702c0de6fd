"""A batch on Spark: on this machine, or on the cluster at ``job.master``. The output is a folder of files, one for each part."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from isodose.batch.job import Format, Job, JobError, Progress, Source, Summary, Target
from isodose.batch.spark_session import session
from isodose.guideline.outcome import Outcome, Reason

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, DataFrameWriter, Observation, SparkSession

NEEDS = ("pyspark", "ibis", "pyarrow", "pandas", "numpy", "pyarrow_hotfix")
"""The libraries that have to be installed."""

NO_JSON = "Spark reads Parquet and CSV; JSON lines, where each cell says its own type, are read by --engine duckdb"

_FROM, _TO = "isodose_from", "isodose_to"


def run(job: Job, progress: Progress) -> Summary:
    """The job's rows with six columns more. Raises ``JobError``, and ``OSError`` without Java."""
    from pyspark.errors import PySparkException

    with session(job.master) as spark:
        try:
            return _run(job, progress, spark)
        except PySparkException as error:
            raise JobError(_first_line(error)) from None


def _run(job: Job, progress: Progress, spark: SparkSession) -> Summary:
    import ibis

    from isodose.batch.ibis_table import with_added

    progress(0, None)
    backend = ibis.pyspark.connect(spark)
    _read(spark, job.source).createOrReplaceTempView(_FROM)
    typed = job.source.format is not Format.CSV
    case, found = with_added(backend.table(_FROM), job.guideline, job.names, job.as_known_on, typed=typed)
    backend.create_view(_TO, found, overwrite=True)
    counted, observation = _observed(spark.table(_TO))
    _write(counted, job.target)
    progress(1, None)
    counts = observation.get
    outcomes = {name: counts[name] for name in map(str, Outcome) if counts[name]}
    reasons = {name: counts[name] for name in map(str, Reason) if counts[name]}
    return Summary(outcomes, reasons, (), case.notes)


def _read(spark: SparkSession, source: Source) -> DataFrame:
    """The files as one table: columns by name, those in paths as text."""
    spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
    files = [str(file.absolute()) for file in source.files]
    reader = spark.read
    if source.folder is not None:
        reader = reader.option("basePath", str(source.folder.absolute()))
    match source.format:
        case Format.PARQUET:
            return reader.option("mergeSchema", "true").parquet(*files)
        case Format.CSV:
            reader = reader.options(header="true", escape='"', mode="FAILFAST")
            return reduce(lambda all_, one: all_.unionByName(one, allowMissingColumns=True), map(reader.csv, files))
        case Format.JSON_LINES:
            raise JobError(NO_JSON)


def _observed(frame: DataFrame) -> tuple[DataFrame, Observation]:
    """The same rows, counted by outcome and reason while they are written."""
    from pyspark.sql import Observation
    from pyspark.sql import functions as sql

    observation = Observation("isodose")
    counts = [
        sql.count_if(sql.col(column) == value).alias(value)
        for column, values in (("outcome", Outcome), ("review_reason", Reason))
        for value in map(str, values)
    ]
    return frame.observe(observation, *counts), observation


def _write(frame: DataFrame, target: Target) -> None:
    writer = _compressed(_with_lists_as_text(frame) if target.format is Format.CSV else frame, target).mode("error")
    path = str(target.path.absolute())
    match target.format:
        case Format.PARQUET:
            writer.parquet(path)
        case Format.CSV:
            writer.option("header", "true").option("escape", '"').csv(path)
        case Format.JSON_LINES:
            writer.option("ignoreNullFields", "false").json(path)


def _compressed(frame: DataFrame, target: Target) -> DataFrameWriter:
    return frame.write.option("compression", "gzip") if target.gzip else frame.write


def _with_lists_as_text(frame: DataFrame) -> DataFrame:
    """CSV has no lists; their entries are joined, as they are read."""
    from pyspark.sql import functions as sql
    from pyspark.sql.types import ArrayType

    lists = [field.name for field in frame.schema if isinstance(field.dataType, ArrayType)]
    return frame.withColumns({name: sql.array_join(sql.col(f"`{name}`"), ";") for name in lists})


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
