"""The settings that hold here, and what the plan has arranged around the guideline. Both are changed in files, never on a page."""

from __future__ import annotations

from starlette.responses import Response

from isodose.web.visit import Visit


def show(visit: Visit) -> Response:
    rows = [(name, value, f"ISODOSE_{name.upper()}") for name, value in visit.services.settings.items()]
    return visit.page("administrator_settings.html", rows=rows, around=visit.services.guideline.around)


def show_json(visit: Visit) -> Response:
    return visit.json(dict(visit.services.settings))
