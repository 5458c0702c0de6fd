"""What the guideline in use is made of: its editions with the hash of what each determination rests on, and what they share."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from starlette.responses import Response

from isodose.guideline.guideline import Guideline
from isodose.web.author.checked import report_of
from isodose.web.spreadsheet import csv_text
from isodose.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Row:
    """One edition."""

    edition: str
    effective: str
    decided: str
    text: str
    clauses: int
    readings: int
    rungs: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What all editions share."""

    facts: int
    asked: int
    diagnosis_rows: int
    codes: int
    cases: int


COLUMNS = tuple(Row.__slots__)


def show(visit: Visit) -> Response:
    guideline = visit.services.guideline
    return visit.page(
        "author_content.html",
        guideline=guideline,
        newest=guideline.editions[-1],
        rows=_rows(guideline),
        shared=_shared(guideline),
        has_changed=_has_changed(guideline),
    )


def show_json(visit: Visit) -> Response:
    guideline = visit.services.guideline
    rows = [asdict(row) for row in _rows(guideline)]
    return visit.json({"guideline": guideline.id, "editions": rows, "shared": asdict(_shared(guideline))})


def show_csv(visit: Visit) -> Response:
    return visit.csv("editions", csv_text(COLUMNS, [asdict(row) for row in _rows(visit.services.guideline)]))


def _rows(guideline: Guideline) -> list[Row]:
    """The newest first."""
    return [
        Row(
            one.id,
            str(one.effective),
            str(one.decided),
            "reconstructed from the revision history" if one.reconstructed else "as published",
            len(one.clauses),
            len(one.readings),
            len(one.ladder),
            guideline.content_hash(one),
        )
        for one in reversed(guideline.editions)
    ]


def _shared(guideline: Guideline) -> Shared:
    facts = guideline.facts.values()
    return Shared(
        len(facts),
        sum(fact.formula is None for fact in facts),
        len(guideline.diagnoses.rows),
        len(guideline.codes),
        len(report_of(guideline.folder).cases),
    )


def _has_changed(guideline: Guideline) -> bool:
    """Whether the folder says something else by now than what is in use."""
    there = report_of(guideline.folder).guideline
    return there is None or there.files != guideline.files
