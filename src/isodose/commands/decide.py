"""`isodose decide`: the determination of each service line, in input order."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from isodose.commands import DONE, UNREADABLE, Command
from isodose.commands.common import (
    FILES,
    add_as_known_on,
    complain,
    paper_of,
    program_of,
    read_settings,
    reason_of,
    write_data,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from isodose.batch.items import Fault, FhirResource, Item
    from isodose.determination.case import Case
    from isodose.determination.program import Determination, Program
    from isodose.determination.request import ShapeError
    from isodose.guideline.guideline import Guideline
    from isodose.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="a request, flat cases or a FHIR PAS Bundle; - reads standard input"
    ).complete = FILES  # type: ignore[attr-defined]
    command.add_argument("--json", action="store_true", help="one JSON object a line for each service line")
    command.add_argument(
        "--all", action="store_true", help="show every clause; runs of unmet diagnosis lists are folded otherwise"
    )
    add_as_known_on(command)


def run(options: argparse.Namespace) -> int:
    """The determination of each service line, in input order."""
    from isodose.batch.inputs import Fault

    settings = read_settings()
    program = program_of(options, settings)
    if options.json:
        write_data()
    status, is_first = DONE, True
    for file in options.files:
        name = "standard input" if file == "-" else file or "``"
        count = 0
        for count, answer in enumerate(_answers_in(file, program, settings, options.as_known_on), start=1):  # noqa: B007
            if isinstance(answer, Fault):
                status = UNREADABLE
                complain(f"{': '.join(filter(None, (name, answer.place)))}: {answer.message}")
            else:
                _print(answer, options, is_first=is_first)
                is_first = False
        if not count:
            status = UNREADABLE
            complain(f"{name}: no cases are in it")
    return status


def _print(answer: Determination, options: argparse.Namespace, *, is_first: bool) -> None:
    if options.json:
        from isodose.determination.record import json_line

        print(json_line(answer))
        return
    from isodose.terminal.decide_page import decide_page

    print(
        "" if is_first else "\n\n", decide_page(answer, paper_of(options, sys.stdout), every_clause=options.all), sep=""
    )


def _answers_in(
    file: str, program: Program, settings: Settings, as_known_on: date | None
) -> Iterator[Determination | Fault]:
    for item in items_of(file, settings):
        yield from answers(item, program, settings, as_known_on)


def items_of(file: str, settings: Settings) -> Iterator[Item]:
    from isodose.batch.inputs import Fault, items_in

    limit = settings.max_input_mib << 20
    try:
        raw = _read(file, limit + 1)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error).lower()
        yield Fault("", f"cannot be read: {reason}")
        return
    if len(raw) > limit:
        yield Fault("", f"is larger than {settings.max_input_mib} MiB; raise the setting `max_input_mib`")
        return
    yield from items_in(raw, file)


def _read(file: str, most: int) -> bytes:
    if file != "-":
        with Path(file).open("rb") as stream:
            return stream.read(most)
    if sys.stdin is None:
        raise ValueError("it is closed")
    return sys.stdin.buffer.read(most)


def answers(
    item: Item, program: Program, settings: Settings, as_known_on: date | None
) -> Iterator[Determination | Fault]:
    """The determinations of one item, or what cannot be read of it."""
    from isodose.batch.inputs import Fault, FhirResource, FlatRow
    from isodose.determination.case import is_case
    from isodose.determination.request import ShapeError

    if isinstance(item, FlatRow):
        if not is_case(item.row, program.guideline):
            yield Fault(item.place, "no column of a flat case is in it; `isodose export csv-template` prints them")
            return
        yield program.determine(item.row, as_known_on, item.cells)
    elif isinstance(item, Fault):
        yield item
    else:
        request: Mapping[str, object] | Fault
        request = _from_fhir(item, program, settings) if isinstance(item, FhirResource) else item.request
        if isinstance(request, Fault):
            yield request
            return
        for case in _cases(request, program.guideline):
            if isinstance(case, ShapeError):
                yield Fault(".".join(filter(None, (item.place, case.place))), str(case))
            else:
                yield program.determine_case(case, as_known_on)


def _cases(request: Mapping[str, object], guideline: Guideline) -> Iterator[Case | ShapeError]:
    from isodose.determination.request import ShapeError, cases_from

    try:
        yield from cases_from(request, guideline)
    except ShapeError as error:
        yield error


def _from_fhir(item: FhirResource, program: Program, settings: Settings) -> dict[str, object] | Fault:
    from isodose.batch.inputs import Fault
    from isodose.fhir import NotARequestError, request_from_bundle

    guideline = program.guideline
    known = [name for edition in guideline.editions for name in edition.data_names("products")]
    try:
        return request_from_bundle(item.resource, guideline.facts, settings.coverages, known)
    except NotARequestError as error:
        return Fault(item.place, str(error))


COMMAND = Command(
    run,
    "the determination of requests, in words or as JSON",
    (
        "decide examples/request.json",
        "decide --json examples/cases.csv",
        "decide --as-known-on 2025-01-20 examples/cases.jsonl",
        "decide examples/pas-bundle.json",
    ),
    add_options,
)
