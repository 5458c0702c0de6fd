"""What closes a case without a decision, or opens it again; and the second look."""

from __future__ import annotations

from isodose.desk.act import AnyAct
from isodose.desk.acts import Dismiss, DismissalGround, LookAgain
from isodose.desk.transitions import Do
from isodose.web.reviewer.acts.panel import WHY, Field, FieldKind, Fields, FormError, Panel
from isodose.web.reviewer.acts.saying import saying
from isodose.web.reviewer.acts.typed import text
from isodose.web.reviewer.desk.desk import Desk


def _dismiss_fields(_: Desk) -> Fields:
    grounds = tuple((one.value, f"{one.value[:1].upper()}{one.value[1:]}") for one in DismissalGround)
    return (
        Field("ground", "On which ground", FieldKind.CHOICE, "Never a judgement of necessity.", grounds),
        Field(WHY, "Why", help="It stays on record."),
        Field("notice", "What the notice says", help="With the right to have the dismissal looked at again."),
    )


def _dismiss(desk: Desk) -> AnyAct:
    ground = text(desk, "ground")
    if ground not in list(DismissalGround):
        raise FormError([("ground", "Choose the ground")])
    return Dismiss(DismissalGround(ground), text(desk, WHY), text(desk, "notice"))


def _look_fields(_: Desk) -> Fields:
    views = (("yes", "I would approve it"), ("no", "I would not approve it as asked"))
    return (
        Field("view", "What you would decide", FieldKind.CHOICE, options=views),
        Field(WHY, "Why", help="It stays on record. The first decision is shown when you have said this."),
    )


def _look(desk: Desk) -> AnyAct:
    view = text(desk, "view")
    if view not in ("yes", "no"):
        raise FormError([("view", "Say what you would decide")])
    return LookAgain(view == "yes", text(desk, WHY))


PANELS = (
    Panel(
        "second-look",
        Do.LOOK_AGAIN,
        "Second look",
        "Record your look",
        "Your look is recorded; now the first decision is shown.",
        "This case was drawn. Look at it as if nobody had decided it.",
        _look_fields,
        _look,
    ),
    Panel(
        "dismiss",
        Do.DISMISS,
        "Dismiss with notice",
        "Dismiss",
        "Dismissed, with notice.",
        "A request without standing is dismissed. Nothing is said of necessity.",
        _dismiss_fields,
        _dismiss,
    ),
    saying(
        Do.VACATE,
        "vacate",
        "Take the dismissal back",
        "Take it back",
        "The case is in review again.",
        "The request counts as if it had not been dismissed; its clock too.",
        "Why",
    ),
    saying(
        Do.REOPEN_DENIAL,
        "reopen-denial",
        "Reopen the denial",
        "Reopen",
        "The case lies before a physician again.",
        "The request is looked at again. The denial counts as untold until then.",
        "Why",
    ),
)
