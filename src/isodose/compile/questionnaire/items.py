"""The items of a Questionnaire: for each question its text, its options, its help and the documents that support an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isodose.compile.questionnaire.fhirpath_answers import ABSENT_ITEM, ABSENT_WORD, has_box, offers_words
from isodose.compile.questionnaire.ucum import UCUM
from isodose.guideline.facts import Fact, FactType

Json = dict[str, Any]

HELP_ITEM, EVIDENCE_ITEM = ".help", ".evidence"
"""What follows a question's linkId in those of the texts below it."""

EXPRESSION = "text/fhirpath"
_R4 = "http://hl7.org/fhir/StructureDefinition"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"

_ITEM_TYPES = {
    FactType.YES_NO: "boolean",
    FactType.NUMBER: "decimal",
    FactType.DATE: "date",
    FactType.CODE: "string",
    FactType.CODES: "string",
}


def items_of(fact: Fact, system: str, when: str | None, *, is_needed: bool) -> Iterator[Json]:
    """A question's item, and the box which says that there is none. ``system`` is that of the codes of its answers."""
    shown = [_asked_when(when)] if when else []
    if has_box(fact):
        box = fact.column + ABSENT_ITEM
        unless = f"%resource.item.where(linkId = '{box}').answer.value.where($this = true).empty()"
        shown_too = [_asked_when(f"{when} and {unless}" if when else unless)]
        yield _question(fact, system, shown_too, is_needed=is_needed)
        yield _item(box, "boolean", fact.absent[:1].upper() + fact.absent[1:], shown)
    else:
        yield _question(fact, system, shown, is_needed=is_needed)


def _question(fact: Fact, system: str, extensions: list[Json], *, is_needed: bool) -> Json:
    kind = ("open-choice" if fact.open else "choice") if offers_words(fact) else _ITEM_TYPES[fact.type]
    item = _item(fact.column, kind, fact.question, [*extensions, *_unit(fact)])
    if is_needed:
        item["required"] = True
    if fact.type is FactType.CODES:
        item["repeats"] = True
    if offers_words(fact):
        item["answerOption"] = [{"valueCoding": coding} for coding in _options(fact, system)]
    if texts := list(_texts(fact)):
        item["item"] = texts
    return item


def _options(fact: Fact, system: str) -> Iterator[Json]:
    """The answers offered, in the guideline's words; `absent` is one of them where that can be."""
    says = {**fact.values, **({ABSENT_WORD: fact.absent} if fact.absent else {})}
    for word, text in says.items():
        yield {"system": system, "code": word, "display": text[:1].upper() + text[1:]}


def _unit(fact: Fact) -> list[Json]:
    if not fact.unit:
        return []
    coding = {"system": "http://unitsofmeasure.org", "code": UCUM[fact.unit], "display": fact.unit}
    return [{"url": f"{_R4}/questionnaire-unit", "valueCoding": coding}]


def _texts(fact: Fact) -> Iterator[Json]:
    """What helps to answer, and what supports the answer."""
    if fact.help:
        yield _item(fact.column + HELP_ITEM, "display", fact.help, [_as_help()])
    if fact.evidence:
        yield _item(fact.column + EVIDENCE_ITEM, "display", f"Supported by: {', '.join(fact.evidence)}", [])


def _as_help() -> Json:
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help", "display": "Help-Button"}
    return {"url": f"{_R4}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [coding]}}


def _item(link: str, kind: str, text: str, extensions: list[Json]) -> Json:
    given: Json = {"extension": extensions} if extensions else {}
    return {**given, "linkId": link, "text": text, "type": kind}


def _asked_when(expression: str) -> Json:
    return {
        "url": f"{_SDC}/sdc-questionnaire-enableWhenExpression",
        "valueExpression": {"language": EXPRESSION, "expression": expression},
    }


def variable(name: str, expression: str) -> Json:
    """A named expression of the whole form."""
    return {
        "url": f"{_R4}/variable",
        "valueExpression": {"name": name, "language": EXPRESSION, "expression": expression},
    }
