"""What a command says where a library that it needs is not installed: one line with what installs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import wraps

from isodose.commands.common import complain

LACKING = 3
"""Exit status where a library is not installed."""

EXTRAS = {
    "sqlalchemy": "serve",
    "alembic": "serve",
    "psycopg": "serve",
    "duckdb": "batch",
    "polars": "batch",
    "pyspark": "spark",
    "weasyprint": "paper",
    "segno": "paper",
    "barcode": "paper",
}
"""The libraries that these commands need, each with the extra that installs it."""

Run = Callable[[argparse.Namespace], int]


def says_what_is_lacking(run: Run) -> Run:
    """A command that may need a library which is not there."""

    @wraps(run)
    def command(options: argparse.Namespace) -> int:
        from isodose.pages.pdf import NoPangoError

        try:
            return run(options)
        except NoPangoError as error:
            complain(str(error))
            return LACKING
        except ModuleNotFoundError as error:
            if error.name not in EXTRAS:
                raise
            install = f"python -m pip install 'isodose[{EXTRAS[error.name]}]'"
            complain(f"this needs `{error.name}`; install it with: {install}")
            return LACKING

    return command
