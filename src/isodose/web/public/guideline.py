"""The guideline for everybody: an edition with its rules beside the text, all editions, the codes, two editions compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from urllib.parse import urlencode

from starlette.responses import Response

from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.pages.diff_view import DiffView, diff_view
from isodose.pages.guideline_print import GuidelinePrint, guideline_print, guideline_sheets
from isodose.pages.guideline_view import GuidelineView, guideline_view
from isodose.pages.timeline import timeline
from isodose.proof.difference.report import Edited, report
from isodose.web.errors import NotFoundError
from isodose.web.solver import SOLVER
from isodose.web.visit import Visit


def newest(visit: Visit) -> Response:
    """The edition that rules today."""
    return _shown(visit, _ruling(visit))


def edition(visit: Visit) -> Response:
    """One edition by its id."""
    return _shown(visit, _edition(visit.services.guideline, visit.path["edition"]))


def editions(visit: Visit) -> Response:
    """All editions in two times, as a picture and as its table."""
    guideline = visit.services.guideline
    picture = timeline(guideline.editions, _ruling(visit))
    return visit.page("public_editions.html", editions=_dates(guideline), timeline=picture)


def editions_json(visit: Visit) -> Response:
    return visit.json([asdict(one) for one in _dates(visit.services.guideline)])


def editions_csv(visit: Visit) -> Response:
    return visit.csv("editions", _csv([asdict(one) for one in _dates(visit.services.guideline)]))


def codes(visit: Visit) -> Response:
    """The procedure codes with the plan's rule for each, and the diagnoses of each clause."""
    return visit.page("public_codes.html", paper=_paper(visit))


def codes_json(visit: Visit) -> Response:
    return visit.json(_code_rows(visit))


def codes_csv(visit: Visit) -> Response:
    return visit.csv("codes", _csv(_code_rows(visit)))


def _code_rows(visit: Visit) -> list[dict[str, object]]:
    return [{"rule": one.says, "period": one.period, **asdict(row)} for one in _paper(visit).codes for row in one.rows]


def _paper(visit: Visit) -> GuidelinePrint:
    return guideline_print(visit.services.guideline, _ruling(visit))


def compare(visit: Visit) -> Response:
    """Two editions: the texts side by side, and each request that is answered otherwise; at first a way to wait for it."""
    guideline = visit.services.guideline
    ids = [one.id for one in guideline.editions]
    if "old" not in visit.query or "new" not in visit.query:
        return visit.page("public_compare.html", ids=ids, old=ids[-2:][0], new=ids[-1], view=None, waits_for="")
    old, new = (_edition(guideline, visit.query[name]) for name in ("old", "new"))
    view = COMPARED.get((guideline, old.id, new.id))
    if view is None and old is not new and visit.query.get("wait"):
        view = _difference(guideline, old, new)
    waits_for = (
        "" if view or old is new else f"{visit.route}?{urlencode({'old': old.id, 'new': new.id, 'wait': 'yes'})}"
    )
    return visit.page("public_compare.html", ids=ids, old=old.id, new=new.id, view=view, waits_for=waits_for)


@dataclass(frozen=True, slots=True)
class Dates:
    """An edition's two times."""

    edition: str
    effective: str
    decided: str
    reconstructed: bool


def _dates(guideline: Guideline) -> list[Dates]:
    return [
        Dates(one.id, str(one.effective), str(one.decided), one.reconstructed) for one in reversed(guideline.editions)
    ]


def _ruling(visit: Visit) -> Edition:
    """The edition that rules a service of today; before the first, the first."""
    known = [one for one in visit.services.guideline.editions if one.effective <= visit.services.today()]
    return max(known or visit.services.guideline.editions[:1], key=lambda one: (one.effective, one.decided))


def _edition(guideline: Guideline, id_: str) -> Edition:
    found = next((one for one in guideline.editions if one.id == id_), None)
    if found is None:
        raise NotFoundError(
            f"There is no edition of this name: it is {', '.join(one.id for one in guideline.editions)}."
        )
    return found


def _shown(visit: Visit, shown: Edition) -> Response:
    guideline = visit.services.guideline
    return visit.page(
        "public_guideline.html",
        view=_view(guideline, shown),
        timeline=timeline(guideline.editions, shown),
        sheets=guideline_sheets(guideline, shown),
    )


@lru_cache(8)
def _view(guideline: Guideline, shown: Edition) -> GuidelineView:
    return guideline_view(guideline, shown)


COMPARED: dict[tuple[Guideline, str, str], DiffView] = {}
"""What was compared already: the solver takes seconds, and editions do not change."""


def _difference(guideline: Guideline, old: Edition, new: Edition) -> DiffView:
    """Whoever asks while it is made waits for it, and does not make it again."""
    key = guideline, old.id, new.id
    with SOLVER:
        if key not in COMPARED:
            COMPARED[key] = diff_view(report(Edited(guideline, old), Edited(guideline, new)))
        return COMPARED[key]


def _csv(rows: Sequence[dict[str, object]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
