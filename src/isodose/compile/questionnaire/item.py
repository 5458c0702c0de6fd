"""An item of a Questionnaire: what every kind of item is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isodose.compile.questionnaire.ucum import UCUM

Json = dict[str, Any]

HELP_ITEM, EVIDENCE_ITEM = ".help", ".evidence"
"""What follows a question's linkId in those of the texts below it."""

_R4 = "http://hl7.org/fhir/StructureDefinition"


def item_of(link: str, kind: str, text: str, extensions: list[Json]) -> Json:
    given: Json = {"extension": extensions} if extensions else {}
    return {**given, "linkId": link, "text": text, "type": kind}


def unit_of(unit: str) -> list[Json]:
    """The extension that says in which unit a number is given; none for a plain count."""
    if not unit:
        return []
    coding = {"system": "http://unitsofmeasure.org", "code": UCUM[unit], "display": unit}
    return [{"url": f"{_R4}/questionnaire-unit", "valueCoding": coding}]


def texts_of(link: str, help_text: str, evidence: tuple[str, ...] = ()) -> Iterator[Json]:
    """What helps to answer, and what supports the answer."""
    if help_text:
        yield item_of(link + HELP_ITEM, "display", help_text, [_as_help()])
    if evidence:
        yield item_of(link + EVIDENCE_ITEM, "display", f"Supported by: {', '.join(evidence)}", [])


def _as_help() -> Json:
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help", "display": "Help-Button"}
    return {"url": f"{_R4}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [coding]}}
