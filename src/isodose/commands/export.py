"""`isodose export`: the guideline in another form."""

from __future__ import annotations

import argparse
import sys

from isodose.commands import DONE, Command
from isodose.commands.common import guideline_of, read_settings, write_data


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "form", choices=("schema", "csv-template"), help="the request's JSON Schema, or a header for flat cases"
    )


def run(options: argparse.Namespace) -> int:
    """The guideline in another form."""
    from isodose.determination.forms import csv_template, request_schema

    guideline = guideline_of(options, read_settings())
    form = {"schema": request_schema, "csv-template": csv_template}[options.form]
    write_data()
    sys.stdout.write(form(guideline))
    return DONE


COMMAND = Command(
    run,
    "the guideline in another form",
    ("export schema > request.schema.json", "export csv-template > cases.csv"),
    add_options,
)
