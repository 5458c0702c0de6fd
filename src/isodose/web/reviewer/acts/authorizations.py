"""What is done to an authorization: amend it, refuse a change, reopen it for good cause, reduce or end it."""

from __future__ import annotations

from isodose.desk.act import AnyAct
from isodose.desk.authorization import Authorization, GoodCause
from isodose.desk.authorization_acts import Amend, Confirm, Reopen, TakeAway
from isodose.desk.authorization_fold import of_line
from isodose.desk.line import Line
from isodose.desk.transitions import Do
from isodose.web.errors import NotFoundError
from isodose.web.form import whole_number
from isodose.web.reviewer.acts.decide import REASON, line_fields, typed_line
from isodose.web.reviewer.acts.panel import WHY, Field, FieldKind, Fields, FormError, Panel
from isodose.web.reviewer.acts.sign import rests_on, rests_on_fields, signed, texts
from isodose.web.reviewer.acts.typed import day, needed_day, text
from isodose.web.reviewer.desk.desk import Desk

LINE = "line"

_TELL = "The member reads this: in plain words, why it does not fit in this case."
_NOTICE = Field("notice", "What the notice says", help="What changes, from when, and the right to appeal.")
_LAST = Field("last", "Last day on which it stays as it is", FieldKind.DAY, "Today or later: nothing is taken back.")


def authorization(desk: Desk) -> Authorization:
    """The authorization of the line that the address names. Raises ``NotFoundError``."""
    number = whole_number(desk.visit.form.text(LINE) or desk.visit.query.get(LINE, ""))
    if (found := of_line(desk.request.authorizations, number)) is None:
        raise NotFoundError("There is no authorization of this line.")
    return found


def _to(desk: Desk, found: Authorization) -> Line:
    to = typed_line(desk, found.line)
    if to is None:
        raise FormError([(f"codes-{found.line.number}", "Choose at least one code")])
    return to


def _amend_fields(desk: Desk) -> Fields:
    found = authorization(desk)
    line = found.wanted or found.line
    return (
        *line_fields(line, line.codes | found.line.codes),
        Field("since", "From which day it holds", FieldKind.DAY, "Empty: from the start of the course."),
        Field(WHY, "Why", help="It stays on record."),
    )


def _amend(desk: Desk) -> AnyAct:
    found = authorization(desk)
    return Amend(found.line.number, _to(desk, found), text(desk, WHY), day(desk, "since"))


def _refuse_fields(desk: Desk) -> Fields:
    return (*rests_on_fields(desk), Field(REASON, "Your reason", help=_TELL), _NOTICE)


def _refuse(desk: Desk) -> AnyAct:
    return _taken(desk, Do.REFUSE_CHANGE)


def _reopen_fields(_: Desk) -> Fields:
    causes = tuple((one.value, f"{one.value[:1].upper()}{one.value[1:]}") for one in GoodCause)
    return (
        Field("cause", "Good cause", FieldKind.CHOICE, "There is no other.", causes),
        Field(WHY, "Why", help="The member reads this: in plain words, what is new, or what was wrong."),
    )


def _reopen(desk: Desk) -> AnyAct:
    cause = text(desk, "cause")
    if cause not in list(GoodCause):
        raise FormError([("cause", "Choose the good cause")])
    return Reopen(authorization(desk).line.number, GoodCause(cause), text(desk, WHY))


def _confirm_fields(_: Desk) -> Fields:
    return (Field(WHY, "Why nothing changes", help="It stays on record."),)


def _confirm(desk: Desk) -> AnyAct:
    return Confirm(authorization(desk).line.number, text(desk, WHY))


def _reduce_fields(desk: Desk) -> Fields:
    line = authorization(desk).line
    return (
        *line_fields(line, line.codes),
        _LAST,
        *rests_on_fields(desk),
        Field(REASON, "Your reason", help=_TELL),
        _NOTICE,
    )


def _reduce(desk: Desk) -> AnyAct:
    last = needed_day(desk, "last", "Say until when it stays as it is")
    return _taken(desk, Do.REDUCE, last=last, to=_to(desk, authorization(desk)))


def _end_fields(desk: Desk) -> Fields:
    return (_LAST, *rests_on_fields(desk), Field(REASON, "Your reason", help=_TELL), _NOTICE)


def _end(desk: Desk) -> AnyAct:
    return _taken(desk, Do.END_EARLY, last=needed_day(desk, "last", "Say until when it stays"))


def _taken(desk: Desk, do: Do, **what: object) -> AnyAct:
    signature = signed(desk, REASON)
    line, notice = authorization(desk).line.number, text(desk, "notice")
    cited = rests_on(desk)
    whole = (notice, desk.qualification, desk.opened, texts(desk))
    return TakeAway(do, line, signature, *whole, clauses=cited, **what)  # type: ignore[arg-type]


PANELS = (
    Panel(
        "amend",
        Do.AMEND,
        "Amend the authorization",
        "Amend",
        "The authorization is amended.",
        "What was wanted, or more, is certified under the same number.",
        _amend_fields,
        _amend,
    ),
    Panel(
        "refuse-change",
        Do.REFUSE_CHANGE,
        "Refuse the change",
        "Refuse",
        "The change is refused; what was certified stands.",
        "What was certified stands. To refuse more is an adverse decision, signed with your license.",
        _refuse_fields,
        _refuse,
    ),
    Panel(
        "reopen",
        Do.REOPEN,
        "Reopen for good cause",
        "Reopen",
        "The authorization is reopened; it certifies services as before.",
        "An approval binds: it is looked at again for good cause only, by a physician. Member and practice are told that it stands meanwhile.",
        _reopen_fields,
        _reopen,
    ),
    Panel(
        "confirm",
        Do.CONFIRM,
        "Nothing changes",
        "Confirm",
        "The authorization is confirmed.",
        "The reopening found nothing to change.",
        _confirm_fields,
        _confirm,
    ),
    Panel(
        "reduce",
        Do.REDUCE,
        "Reduce the authorization",
        "Reduce",
        "The authorization is reduced.",
        "Never for days that have passed. It is adverse, signed with your license, and the member may appeal.",
        _reduce_fields,
        _reduce,
    ),
    Panel(
        "end-early",
        Do.END_EARLY,
        "End the authorization early",
        "End it",
        "The authorization ends.",
        "Never for days that have passed. It is adverse, signed with your license, and the member may appeal.",
        _end_fields,
        _end,
    ),
)
