"""The resources of a Bundle, and the two names under which a reference may find them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from isodose.fhir.shape import JsonObject, Notes, child, children, shown, text


class Resource(NamedTuple):
    """A resource and where it stands: its references are relative to that place."""

    body: JsonObject
    full_url: str = ""
    holder: JsonObject | None = None
    """The resource in which this one is contained."""

    @property
    def type(self) -> str:
        """The resource type; empty if there is none."""
        name = self.body.get("resourceType")
        return name if isinstance(name, str) else ""

    @property
    def name(self) -> str:
        """``Type/id``, or the type alone."""
        identity = self.body.get("id")
        return f"{self.type}/{identity}" if isinstance(identity, str) else self.type


class Resources(NamedTuple):
    """The resources of one Bundle, in order, and by the two names that a reference may use."""

    listed: tuple[Resource, ...]
    by_url: Mapping[str, Resource]
    by_name: Mapping[str, tuple[Resource, ...]]


def resources_of(bundle: JsonObject, notes: Notes) -> Resources:
    """The resources of a Bundle; of two entries with one ``fullUrl`` the first counts."""
    listed: list[Resource] = []
    by_url: dict[str, Resource] = {}
    by_name: dict[str, tuple[Resource, ...]] = {}
    for where, entry in children(bundle, "entry", "Bundle", notes):
        body = child(entry, "resource", where, notes)
        resource = Resource(body, text(entry, "fullUrl", where, notes) or "")
        if not resource.type:
            notes.append(f"{where} holds no resource with a resourceType: it is not read")
        elif resource.full_url in by_url:
            notes.append(f"{where} repeats the fullUrl {shown(resource.full_url)}: it is not read")
        else:
            listed.append(resource)
            by_name[resource.name] = (*by_name.get(resource.name, ()), resource)
            if resource.full_url:
                by_url[resource.full_url] = resource
    return Resources(tuple(listed), by_url, by_name)
