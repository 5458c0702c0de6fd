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
"""Before a fact's name: what was said of it beyond yes or no; see `web.told_more`."""

OF_LINE = ("laterality", "target")
"""What a service line may have of its own, where it treats a diagnosis of its own."""

OF_LINES = "of_lines"
"""Where `Request.details` has that: a list, each with the line's number."""

_IN_WORDS: Mapping[str, Mapping[str, str]] = {"place_of_service": PLACES, "laterality": SIDES}


def labelled(details: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """What was said, each with its label; nothing of what was left out."""
    for name, label in DETAILS.items():
        if isinstance(said := details.get(name), str) and said:
            yield label, _in_words(name, said)
        yield from _of_lines(details, name)


def _of_lines(details: Mapping[str, Json], name: str) -> Iterator[tuple[str, str]]:
    """What single lines have of their own under that name."""
    lines = details.get(OF_LINES)
    for line in lines if isinstance(lines, list) and name in OF_LINE else ():
        if isinstance(line, Mapping) and (said := line.get(name)):
            yield f"{DETAILS[name]}, line {line.get('line')}", _in_words(name, str(said))


def _in_words(name: str, said: str) -> str:
    return _IN_WORDS.get(name, {}).get(said, said)
