"""How far a letter has come, in words for the plan's people."""

from __future__ import annotations

from isodose.letters.outbox import FAX, Channel, needs_a_person
from isodose.store.event import instant_from
from isodose.store.outbox import Stage, Way
from isodose.web.show import counted, moment


def says(way: Way | None, *, has_folder: bool) -> str:
    """`put out for printing, 3 Nov, 9:00`; of a letter that no round has found yet, that it waits."""
    if way is None:
        return "waits to be sent"
    if way.stage is Stage.DONE:
        return _done(way)
    if way.stage is Stage.FAILED:
        return _failed(way)
    if way.parcel.channel == Channel.PORTAL:
        return "in the portal, not opened yet"
    if not has_folder:
        return "waits: no folder is set into which it could be put"
    return f"waits to be {'faxed' if _is_fax(way) else 'printed'}"


def goes_to(way: Way) -> str:
    """By which way: `by print`, `by fax to 18005550121`, `by the portal`."""
    if way.parcel.channel == Channel.PORTAL:
        return "by the portal"
    return f"by fax to {way.parcel.place.partition('/')[2]}" if _is_fax(way) else "by print"


def _done(way: Way) -> str:
    assert way.done is not None, "what is done has its moment"
    if way.parcel.channel == Channel.PORTAL:
        words, _, at = way.proof.rpartition(" at ")
        return f"{words}, {moment(instant_from(at))}"
    return f"put out for {'the fax gateway' if _is_fax(way) else 'printing'}, {moment(way.done)}"


def _failed(way: Way) -> str:
    words = f"not sent: {way.problem}; tried {counted(way.tries, 'time')}"
    again = f", next {moment(way.next)}" if way.next else ""
    return f"{words}{again}{'; somebody should look' if needs_a_person(way.tries) else ''}"


def _is_fax(way: Way) -> bool:
    return way.parcel.place.startswith(f"{FAX}/")
