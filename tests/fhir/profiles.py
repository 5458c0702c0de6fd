"""What the definitions of FHIR say of a resource: its JSON Schema, and a profile's cardinalities, types, codes and invariants."""

import json
import re
import tarfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import jsonschema
from fhirpathpy import compile as compiled
from fhirpathpy.models import models
from tests.shared_data import needed

Json = dict[str, Any]

R4 = "hl7.fhir.r4.core-4.0.1-definitions"
SDC = "hl7.fhir.uv.sdc-4.0.0-compiled"
DTR = "hl7.fhir.us.davinci-dtr-2.2.0-compiled"


@cache
def _file(package: str, name: str) -> Any:
    with tarfile.open(needed("fhir", "packages") / f"{package}.tgz") as archive:
        found = archive.extractfile(f"package/{name}")
        assert found, f"{package} holds {name}"
        return json.load(found)


@cache
def profile(package: str, name: str) -> Json:
    """A StructureDefinition with all its elements."""
    found: Json = _file(package, f"StructureDefinition-{name}.json")
    return found


def schema_problems(resource: Json) -> list[str]:
    """What FHIR's own JSON Schema refuses."""
    schema = _file(R4, "fhir.schema.json")
    one = {"$ref": f"#/definitions/{resource['resourceType']}", "definitions": schema["definitions"]}
    return [
        f"{error.json_path}: {error.message[:200]}" for error in jsonschema.Draft6Validator(one).iter_errors(resource)
    ]


def problems(resource: Json, definition: Json) -> list[str]:
    """What a profile refuses."""
    return list(_Check(definition).element(resource, resource["resourceType"], resource))


class _Check:
    def __init__(self, definition: Json) -> None:
        self._elements = {element["id"]: element for element in definition["snapshot"]["element"]}

    def element(self, value: Json, name: str, root: Json) -> Iterator[str]:
        """All that is wrong with an element and those below it."""
        yield from self._invariants(value, self._elements[name], root)
        below = self._below(name)
        for path, element in below.items():
            found = _values(value, path.rpartition(".")[2])
            yield from _cardinality(found, element, path)
            yield from self._codes(found, element, path)
            if path in self._parents or "contentReference" in element:
                target = element.get("contentReference", path).rpartition("#")[2]
                yield from (
                    problem for one in found if isinstance(one, dict) for problem in self.element(one, target, root)
                )
        yield from self._slices(value, name, root)
        known = {path.rpartition(".")[2].removesuffix("[x]") for path in below} | {"resourceType"}
        for key in value:
            if not any(key == one or (f"{name}.{one}[x]" in below and key.startswith(one)) for one in known):
                yield f"{name}: {key} is no element of it"

    @property
    def _parents(self) -> set[str]:
        """The elements that hold others, extensions and texts apart, which the JSON Schema looks at."""
        return {
            one.rpartition(".")[0]
            for one in self._elements
            if ":" not in one and not one.endswith(("id", "extension", "div"))
        }

    def _below(self, name: str) -> dict[str, Json]:
        return {
            path: element
            for path, element in self._elements.items()
            if path.rpartition(".")[0] == name and ":" not in path
        }

    def _invariants(self, value: Json, element: Json, root: Json) -> Iterator[str]:
        for rule in element.get("constraint", []):
            is_asked = rule["severity"] == "error" and rule["key"] != "ele-1"
            if is_asked and _compiled(rule["expression"])(value, {"resource": root}) not in ([True], []):
                yield f"{element['path']} {value.get('linkId', '')}: {rule['key']}: {rule['human']}"

    def _slices(self, value: Json, name: str, root: Json) -> Iterator[str]:
        """Extensions that the profile counts, and types of a value of which it says more."""
        for path, element in self._elements.items():
            if path.startswith(f"{name}.") and ":" in path and path.count(".") == name.count(".") + 1:
                kind, _, chosen = path.rpartition(".")[2].partition(":")
                if kind == "extension":
                    url = element["type"][0].get("profile", [""])[0]
                    yield from _cardinality(
                        [one for one in value.get("extension", []) if one["url"] == url], element, path
                    )
                elif isinstance(value.get(chosen), dict):
                    yield from self._invariants(value[chosen], element, root)

    @staticmethod
    def _codes(found: list[Any], element: Json, path: str) -> Iterator[str]:
        binding = element.get("binding", {})
        if binding.get("strength") == "required" and element["type"][0]["code"] == "code":
            allowed = codes_of(binding["valueSet"].partition("|")[0])
            yield from (f"{path}: {one} is none of its codes" for one in found if one not in allowed)


@cache
def _compiled(expression: str) -> Callable[[Json, Json], list[Any]]:
    """An invariant, without what only prints (que-1 has it)."""
    found: Callable[[Json, Json], list[Any]] = compiled(re.sub(r"\.trace\('\w+'\)", "", expression), models["r4"])
    return found


def _values(value: Json, name: str) -> list[Any]:
    keys = [key for key in value if key == name or (name.endswith("[x]") and key.startswith(name[:-3]))]
    return [one for key in keys for one in (value[key] if isinstance(value[key], list) else [value[key]])]


def _cardinality(found: list[Any], element: Json, path: str) -> Iterator[str]:
    most = element["max"]
    if len(found) < element["min"] or (most != "*" and len(found) > int(most)):
        yield f"{path}: {len(found)} of {element['min']}..{most}"


@cache
def codes_of(value_set: str) -> frozenset[str]:
    """The codes of a value set of R4 that takes whole code systems or lists its codes."""
    entries = {
        entry["resource"]["url"]: entry["resource"]
        for entry in _file(R4, "valuesets.json")["entry"]
        if "url" in entry["resource"]
    }
    found: set[str] = set()
    for part in entries[value_set]["compose"]["include"]:
        concepts = part.get("concept") or entries[part["system"]]["concept"]
        found |= {code for concept in concepts for code in _with_those_below(concept)}
    return frozenset(found)


def _with_those_below(concept: Json) -> Iterator[str]:
    yield concept["code"]
    for one in concept.get("concept", []):
        yield from _with_those_below(one)


def known_extensions() -> frozenset[str]:
    """The extensions that R4 and SDC define."""
    core = {entry["resource"]["url"] for entry in _file(R4, "extension-definitions.json")["entry"]}
    with tarfile.open(needed("fhir", "packages") / f"{SDC}.tgz") as archive:
        names = [name.rpartition("StructureDefinition-")[2] for name in archive.getnames()]
    return frozenset(core) | {
        f"http://hl7.org/fhir/uv/sdc/StructureDefinition/{name.removesuffix('.json')}" for name in names
    }
