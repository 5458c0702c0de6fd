"""`isodose export authorizations`: those of the record, as a file against which claims are checked."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from isodose.commands import CommandError
from isodose.commands.common import read_settings
from isodose.commands.on_record import counted

if TYPE_CHECKING:
    from isodose.batch.job import Target
    from isodose.settings import Settings


def authorizations_exported(file: str | None) -> str:
    """What is printed: the authorizations as CSV, or, where a file is given, how many of them it holds now."""
    from isodose.batch.files import target_of
    from isodose.batch.job import JobError
    from isodose.batch.placed import placed

    settings = read_settings()
    if file is None:
        return _printed(settings)
    try:
        target = target_of(file)
    except JobError as error:
        raise CommandError(str(error)) from None
    with placed(target.path) as path:
        count = write_from_record(settings, replace(target, path=path))
    return f"{target.path}: {counted(count, 'authorization')}\n"


def write_from_record(settings: Settings, target: Target) -> int:
    """The record's authorizations in the target; how many there are."""
    from isodose.claims.authorizations import write_authorizations
    from isodose.claims.from_record import authorizations_in
    from isodose.desk.policy import DeskPolicy
    from isodose.store.errors import StoreError
    from isodose.store.record import open_record

    try:
        with closing(open_record(settings.database)) as record:
            return write_authorizations(authorizations_in(record, DeskPolicy().zone), target)
    except StoreError as error:
        raise CommandError(str(error)) from None


def _printed(settings: Settings) -> str:
    from isodose.batch.job import Format, Target

    with TemporaryDirectory() as folder:
        path = Path(folder) / "authorizations.csv"
        write_from_record(settings, Target(path, Format.CSV))
        return path.read_text("utf-8")
