"""What a reason may cite: marked passages, and earlier requests that were certified."""

from __future__ import annotations

from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.earlier import earlier
from isodose.web.reviewer.desk.marks import marks


def citable(desk: Desk) -> tuple[str, ...]:
    """Each as a sentence, once."""
    passages = [one.cited for one in marks(desk.shown.history, desk.shown.request)]
    return tuple(dict.fromkeys((*passages, *(one.cited for one in earlier(desk) if one.certified))))
