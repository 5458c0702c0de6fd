"""The facts that a guideline asks about, from where its ``facts.yaml`` says that FHIR holds them.

A fact names a FHIRPath, the type of the resource it starts at first, and the codes that mean its
values. Which facts there are, and which codes, is the guideline's: nothing of it is written here.

What is found must be one value: two that differ, or a code that the guideline does not map, leave
the fact unknown with a note, and the requester is asked. Absence is never read as "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from isodose.fhir.paths import PathError, evaluated, root_types
from isodose.fhir.resources import Resource
from isodose.fhir.shape import Notes, shown
from isodose.fhir.values import Unread, cell
from isodose.guideline.facts import Fact, FhirSource


def facts_of(facts: Mapping[str, Fact], given: Iterable[Resource], notes: Notes) -> dict[str, object]:
    """The cells that FHIR can fill, by column; None for a fact that is not found or not clear."""
    resources = list(given)
    return {
        fact.column: _value(name, fact, fact.fhir, resources, notes)
        for name, fact in facts.items()
        if fact.fhir is not None and fact.formula is None
    }


def _value(name: str, fact: Fact, source: FhirSource, given: list[Resource], notes: Notes) -> object:
    """The one value that all resources agree on."""
    values: list[object] = []
    unread: list[str] = []
    for resource, value in _found(fact, source, given):
        if isinstance(value, Unread):
            unread.append(f"{name}: {resource.name} has {value.words}, which is not understood")
        elif not any(_same(value, other) for other in values):
            values.append(value)
    notes += unread
    if len(values) > 1 and not unread:
        several = ", ".join(map(str, values))
        notes.append(f"{name}: several values are given ({several}): none is taken")
    return values[0] if len(values) == 1 and not unread else None


def _found(fact: Fact, source: FhirSource, given: list[Resource]) -> Iterator[tuple[Resource, object]]:
    """Each result as a cell, with the resource that holds it."""
    roots = root_types(source.path)
    for resource in given:
        if resource.type in roots:
            try:
                results = evaluated(source.path, resource.body)
            except PathError as error:
                yield resource, Unread(f"what its FHIRPath fails on ({shown(str(error))})")
            else:
                yield from ((resource, cell(fact, source, result)) for result in results)


def _same(one: object, other: object) -> bool:
    """Whether two cells are equal; ``true`` is not 1."""
    return type(one) is type(other) and one == other
