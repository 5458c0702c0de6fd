"""A Bundle being read, and following a reference from one of its resources to another.

FHIR R4 "Resolving references in Bundles" (bundle.html#references): by ``fullUrl``; a relative
reference against the server in the referrer's own ``fullUrl``; ``#id`` among the contained ones.
More generous than that page in one way, because senders mix the forms: a relative ``Type/id`` that
resolves no other way means the only entry of that type and id. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from isodose.fhir.resources import Resource, Resources
from isodose.fhir.shape import JsonObject, Notes, child, children, is_count, kind, shown, text

_ON_A_SERVER = re.compile(r"(?P<server>.*/)[A-Z][A-Za-z]+/[A-Za-z0-9.-]+", re.DOTALL)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Reading(NamedTuple):
    """One Bundle being read: its resources, the Claim that asks, the notes so far, for whom."""

    resources: Resources
    claim: Resource
    notes: Notes
    patient: Resource | None = None


def follow(
    reading: Reading,
    referrer: Resource,
    reference: JsonObject,
    where: str,
    types: frozenset[str] | None = None,
) -> Resource | None:
    """The resource that a Reference means, if the Bundle holds it and it is of one of ``types``.

    A reference that leads nowhere is a note and None: whether the whole Bundle is refused for it
    is for the caller to say (PAS 2.2.1 specification, spec-13).
    """
    target = text(reference, "reference", where, reading.notes)
    if target is None:
        if reference:
            reading.notes.append(f"{where} has no literal reference: what it means is not found")
        return None
    found = _found(reading.resources, referrer, target)
    if found is None:
        reading.notes.append(nowhere(where, target))
    elif types is not None and found.type not in types:
        wanted = " or ".join(sorted(types))
        reading.notes.append(f"{where} refers to {shown(target)}, which is no {wanted}")
    elif _is_of_another(reading, found):
        reading.notes.append(f"{where} refers to {shown(target)}, which is of another patient")
    else:
        return found
    return None


def _is_of_another(reading: Reading, found: Resource) -> bool:
    """Whether a resource's subject is in the Bundle and is not the Claim's patient."""
    subject = text(child(found.body, "subject", "", []), "reference", "", [])
    person = _found(reading.resources, found, subject) if subject else None
    return bool(reading.patient and person and person.body is not reading.patient.body)


def _found(resources: Resources, referrer: Resource, target: str) -> Resource | None:
    if target.startswith("#"):
        return _contained(referrer, target[1:])
    address = target.partition("/_history/")[0]
    if address in resources.by_url:
        return resources.by_url[address]
    if _ABSOLUTE.match(address):
        return None
    home = _ON_A_SERVER.fullmatch(referrer.full_url)
    if home and home["server"] + address in resources.by_url:
        return resources.by_url[home["server"] + address]
    named = resources.by_name.get(address, ())
    return named[0] if len(named) == 1 else None


def _contained(referrer: Resource, identity: str) -> Resource | None:
    """A contained resource; ``#`` alone is the one that contains (FHIR R4 references.html)."""
    holder = referrer.body if referrer.holder is None else referrer.holder
    if not identity:
        return Resource(holder, referrer.full_url)
    for _, body in children(holder, "contained", "", []):
        if body.get("id") == identity:
            return Resource(body, referrer.full_url, holder)
    return None


def unresolved(reading: Reading) -> list[str]:
    """A note for each reference of the Claim that leads nowhere, read or not (spec-13)."""
    notes: list[str] = []
    waiting: list[tuple[str, object]] = [("Claim", reading.claim.body)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, Mapping):
            target = value.get("reference")
            if isinstance(target, str) and not _found(reading.resources, reading.claim, target):
                notes.append(nowhere(where, target))
            waiting += [(f"{where}.{name}", part) for name, part in reversed([*value.items()])]
        elif isinstance(value, list):
            waiting += [(f"{where}[{n}]", part) for n, part in reversed([*enumerate(value)])]
    return notes


def nowhere(where: str, target: str) -> str:
    """The note for a dangling reference."""
    return f"{where} refers to {shown(target)}, which the Bundle does not hold"


def named_by(
    reading: Reading, element: str, item: JsonObject, pointer: str, where: str
) -> Iterator[tuple[str, JsonObject]]:
    """Those entries of the Claim's list that an item names by sequence; all if it names none."""
    entries = list(children(reading.claim.body, element, "Claim", reading.notes))
    pointers = item.get(pointer)
    if pointers is None or pointers == []:
        yield from entries
        return
    for sequence in pointers if isinstance(pointers, list) else [pointers]:
        matching = [
            (path, entry) for path, entry in entries if is_count(sequence) and entry.get("sequence") == sequence
        ]
        if not matching:
            words = sequence if is_count(sequence) else kind(sequence)
            reading.notes.append(f"{where}.{pointer} names {words}: no Claim.{element} is that")
        yield from matching
