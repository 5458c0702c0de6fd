"""What moves a clock or ends it: more time, an ask to expedite, notice to the member, letters; and the call between physicians."""

from __future__ import annotations

from isodose.desk.act import AnyAct
from isodose.desk.acts import Extend, Notify, OfferCall, RefuseExpedite, SendLetter
from isodose.desk.clock import Ground, duties
from isodose.desk.transitions import Do
from isodose.web.reviewer.acts.panel import WHY, Field, FieldKind, Fields, FormError, Panel
from isodose.web.reviewer.acts.saying import saying
from isodose.web.reviewer.acts.typed import moment, needed, text, whole
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.show import moment as in_words

_TIMES = ("time-1", "time-2", "time-3")


def _offer_fields(_: Desk) -> Fields:
    names = zip(_TIMES, ("A time", "Another time", "A third time"), strict=True)
    return tuple(Field(name, label, FieldKind.MOMENT) for name, label in names)


def _offer(desk: Desk) -> AnyAct:
    return OfferCall(tuple(filter(None, (moment(desk, name) for name in _TIMES))))


def _notify_fields(_: Desk) -> Fields:
    ways = (("written", "In writing"), ("oral", "By word of mouth, on the phone"))
    return (Field("way", "How the member was told", FieldKind.CHOICE, options=ways),)


def _notify(desk: Desk) -> AnyAct:
    way = text(desk, "way")
    if way not in ("written", "oral"):
        raise FormError([("way", "Say how the member was told")])
    return Notify(oral=way == "oral")


def letters_owed(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The letters that are owed and not written, each with until when."""
    zone, request = desk.visit.services.policy.zone, desk.request
    owed = duties(request.clock, zone) if request.clock else ()
    return tuple(
        (one.name, f"{one.name}, by {in_words(one.by, zone)}") for one in owed if one.name not in request.letters
    )


def _letter_fields(desk: Desk) -> Fields:
    return (Field("letter", "Which letter went out", FieldKind.CHOICE, options=letters_owed(desk)),)


def _letter(desk: Desk) -> AnyAct:
    return SendLetter(needed(desk, "letter", "Say which letter went out"))


def _extend_fields(_: Desk) -> Fields:
    grounds = tuple((one.value, f"{one.value[:1].upper()}{one.value[1:]}") for one in Ground)
    return (
        Field("days", "Days more", FieldKind.WHOLE, "At most 14 in all."),
        Field("ground", "On which ground", FieldKind.CHOICE, "There is no other.", grounds),
        Field(WHY, "Why", help="The member reads it, with the right to a grievance."),
    )


def _extend(desk: Desk) -> AnyAct:
    days, ground = whole(desk, "days"), text(desk, "ground")
    if ground not in list(Ground):
        raise FormError([("ground", "Choose the ground")])
    return Extend(days or 0, Ground(ground), text(desk, WHY))


def _refuse_fields(_: Desk) -> Fields:
    return (
        Field("told", "When the member was told, by word of mouth", FieldKind.MOMENT),
        Field(WHY, "Why it is not expedited", help="The member reads it, with the right to a grievance."),
    )


def _refuse(desk: Desk) -> AnyAct:
    told = moment(desk, "told")
    if told is None:
        raise FormError([("told", "Say when the member was told: that comes first, promptly")])
    return RefuseExpedite(told, text(desk, WHY))


PANELS = (
    Panel(
        "offer-call",
        Do.OFFER_CALL,
        "Offer a call between physicians",
        "Offer it",
        "The call is offered.",
        "A peer-to-peer is offered, with times, before anything adverse is decided. The clock runs on.",
        _offer_fields,
        _offer,
    ),
    saying(
        Do.RECORD_CALL,
        "record-call",
        "Record the call",
        "Record it",
        "The call is recorded.",
        "What was said in the peer-to-peer, and what came of it.",
        "Who spoke, and what came of it",
    ),
    Panel(
        "notify",
        Do.NOTIFY,
        "Record the notice to the member",
        "Record it",
        "The notice is recorded, and the clock has ended.",
        "The clock ends when the member is told, not when it is decided. An adverse expedited decision that was told by word "
        "of mouth is confirmed in writing within 3 days.",
        _notify_fields,
        _notify,
    ),
    Panel(
        "letter",
        Do.SEND_LETTER,
        "Record a letter that went out",
        "Record it",
        "The letter is recorded.",
        "A letter that was owed has gone out.",
        _letter_fields,
        _letter,
    ),
    Panel(
        "extend",
        Do.EXTEND,
        "Take more time",
        "Extend",
        "The time is extended.",
        "Only on the member's ask, for evidence of a provider without a contract, or in extraordinary circumstances; with "
        "notice to the member.",
        _extend_fields,
        _extend,
    ),
    Panel(
        "refuse-expedite",
        Do.REFUSE_EXPEDITE,
        "Refuse to expedite",
        "Refuse",
        "The ask is refused; the standard clock counts from the first receipt.",
        "Only a member's ask can be refused, never a physician's statement. A letter is owed within 3 days.",
        _refuse_fields,
        _refuse,
    ),
)
