"""A PAS request Bundle as the plain request that is determined.

The first Claim is the request, each of its items a line. What a reader should know of a line (a
reference that leads nowhere, a code that nobody maps) stands in its ``notes``: a fault of the data
makes a cell unknown, never an error. Only a thing that is no request at all is one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from isodose.fhir.diagnoses import diagnoses_of, icd10cm_codes
from isodose.fhir.facts import facts_of
from isodose.fhir.member import coverage_of, member, patient_of
from isodose.fhir.order import orders_of, support_of
from isodose.fhir.pas import is_cancelled, unknown_modifiers
from isodose.fhir.reading import Reading, unresolved
from isodose.fhir.recognize import request_bundle, requesting_claim
from isodose.fhir.resources import resources_of
from isodose.fhir.service import date_of_service, procedure_code
from isodose.fhir.shape import JsonObject, children, is_count, text
from isodose.guideline.facts import Fact

READ_WITHOUT_A_FACT = frozenset(
    {
        "request_id", "line", "notes", "member_id", "member_birth_date", "product",
        "date_of_service", "procedure_code", "diagnosis_codes",
    }
)  # fmt: skip
"""Columns that are read from the Claim itself, whatever a guideline says of them."""


class Item(NamedTuple):
    """One item of the Claim: its path, itself, and its number among the lines."""

    where: str
    body: JsonObject
    number: int


def request_from_bundle(
    bundle: object,
    facts: Mapping[str, Fact],
    products: Mapping[str, str],
    known_products: Collection[str] = (),
) -> dict[str, object]:
    """The request that a PAS Bundle makes, in the shape of a JSON request.

    ``facts`` are the guideline's. ``products`` maps what a Coverage calls itself (a class's value
    or name, a code of its type) to a product id; one of ``known_products`` means itself. Raises
    ``NotARequestError`` for anything that is no request, and nothing else.
    """
    reading = _reading(request_bundle(bundle))
    known = {product: product for product in known_products} | dict(products)
    person = member(reading.patient, coverage_of(reading), known, reading.notes)
    items = _items(reading)
    return {
        "request_id": _request_id(reading),
        "member": person,
        "lines": [_line(reading, item, facts) for item in items],
        "judgements": [],
        "disputes": [],
    }


def _reading(bundle: JsonObject) -> Reading:
    notes: list[str] = []
    resources = resources_of(bundle, notes)
    claim = requesting_claim(bundle, resources)
    reading = Reading(resources, claim, notes)
    notes += [*unknown_modifiers(claim.body, "Claim"), *unresolved(reading)]
    return reading._replace(patient=patient_of(reading))


def _request_id(reading: Reading) -> str | None:
    """The trace number that the sender gave the Claim, else the Claim's id."""
    claim = reading.claim.body
    for where, identifier in children(claim, "identifier", "Claim", reading.notes):
        value = text(identifier, "value", where, reading.notes)
        if value is not None:
            return value
    return text(claim, "id", "Claim", reading.notes)


def _items(reading: Reading) -> list[Item]:
    """The items that are asked for. A Claim without any is one line that asks for nothing."""
    items: dict[int, Item] = {}
    for where, body in children(reading.claim.body, "item", "Claim", reading.notes):
        if is_cancelled(body):
            reading.notes.append(f"{where} is cancelled: it is no line of this request")
        else:
            number = _number(body, where, items, reading.notes)
            items[number] = Item(where, body, number)
    if not items:
        reading.notes.append("the Claim has no item that can be read: it asks for no service")
    return [*items.values()] or [Item("Claim.item", {}, 1)]


def _number(item: JsonObject, where: str, taken: Mapping[int, Item], notes: list[str]) -> int:
    """Claim.item.sequence, by which a response names the item."""
    sequence = item.get("sequence")
    if isinstance(sequence, int) and is_count(sequence) and sequence not in taken:
        return sequence
    number = max(taken, default=0) + 1
    notes.append(f"{where} has no sequence of its own: it is line {number}")
    return number


def _line(reading: Reading, item: Item, facts: Mapping[str, Fact]) -> dict[str, object]:
    """One service line; its notes are those of the whole Claim, then its own."""
    own = reading._replace(notes=unknown_modifiers(item.body, item.where))
    orders = orders_of(own, item.body, item.where)
    stated = diagnoses_of(own, item.body, item.where, orders)
    conditions = [diagnosis.condition for diagnosis in stated if diagnosis.condition]
    support = support_of(own, item.body, item.where, orders)
    patient = [reading.patient] if reading.patient else []
    given = [*orders, *patient, *conditions, *support]
    asked = {name: fact for name, fact in facts.items() if fact.column not in READ_WITHOUT_A_FACT}
    line: dict[str, object] = {
        "line": item.number,
        "date_of_service": date_of_service(own, item.body, item.where),
        "procedure_code": procedure_code(item.body, item.where, own.notes),
        "diagnosis_codes": icd10cm_codes(own, stated),
        **facts_of(asked, given, own.notes),
    }
    notes = list(dict.fromkeys([*reading.notes, *own.notes]))
    return line | {"notes": notes} if notes else line
