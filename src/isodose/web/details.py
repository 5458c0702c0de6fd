"""What people need to know of a request and no rule asks for: who orders, where, whom to call. Kept under these names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isodose.store.event import Json

DETAILS: Mapping[str, str] = {
    "ordering_name": "Ordering physician",
    "ordering_npi": "Ordering physician's NPI",
    "treating_name": "Treating physician",
    "treating_npi": "Treating physician's NPI",
    "billing_name": "Who bills",
    "billing_npi": "NPI of who bills",
    "facility": "Facility",
    "place_of_service": "Place of service",
    "laterality": "Side",
    "target": "Target",
    "dose": "Dose",
    "phases": "Phases",
    "course_begun": "The course has begun",
    "course_began": "First day of the course",
    "course_plan": "Plan at that time",
    "contact_name": "Whom to call",
    "contact_phone": "Phone",
    "contact_times": "When to call",
    "answer": "Answer in the practice's words",
}
"""The name of each in ``Request.details``, with its label; in the order in which it is shown."""

PLACES: Mapping[str, str] = {
    "11": "Office",
    "19": "Outpatient hospital, off its campus",
    "22": "Outpatient hospital, on its campus",
    "49": "Independent clinic",
}
"""CMS place of service codes at which radiation is delivered, in our own words."""

SIDES: Mapping[str, str] = {"right": "Right", "left": "Left", "both": "Both sides", "none": "No side"}

MORE = "more-"
"""Before a fact's name: what was said of it beyond yes or no."""

_IN_WORDS: Mapping[str, Mapping[str, str]] = {"place_of_service": PLACES, "laterality": SIDES}


def labelled(details: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """What was said, each with its label; nothing of what was left out."""
    for name, label in DETAILS.items():
        if isinstance(said := details.get(name), str) and said:
            yield label, _IN_WORDS.get(name, {}).get(said, said)
