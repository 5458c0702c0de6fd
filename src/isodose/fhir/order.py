"""The order behind an item, and the other resources that are offered in support of it."""

from __future__ import annotations

from isodose.fhir.pas import REQUESTED_SERVICE, extensions, is_cancelled
from isodose.fhir.reading import Reading, follow, named_by
from isodose.fhir.resources import Resource
from isodose.fhir.shape import JsonObject, Notes, child, children

ORDERS = frozenset({"ServiceRequest", "DeviceRequest", "MedicationRequest", "NutritionOrder"})
"""What PAS's extension-requestedService may refer to."""


def orders_of(reading: Reading, item: JsonObject, where: str) -> list[Resource]:
    """The orders that an item carries out, but for one that was taken back or that forbids."""
    orders = []
    for path, extension in extensions(item, REQUESTED_SERVICE, where, reading.notes):
        reference = child(extension, "valueReference", path, reading.notes)
        order = follow(reading, reading.claim, reference, f"{path}.valueReference", ORDERS)
        if order is not None and _stands(order, reading.notes):
            orders.append(order)
    if not orders and any(resource.type in ORDERS for resource in reading.resources.listed):
        reading.notes.append(f"{where} names no order: those in the Bundle are not guessed at")
    return orders


def _stands(order: Resource, notes: Notes) -> bool:
    """Both elements are modifiers in FHIR: they must not be ignored."""
    status = order.body.get("status")
    if status in ("revoked", "entered-in-error"):
        notes.append(f"the order {order.name} is {status}: it is not read")
        return False
    if order.body.get("doNotPerform") is True:
        notes.append(f"the order {order.name} says not to perform the service: it is not read")
        return False
    return True


def support_of(reading: Reading, item: JsonObject, where: str, orders: list[Resource]) -> list[Resource]:
    """What else was sent in support: PAS has all of it in supportingInfo (2.2.1, spec-20).

    Other orders among it are left out: a fact about the order is about the one requested.
    """
    found: list[Resource | None] = []
    for path, entry in named_by(reading, "supportingInfo", item, "informationSequence", where):
        if not is_cancelled(entry):
            reference = child(entry, "valueReference", path, reading.notes)
            found.append(follow(reading, reading.claim, reference, f"{path}.valueReference"))
    for order in orders:
        for path, reference in children(order.body, "supportingInfo", order.name, reading.notes):
            found.append(follow(reading, order, reference, path))
    return [resource for resource in found if resource and resource.type not in ORDERS]
