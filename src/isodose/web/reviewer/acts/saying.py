"""The form of an act that says no more than why."""

from __future__ import annotations

from isodose.desk.acts import Plainly
from isodose.desk.transitions import Do
from isodose.web.reviewer.acts.panel import WHY, Field, Panel, nothing
from isodose.web.reviewer.acts.typed import text


def saying(do: Do, name: str, title: str, button: str, done: str, says: str, label: str = "") -> Panel:  # noqa: PLR0913, PLR0917 (a panel's own)
    """The panel of a plain act; without a label it is a click."""
    fields = (lambda _: (Field(WHY, label, help="It stays on record."),)) if label else nothing
    return Panel(name, do, title, button, done, says, fields, lambda desk: Plainly(do, text(desk, WHY)))
