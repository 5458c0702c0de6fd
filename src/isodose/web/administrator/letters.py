"""Letters on their way: what waits, what failed and why, what was delivered. It says nothing of what a letter tells."""

from __future__ import annotations

from starlette.responses import Response

from isodose.store.outbox import PAGE, Stage, Way, counts, listed
from isodose.web.spreadsheet import as_text, csv_text
from isodose.web.visit import Visit
from isodose.web.ways import goes_to, says

COLUMNS = ("request", "letter", "to", "way", "stage", "made", "tries", "next", "problem", "delivered", "proof")


def show(visit: Visit) -> Response:
    """The newest at a stage, or of all."""
    stage, number = _stage(visit), _page(visit)
    found = _listed(visit, stage, number)
    return visit.page(
        "administrator_letters.html",
        ways=[(way, goes_to(way), says(way, has_folder=_has_folder(visit))) for way in found],
        counts=counts(visit.services.database),
        stage=stage,
        stages=tuple(Stage),
        page=number,
        is_last=len(found) < PAGE,
        has_folder=_has_folder(visit),
    )


def show_json(visit: Visit) -> Response:
    return visit.json(
        [{**row, **{name: as_text(row[name]) for name in ("made", "next", "delivered")}} for row in _rows(visit)]
    )


def show_csv(visit: Visit) -> Response:
    return visit.csv("letters", csv_text(COLUMNS, _rows(visit)))


def _rows(visit: Visit) -> list[dict[str, object]]:
    return [_row(way) for way in _listed(visit, _stage(visit), _page(visit))]


def _row(way: Way) -> dict[str, object]:
    one = way.parcel
    return {
        "request": one.request,
        "letter": one.letter,
        "to": one.reader,
        "way": f"{one.channel} {one.place}",
        "stage": way.stage.value,
        "made": one.made,
        "tries": way.tries,
        "next": way.next,
        "problem": way.problem,
        "delivered": way.done,
        "proof": way.proof,
    }


def _listed(visit: Visit, stage: Stage | None, page: int) -> list[Way]:
    """A page of them, counted from 1."""
    return listed(visit.services.database, stage, skip=(page - 1) * PAGE)


def _stage(visit: Visit) -> Stage | None:
    asked = visit.query.get("stage", "")
    return Stage(asked) if asked in list(Stage) else None


def _page(visit: Visit) -> int:
    text = visit.query.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004 (no list is longer)


def _has_folder(visit: Visit) -> bool:
    sender = visit.services.sender
    return sender is not None and sender.folder is not None
