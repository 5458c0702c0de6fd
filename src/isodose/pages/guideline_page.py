"""An edition as one HTML document that needs nothing else: read on the screen, and printed as the sheets that `export pdf` has."""

from __future__ import annotations

from isodose.guideline.edition import Edition
from isodose.guideline.guideline import Guideline
from isodose.pages.guideline_print import PRINTED_STYLES, guideline_sheets
from isodose.pages.guideline_view import guideline_view
from isodose.pages.render import document_with_sheets
from isodose.pages.timeline import timeline


def guideline_page(guideline: Guideline, edition: Edition) -> str:
    """The document."""
    return document_with_sheets(
        "guideline.html",
        ("guideline",),
        PRINTED_STYLES,
        view=guideline_view(guideline, edition),
        timeline=timeline(guideline.editions, edition),
        sheets=guideline_sheets(guideline, edition),
    )
