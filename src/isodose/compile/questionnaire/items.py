"""The questions of a Questionnaire: for each its text, its options, its help, the documents that support an answer, and what is told beside a yes."""

from __future__ import annotations

from collections.abc import Iterator

from isodose.compile.questionnaire.fhirpath_answers import ABSENT_ITEM, ABSENT_WORD, has_box, offers_words
from isodose.compile.questionnaire.item import Json, item_of, texts_of, unit_of
from isodose.compile.questionnaire.more_items import more_item
from isodose.guideline.facts import Fact, FactType

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
        yield item_of(box, "boolean", fact.absent[:1].upper() + fact.absent[1:], shown)
    else:
        yield _question(fact, system, shown, is_needed=is_needed)


def _question(fact: Fact, system: str, extensions: list[Json], *, is_needed: bool) -> Json:
    kind = ("open-choice" if fact.open else "choice") if offers_words(fact) else _ITEM_TYPES[fact.type]
    item = item_of(fact.column, kind, fact.question, [*extensions, *unit_of(fact.unit)])
    if is_needed:
        item["required"] = True
    if fact.type is FactType.CODES:
        item["repeats"] = True
    if offers_words(fact):
        item["answerOption"] = [{"valueCoding": coding} for coding in _options(fact, system)]
    more = [more_item(fact, fact.more, system)] if fact.more else []
    if below := [*texts_of(fact.column, fact.help, fact.evidence), *more]:
        item["item"] = below
    return item


def _options(fact: Fact, system: str) -> Iterator[Json]:
    """The answers offered, in the guideline's words; `absent` is one of them where that can be."""
    says = {**fact.values, **({ABSENT_WORD: fact.absent} if fact.absent else {})}
    for word, text in says.items():
        yield {"system": system, "code": word, "display": text[:1].upper() + text[1:]}


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
