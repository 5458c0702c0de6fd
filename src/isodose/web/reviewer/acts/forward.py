"""Passing a request on to the delegate who decides for its member, and taking it back. People do so; this records it."""

from __future__ import annotations

from isodose.desk.act import AnyAct
from isodose.desk.acts import Forward
from isodose.desk.transitions import Do
from isodose.web.reviewer.acts.panel import Field, FieldKind, Fields, Panel
from isodose.web.reviewer.acts.saying import saying
from isodose.web.reviewer.acts.typed import needed, text
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.show import moment


def _fields(desk: Desk) -> Fields:
    names = tuple((one.name, one.name) for one in desk.delegates)
    by = f"On the day it came, by {moment(desk.pass_on_by)}."
    return (
        Field("to", "To whom", FieldKind.CHOICE, by, names, desk.delegate.name if desk.delegate else ""),
        Field("how", "How it was passed on", help="By what way, to whom there, and with what. The practice reads it."),
    )


def _read(desk: Desk) -> AnyAct:
    return Forward(needed(desk, "to", "Say to whom it was passed on"), text(desk, "how"))


PANELS = (
    Panel(
        "forward",
        Do.FORWARD,
        "Pass on to a delegate",
        "Record it",
        "It lies with the delegate now.",
        "It lies with the delegate from now on, and apart from what the plan works on. The clock runs on and stays the plan's.",
        _fields,
        _read,
    ),
    saying(
        Do.TAKE_BACK,
        "take-back",
        "Take back from the delegate",
        "Take it back",
        "The case is in review again.",
        "The plan decides itself. The clock is the same.",
        "What came of it there",
    ),
)
