"""Evaluating a FHIRPath on one resource, with fhirpathpy (imported at first use: it is slow)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from isodose.fhir.shape import JsonObject, children

_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_ROOT = re.compile(r"(?<![\w.])[A-Z][A-Za-z]+(?=\.)")


class PathError(Exception):
    """A path that cannot be evaluated on this resource; the message is the library's."""


def root_types(path: str) -> frozenset[str]:
    """The resource types that a path starts at: ``ServiceRequest.status | Patient.gender`` has two.

    A path is evaluated on these only: on any other, ``Patient.link.exists()`` would say no where it
    should say nothing.
    """
    return frozenset(_ROOT.findall(_QUOTED.sub("''", path)))


def evaluated(path: str, resource: JsonObject) -> list[object]:
    """What the path finds in the resource, as JSON values."""
    evaluate = _compiled(path)
    try:
        return list(evaluate(resource))
    except Exception as error:  # the library raises what it likes on JSON of the wrong shape
        raise PathError(f"{type(error).__name__}: {error}") from error


@lru_cache(maxsize=256)
def _compiled(path: str) -> Callable[[JsonObject], list[object]]:
    """The path, parsed once. The model of R4 lets ``value`` find ``valueCodeableConcept``."""
    import fhirpathpy
    from fhirpathpy.engine.nodes import ResourceNode
    from fhirpathpy.models import models

    def extension(elements: list[object], url: str) -> list[object]:
        """All extensions with this address (FHIR R4 fhirpath.html); fhirpathpy's own gives one."""
        found = [one for element in elements for _, one in children(element, "extension", "", [])]
        node: Callable[[object, str], object] = ResourceNode.create_node
        return [node(one, "Extension") for one in found if one.get("url") == url]

    table = {"extension": {"fn": extension, "arity": {1: ["String"]}}}
    compiled = fhirpathpy.compile(path, models["r4"], {"userInvocationTable": table})
    return lambda resource: compiled(resource, {})
