"""A session of Spark as a batch needs it: quiet, without a page of its own, and ended with the batch."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.batch.job import LackingError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
"""This machine, with all of its processors."""

_LOG = Path(__file__).with_name("spark_log4j2.properties")

_COMPILED = "-XX:-DontCompileHugeMethods"
"""Java would interpret methods of more than 8,000 bytes for ever, and Spark writes a guideline in such."""

_SETTINGS: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()} {_COMPILED}",
    "spark.executor.extraJavaOptions": _COMPILED,
    "spark.sql.session.timeZone": "UTC",
    # Layers stay apart: put together, what they share would be computed again wherever it is used.
    "spark.sql.codegen.hugeMethodLimit": "8000",
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    # The table of codes, some 10 MB, goes to each node whole.
    "spark.sql.autoBroadcastJoinThreshold": str(64 << 20),
}


class NoJavaError(LackingError):
    """Spark runs on Java, and there is none."""


@contextmanager
def session(master: str = "") -> Iterator[SparkSession]:
    """A session on the cluster at ``master`` (``spark://…``), else on this machine; one that runs already is used and left.

    Raises ``NoJavaError``.
    """
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    find_java()
    builder = SparkSession.builder.appName("isodose").master(master or LOCAL)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    started = builder.getOrCreate()
    try:
        yield started
    finally:
        started.stop()


def find_java() -> Path:
    """The program ``java``, in JAVA_HOME or on the path. Raises ``NoJavaError`` that says how to get it."""
    home = os.environ.get("JAVA_HOME")
    if home:
        java = Path(home, "bin", "java")
        if java.is_file():
            return java
        raise NoJavaError(
            f"JAVA_HOME is {home}, where no bin/java is; correct it, or unset it and put java on the PATH"
        )
    found = shutil.which("java")
    if found is None:
        raise NoJavaError(
            "Spark needs Java 17 or newer, and there is no `java` on the PATH; install it (Debian and Ubuntu, as root: "
            "apt-get install default-jre-headless) or set JAVA_HOME"
        )
    return Path(found)
