"""The request that a draft adds to: an answer, a correction, or information that nobody asked for."""

from __future__ import annotations

from dataclasses import replace

from isodose.desk.case import Case
from isodose.store.drafts import Draft
from isodose.web.practice.draft.typed import Typed
from isodose.web.visit import Visit


def added_to(visit: Visit, draft: Draft) -> Case | None:
    """The request, as it stands now; None for a draft of a new one."""
    tracking = Typed(draft.body).of
    return replace(visit, path={"tracking": tracking}).case("draft") if tracking else None
