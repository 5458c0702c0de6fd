"""The member that a request is for: birth date, member number, and the plan's product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isodose.fhir.codes import IDENTIFIER_TYPES, codings, has_code
from isodose.fhir.dates import calendar_date
from isodose.fhir.reading import Reading, follow
from isodose.fhir.resources import Resource
from isodose.fhir.shape import JsonObject, Notes, child, children, shown, text

SOCIAL_SECURITY = frozenset({"http://hl7.org/fhir/sid/us-ssn"})
NO_MEMBER = ("SS", "MR")
"""v2-0203: social security number, medical record number of a practice."""


def patient_of(reading: Reading) -> Resource | None:
    """The Patient for whom the Claim asks."""
    reference = child(reading.claim.body, "patient", "Claim", reading.notes)
    if not reference:
        reading.notes.append("the Claim names no patient: the member is not known")
    return follow(reading, reading.claim, reference, "Claim.patient", frozenset({"Patient"}))


def coverage_of(reading: Reading) -> Resource | None:
    """The Coverage under which the Claim asks: the focal one, else the first."""
    insurances = list(children(reading.claim.body, "insurance", "Claim", reading.notes))
    focal = [pair for pair in insurances if pair[1].get("focal") is True]
    if not insurances:
        reading.notes.append("the Claim names no coverage: the product is not known")
        return None
    where, insurance = (focal or insurances)[0]
    reference = child(insurance, "coverage", where, reading.notes)
    return follow(reading, reading.claim, reference, f"{where}.coverage", frozenset({"Coverage"}))


def member(
    patient: Resource | None,
    coverage: Resource | None,
    products: Mapping[str, str],
    notes: Notes,
) -> dict[str, object]:
    """The member as a request writes it; what is not known is None."""
    born = text(patient.body, "birthDate", "Patient", notes) if patient else None
    return {
        "member_id": _member_id(patient, coverage, notes),
        "member_birth_date": calendar_date(born),
        "product": _product(coverage, products, notes) if coverage else None,
    }


def _member_id(patient: Resource | None, coverage: Resource | None, notes: Notes) -> str | None:
    """Coverage.subscriberId, else a member number (v2-0203 MB), else the Patient's first number.

    A social security number or a practice's record number is never taken for a member number.
    """
    insured = coverage.body if coverage else {}
    person = patient.body if patient else {}
    own = [*_identifiers(insured, "Coverage", notes), *_identifiers(person, "Patient", notes)]
    numbers = [
        text(insured, "subscriberId", "Coverage", notes),
        *(_number(identifier) for identifier in own if _is_of_type(identifier, "MB")),
        *(_number(identifier) for identifier in _identifiers(person, "Patient", [])),
    ]
    return next((number for number in numbers if number is not None), None)


def _identifiers(resource: JsonObject, where: str, notes: Notes) -> Iterator[JsonObject]:
    for _, identifier in children(resource, "identifier", where, notes):
        system = text(identifier, "system", "", []) or ""
        others = system in SOCIAL_SECURITY or any(_is_of_type(identifier, t) for t in NO_MEMBER)
        if not others:
            yield identifier


def _is_of_type(identifier: JsonObject, code: str) -> bool:
    return has_code(child(identifier, "type", "", []), code, IDENTIFIER_TYPES)


def _number(identifier: JsonObject) -> str | None:
    return text(identifier, "value", "", [])


def _product(coverage: Resource, products: Mapping[str, str], notes: Notes) -> str | None:
    """The plan's product, by the settings' map of coverages; a product's own id means itself."""
    seen = list(dict.fromkeys(_names(coverage, notes)))
    known = {_folded(product): product for product in products.values()}
    known |= {_folded(name): product for name, product in products.items()}
    meant = list(dict.fromkeys(known[_folded(name)] for name in seen if _folded(name) in known))
    if len(meant) == 1:
        return meant[0]
    names = ", ".join(map(shown, seen))
    if meant:
        notes.append(f"{coverage.name} ({names}) means several products: {', '.join(meant)}")
    elif seen:
        notes.append(f"no product is known for {coverage.name} ({names}): the settings' map of coverages can name it")
    else:
        notes.append(f"{coverage.name} names no plan, group or type: the product is not known")
    return None


def _names(coverage: Resource, notes: Notes) -> Iterator[str]:
    """What a Coverage calls itself: values and names of its classes, then the codes of its type."""
    for where, division in children(coverage.body, "class", "Coverage", notes):
        for element in ("value", "name"):
            name = text(division, element, where, notes)
            if name is not None:
                yield name
    concept = child(coverage.body, "type", "Coverage", notes)
    yield from (coded.code for coded in codings(concept, "Coverage.type", notes))


def _folded(name: str) -> str:
    return name.strip().lower()
