"""Authorizations as claims are checked against them: a plain value each, and the file that holds them.

Whoever keeps the record turns what it certifies into these values; nothing here knows the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from isodose.batch.duckdb_files import flattened, lines_in, written_to
from isodose.batch.job import Target


class Status(StrEnum):
    """Where a request for authorization stands, as far as a claim is concerned."""

    APPROVED = "approved"
    DENIED = "denied"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class ClaimAuthorization:
    """What was asked for and what came of it.

    ``to_date`` None is as long as the course takes, ``ended_on`` the last day on which it certified anything where it was ended
    early, ``units`` None is no limit, ``provider_npis`` None whoever delivers it. ``decided`` is None while it is pending.
    """

    authorization_number: str
    member_id: str
    procedure_codes: tuple[str, ...]
    from_date: date | None = None
    to_date: date | None = None
    ended_on: date | None = None
    units: int | None = None
    provider_npis: tuple[str, ...] | None = None
    status: Status = Status.APPROVED
    decided: date | None = None


COLUMNS = {
    "authorization_number": "varchar",
    "member_id": "varchar",
    "procedure_codes": "varchar[]",
    "from_date": "date",
    "to_date": "date",
    "ended_on": "date",
    "units": "bigint",
    "provider_npis": "varchar[]",
    "status": "varchar",
    "decided": "date",
}
"""The columns of a file of authorizations, with DuckDB's types."""

assert tuple(COLUMNS) == tuple(field.name for field in fields(ClaimAuthorization))


def write_authorizations(authorizations: Iterable[ClaimAuthorization], target: Target) -> int:
    """Writes the file, in the format of the target; how many there are. They flow through, however many."""
    import duckdb

    with TemporaryDirectory(prefix=".isodose-", dir=target.path.absolute().parent) as folder, duckdb.connect() as made:
        lines = Path(folder) / "authorizations.jsonl"
        with lines.open("w", encoding="utf-8", newline="\n") as stream:
            count = sum(1 for line in _lines(authorizations) if stream.write(line))
        made.execute(f"copy ({flattened(lines_in(lines, COLUMNS), COLUMNS, target)}) to {written_to(target)}")
    return count


def _lines(authorizations: Iterable[ClaimAuthorization]) -> Iterator[str]:
    for one in authorizations:
        yield json.dumps(asdict(one), default=str, ensure_ascii=False) + "\n"
