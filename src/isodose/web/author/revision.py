"""A revision and whom it touches: two editions, counts by outcome, and the requests by their tracking numbers alone."""

from __future__ import annotations

from starlette.responses import Response

from isodose.guideline.edition import Edition
from isodose.web.author.touched import LAST, MOST, Looked, look
from isodose.web.errors import NotFoundError
from isodose.web.spreadsheet import csv_text
from isodose.web.visit import Visit

COLUMNS = ("tracking", "line", "open", "before", "before_edition", "after", "after_edition")

LISTED = 200
"""Lines on the page; the data holds all."""


def show(visit: Visit) -> Response:
    """The choice of two editions; once both are chosen, whom the second touches."""
    ids = [one.id for one in visit.services.guideline.editions]
    chosen = _chosen(visit) if "old" in visit.query and "new" in visit.query else None
    old, new = (chosen[0].id, chosen[1].id) if chosen else (ids[-2:][0], ids[-1])
    looked = _looked(visit, chosen) if chosen and old != new else None
    return visit.page(
        "author_touched.html",
        ids=ids,
        old=old,
        new=new,
        looked=looked,
        listed=LISTED,
        most=MOST,
        days=LAST.days,
        is_same=chosen is not None and old == new,
    )


def show_json(visit: Visit) -> Response:
    looked = _looked(visit, _chosen(visit))
    counts = [
        {"before": before, "after": after, "open": open_, "decided": decided}
        for before, after, open_, decided in looked.counts()
    ]
    numbers = {"open_requests": looked.open, "decided_requests": looked.others, "more": looked.more}
    return visit.json({**numbers, "counts": counts, "lines": _rows(looked)})


def show_csv(visit: Visit) -> Response:
    return visit.csv("touched", csv_text(COLUMNS, _rows(_looked(visit, _chosen(visit)))))


def _looked(visit: Visit, chosen: tuple[Edition, Edition]) -> Looked:
    return look(visit.services, *chosen, visit.now)


def _rows(looked: Looked) -> list[dict[str, object]]:
    return [
        {
            "tracking": one.touched.tracking,
            "line": one.touched.line,
            "open": one.is_open,
            "before": one.before,
            "before_edition": one.touched.before.edition,
            "after": one.after,
            "after_edition": one.touched.after.edition,
        }
        for one in looked.changes
    ]


def _chosen(visit: Visit) -> tuple[Edition, Edition]:
    """Both editions that the address names."""
    editions = {one.id: one for one in visit.services.guideline.editions}
    old, new = (editions.get(visit.query.get(name, "")) for name in ("old", "new"))
    if old is None or new is None:
        raise NotFoundError(f"There is no edition of this name: it is {', '.join(editions)}.")
    return old, new
