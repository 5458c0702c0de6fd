"""`isodose export`: the guideline in another form."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from isodose.commands import DONE, Command, CommandError
from isodose.commands.common import (
    FILES,
    add_as_known_on,
    add_edition,
    edition_of,
    guideline_of,
    read_settings,
    write_data,
)
from isodose.commands.lacking import says_what_is_lacking
from isodose.guideline.guideline import Guideline

if TYPE_CHECKING:
    from isodose.compile.elm.statements import Library


class Form(NamedTuple):
    """A form of the guideline: what it is, and how it is written from the guideline and the command's options.

    Bytes are a file that is no text; a terminal is not given it.
    """

    summary: str
    written: Callable[[Guideline, argparse.Namespace], str | bytes]


def add_options(command: argparse.ArgumentParser) -> None:
    forms = "; ".join(f"{name}: {form.summary}" for name, form in FORMS.items())
    command.add_argument("form", choices=tuple(FORMS), metavar="FORM", help=forms)
    command.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="fax: a request as `isodose decide` reads it (default: a blank kit); "
        "authorizations: the file to write, .parquet, .csv or .jsonl (default: CSV, printed)",
    ).complete = FILES  # type: ignore[attr-defined]
    add_edition(command)
    command.add_argument(
        "--base",
        metavar="ADDRESS",
        default="",
        help="where the plan publishes FHIR resources, such as https://plan.example/fhir",
    )
    add_as_known_on(command)
    command.add_argument("--relation", metavar="NAME", default="requests", help="sql: the table (default: requests)")
    command.add_argument(
        "--columns", type=Path, metavar="FILE", help="sql: your own names of columns, `procedure_code: CPT` a line"
    )
    command.add_argument("--number", help="fax: the tracking or draft number, such as TRACK-0001-2345-9")
    command.add_argument("--attached", type=_pages, metavar="PAGES", help="fax: how many pages of documents follow")


def _pages(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of pages")
    return int(text)


@says_what_is_lacking
def run(options: argparse.Namespace) -> int:
    """The guideline in another form."""
    if options.file is not None and options.form not in _WITH_FILE:
        raise CommandError(
            f"`{options.form}` takes no file, and `{options.file}` was given; `fax` takes a request, `authorizations` "
            "the file to write"
        )
    guideline = guideline_of(options, read_settings())
    written = FORMS[options.form].written(guideline, options)
    write_data()
    if isinstance(written, bytes):
        _write_file(written, options.form)
    else:
        sys.stdout.write(written)
    return DONE


def _write_file(content: bytes, form: str) -> None:
    if sys.stdout.isatty():
        raise CommandError(f"this is a PDF and no text; write it to a file: isodose export {form} > file.pdf")
    sys.stdout.buffer.write(content)


def _schema(guideline: Guideline, _: argparse.Namespace) -> str:
    from isodose.determination.forms import request_schema

    return request_schema(guideline)


def _csv_template(guideline: Guideline, _: argparse.Namespace) -> str:
    from isodose.determination.forms import csv_template

    return csv_template(guideline)


def _html(guideline: Guideline, options: argparse.Namespace) -> str:
    from isodose.pages.guideline_page import guideline_page

    return guideline_page(guideline, edition_of(guideline, options))


def _pdf(guideline: Guideline, options: argparse.Namespace) -> bytes:
    from isodose.pages.guideline_print import guideline_pdf

    return guideline_pdf(guideline, edition_of(guideline, options))


def _fax(guideline: Guideline, options: argparse.Namespace) -> bytes:
    from isodose.commands.export_fax import fax_file

    return fax_file(guideline, options)


def _authorizations(_: Guideline, options: argparse.Namespace) -> str:
    from isodose.commands.export_authorizations import authorizations_exported

    return authorizations_exported(options.file)


def _cql(guideline: Guideline, options: argparse.Namespace) -> str:
    from isodose.compile.elm.cql import cql_text

    return cql_text(_library(guideline, options))


def _elm(guideline: Guideline, options: argparse.Namespace) -> str:
    from isodose.compile.elm.statements import library_json

    return json.dumps(library_json(_library(guideline, options)), ensure_ascii=False) + "\n"


def _library(guideline: Guideline, options: argparse.Namespace) -> Library:
    """All editions by the date of service, or the one that is asked for."""
    from isodose.compile.elm.library import library_of

    return library_of(guideline, edition_of(guideline, options) if options.edition else None)


def _questionnaire(guideline: Guideline, options: argparse.Namespace) -> str:
    from isodose.compile.questionnaire.form import questionnaire_text

    return questionnaire_text(guideline, edition_of(guideline, options), options.base)


def _sql(guideline: Guideline, options: argparse.Namespace) -> str:
    from isodose.batch.column_map import column_map
    from isodose.batch.columns import known_columns
    from isodose.batch.job import JobError
    from isodose.batch.sql import sql_text

    try:
        names = column_map(options.columns, known_columns(guideline)) if options.columns else {}
    except JobError as error:
        raise CommandError(str(error)) from None
    return sql_text(guideline, options.relation, names, options.as_known_on)


FORMS: Mapping[str, Form] = {
    "schema": Form("the request's JSON Schema", _schema),
    "csv-template": Form("a header for flat cases", _csv_template),
    "html": Form("an edition to read, its rules beside the text, in one file", _html),
    "pdf": Form("the same on paper: a cover to sign, the lists and readings behind the text", _pdf),
    "fax": Form("a cover sheet and worksheets for a request by fax, filled in as far as is known", _fax),
    "authorizations": Form(
        "what the record certifies, denied or has not answered, for systems of claims", _authorizations
    ),
    "questionnaire": Form("the questions of an edition as a FHIR Questionnaire", _questionnaire),
    "sql": Form("a query of DuckDB that adds the six columns of a determination to a table", _sql),
    "cql": Form("a CQL library of all editions by the date of service, or of one", _cql),
    "elm": Form("the same library as ELM, which engines of CQL run", _elm),
}
"""Each form is written by a function of its own, which imports what it needs."""

_WITH_FILE = ("fax", "authorizations")

COMMAND = Command(
    run,
    "the guideline in another form",
    (
        "export schema > request.schema.json",
        "export csv-template > cases.csv",
        "export html > imrt.html",
        "export pdf > imrt.pdf",
        "export fax examples/request.json > fax.pdf",
        "export authorizations authorizations.parquet",
        "export questionnaire --base https://plan.example/fhir > imrt.json",
        "export sql --relation requests > determined.sql",
        "export cql > Imrt.cql",
    ),
    add_options,
)
