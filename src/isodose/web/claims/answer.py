"""The answer to one claim line, by the query that answers millions of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from isodose.batch.job import Format, JobError, Source, Target
from isodose.claims.authorizations import ClaimAuthorization, write_authorizations
from isodose.claims.reason import SAID, Reason, payable
from isodose.claims.run import ClaimsJob, run
from isodose.guideline.guideline import Guideline
from isodose.web.claims.typed import OnRoster, Typed

_TONES = {True: ("met", "Payable, as far as the guideline goes"), False: ("not-met", "Not payable as it stands")}
_OPEN = ("unknown", "Open, until something is known")


@dataclass(frozen=True, slots=True)
class Answer:
    """``tone`` and ``says`` as a page shows them; ``remedy`` is what would help, ``authorization`` the one that it is about."""

    tone: str
    says: str
    reason: str
    because: str
    units: int | None
    authorization: str
    edition: str
    remedy: str


def answer(guideline: Guideline, typed: Typed, roster: OnRoster, known: Sequence[ClaimAuthorization]) -> Answer:
    """The line against what is known of its member. Raises ``JobError`` for a line that cannot be read."""
    with TemporaryDirectory(prefix="isodose-claim-") as folder:
        line, authorizations, out = (Path(folder) / name for name in ("line.csv", "authorizations.jsonl", "out.jsonl"))
        _write(line, typed, roster)
        write_authorizations(known, Target(authorizations, Format.JSON_LINES))
        source, against = Source((line,), Format.CSV), Source((authorizations,), Format.JSON_LINES)
        summary = run(ClaimsJob(guideline, source, against, Target(out, Format.JSON_LINES)), lambda *_: None)
        if summary.faults:
            raise JobError(summary.faults[0].message)
        return _answer(json.loads(out.read_text("utf-8")))


def _write(file: Path, typed: Typed, roster: OnRoster) -> None:
    row = {
        **typed,
        "claim_id": "1",
        "line": "1",
        "product": roster.product or "",
        "member_since": str(roster.since or ""),
    }
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)


def _answer(row: dict[str, object]) -> Answer:
    reason = Reason(str(row["claim_reason"]))
    is_payable = payable(reason)
    tone, says = _OPEN if is_payable is None else _TONES[is_payable]
    units = row["payable_units"]
    texts = (str(row[name] or "") for name in ("matched_authorization", "edition", "remedy"))
    return Answer(tone, says, reason.value, SAID[reason], units if isinstance(units, int) else None, *texts)
