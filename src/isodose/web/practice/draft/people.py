"""Who orders, treats and bills, where, whom to call, and whether waiting is dangerous."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from isodose.store.event import Json
from isodose.store.npi import npi_problem
from isodose.web.details import DETAILS, MORE, PLACES
from isodose.web.practice.draft.day import A_DAY, day_from
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.typed import Typed

URGENT, URGENT_PHYSICIAN, URGENT_WORDS = "urgent", "urgent_physician", "urgent_words"
ASKS = {"no": "No", "physician": "Yes, a physician says so", "member": "Yes, the member asks for it"}

_NPIS = {"ordering_npi": "ordering physician", "treating_npi": "treating physician", "billing_npi": "one who bills"}
_NEEDED = {
    "ordering_name": "Name the ordering physician",
    "ordering_npi": "Give the ordering physician's NPI",
    "billing_npi": "Give the NPI of who bills",
    "place_of_service": "Say where treatment is delivered",
    "contact_name": "Say whom the plan may call",
    "contact_phone": "Give a phone number for questions",
}


def read_details(typed: Typed) -> dict[str, Json]:
    """What was said that no rule asks for; see `web.details`."""
    more = (name for name in typed.body if name.startswith(MORE))
    return {name: said for name in (*DETAILS, *sorted(more)) if (said := typed.text(name))}


def course_began(typed: Typed) -> date | None:
    """The first day of a course that is under way; None for one that has not begun, or whose day is not known."""
    return day_from(typed.text("course_began")) if typed.text("course_begun") == "yes" else None


def is_expedited(typed: Typed) -> bool:
    return typed.text(URGENT) in ("physician", "member")


def people_problems(typed: Typed, today: date) -> Iterator[Problem]:
    for name, words in _NEEDED.items():
        if not typed.text(name):
            yield Problem(name, words, lacks=True)
    for name, whose in _NPIS.items():
        if (typed_npi := typed.text(name)) and (wrong := npi_problem(typed_npi)):
            yield Problem(name, f"NPI of the {whose}: {wrong}")
    if (place := typed.text("place_of_service")) and place not in PLACES:
        yield Problem("place_of_service", "Choose one of the places that are listed")
    yield from _course_problems(typed, today)
    yield from _urgency_problems(typed)


def _course_problems(typed: Typed, today: date) -> Iterator[Problem]:
    text = typed.text("course_began")
    if typed.text("course_begun") != "yes":
        return
    if not text:
        yield Problem("course_began", "Say on which day the course began", lacks=True)
    elif (began := day_from(text)) is None:
        yield Problem("course_began", A_DAY)
    elif began > today:
        yield Problem(
            "course_began", "A course that has begun did so before today; leave this out for one that is to come"
        )


def _urgency_problems(typed: Typed) -> Iterator[Problem]:
    asked = typed.text(URGENT)
    if asked == "physician" and not typed.text(URGENT_PHYSICIAN):
        yield Problem(URGENT_PHYSICIAN, "Name the physician who says that waiting is dangerous", lacks=True)
    if is_expedited(typed) and not typed.text(URGENT_WORDS):
        yield Problem(URGENT_WORDS, "Say in words why waiting is dangerous", lacks=True)
