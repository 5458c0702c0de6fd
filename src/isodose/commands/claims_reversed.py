"""`isodose claims --reverse`: what claim lines have drawn, given back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from isodose.commands import DONE, UNREADABLE
from isodose.commands.claims_posting import posting_now, told_by_the_record
from isodose.commands.common import complain, read_settings, write_data
from isodose.commands.on_record import counted


def reverse(options: argparse.Namespace) -> int:
    """OUT holds what was given back: a row for each line of IN that had drawn."""
    from isodose.batch.files import source_of, target_of
    from isodose.batch.job import JobError
    from isodose.batch.placed import placed
    from isodose.claims.reversing import lines_named, write_given_back
    from isodose.store.drawn import giving_back
    from isodose.store.record import open_record

    try:
        source, target = source_of(options.source), target_of(options.target)
        lines = lines_named(source, _names(options))
        with (
            told_by_the_record(),
            closing(open_record(read_settings().database)) as record,
            placed(target.path) as path,
            giving_back(record.database, lines, posting_now("reverse")) as given,
        ):
            write_given_back(given, replace(target, path=Path(path)))
    except JobError as error:
        for message in error.messages:
            complain(message)
        return UNREADABLE
    if options.json:
        write_data()
        print(json.dumps({"lines": len(lines), "reversed": len(given), "units": sum(one.units for one in given)}))
    else:
        print(
            f"{counted(len(given), 'claim line')} of {len(lines):,} gave back {counted(sum(one.units for one in given), 'unit')}"
        )
    return DONE


def _names(options: argparse.Namespace) -> Mapping[str, str]:
    from isodose.batch.column_map import column_map
    from isodose.claims.line import TEXTS

    return column_map(options.columns, TEXTS, "claim line") if options.columns else {}
