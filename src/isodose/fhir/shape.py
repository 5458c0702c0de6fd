"""Reading JSON whose shape nobody has checked: what is misshapen is left out, with a note.

Every function takes ``where``, the FHIRPath of what is read, and appends to ``notes`` what a
reader of the case should know. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from numbers import Number
from typing import TypeAlias

JsonObject: TypeAlias = Mapping[str, object]
Notes: TypeAlias = list[str]

_KINDS: tuple[tuple[type, str], ...] = (  # true is a number to Python: the order matters
    (str, "a string"),
    (bool, "true or false"),
    (Number, "a number"),
    (Mapping, "an object"),
    (list, "a list"),
)

_LONGEST = 80  # of a sender's words in a note


def kind(value: object) -> str:
    """The JSON type of a value, in words."""
    return next((words for shape, words in _KINDS if isinstance(value, shape)), "null")


def child(parent: object, name: str, where: str, notes: Notes) -> JsonObject:
    """An element that should be one object; an empty one where it is missing or is none."""
    value = parent.get(name) if isinstance(parent, Mapping) else None
    if isinstance(value, Mapping):
        return value
    if value is not None:
        notes.append(f"{where}.{name} should be an object and is {kind(value)}: it is not read")
    return {}


def children(parent: object, name: str, where: str, notes: Notes) -> Iterator[tuple[str, JsonObject]]:
    """The objects of an element that should be a list of objects, each with its path."""
    value = parent.get(name) if isinstance(parent, Mapping) else None
    if value is None:
        return
    if not isinstance(value, list):
        notes.append(f"{where}.{name} should be a list and is {kind(value)}: it is not read")
        return
    for position, item in enumerate(value):
        path = f"{where}.{name}[{position}]"
        if isinstance(item, Mapping):
            yield path, item
        else:
            notes.append(f"{path} should be an object and is {kind(item)}: it is not read")


def text(parent: object, name: str, where: str, notes: Notes) -> str | None:
    """An element that should be a string, as written; None where it is missing, blank or none."""
    value = parent.get(name) if isinstance(parent, Mapping) else None
    if isinstance(value, str):
        return value if value.strip() else None
    if value is not None:
        notes.append(f"{where}.{name} should be a string and is {kind(value)}: it is not read")
    return None


def shown(words: object) -> str:
    """A sender's words within a note: in quotes, on one line, not longer than a line."""
    line = " ".join(str(words).split()) if isinstance(words, str) else kind(words)
    return f"'{line[:_LONGEST]}...'" if len(line) > _LONGEST else f"'{line}'"


def is_count(value: object) -> bool:
    """Whether the value is a whole number from 1 (FHIR ``positiveInt``)."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
