"""The diagnoses of a service line, as ICD-10-CM codes.

Those that the item names by ``diagnosisSequence``, else all of the Claim; and the reasons of the
order. A diagnosis may be a code or a Condition. What has no ICD-10-CM code (US Core problems are
SNOMED CT) is left out with a note: mapping it is the sender's (PAS 2.2.1 specification, note 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from isodose.fhir.codes import ICD_10, ICD_10_CM, Coded, codings, has_code
from isodose.fhir.reading import Reading, follow, named_by
from isodose.fhir.resources import Resource
from isodose.fhir.shape import JsonObject, child, children, shown, text

CONDITION = frozenset({"Condition"})


class Diagnosis(NamedTuple):
    """One stated diagnosis: its path, the concept that names it, the Condition if it is one."""

    where: str
    concept: JsonObject
    condition: Resource | None = None


def diagnoses_of(reading: Reading, item: JsonObject, where: str, orders: list[Resource]) -> list[Diagnosis]:
    """What is stated as diagnosis of an item or reason of its order, in that order."""
    stated = [*_of_claim(reading, item, where)]
    for order in orders:
        stated += _of_order(reading, order)
    return stated


def icd10cm_codes(reading: Reading, stated: list[Diagnosis]) -> list[str]:
    """The ICD-10-CM codes of the diagnoses, each once, in the order given."""
    codes: dict[str, None] = {}
    for diagnosis in stated:
        named = list(codings(diagnosis.concept, diagnosis.where, reading.notes))
        codes |= dict.fromkeys(coded.code for coded in _in_icd10cm(reading, diagnosis, named))
    return list(codes)


def _of_claim(reading: Reading, item: JsonObject, where: str) -> Iterator[Diagnosis]:
    for path, entry in named_by(reading, "diagnosis", item, "diagnosisSequence", where):
        concept = child(entry, "diagnosisCodeableConcept", path, reading.notes)
        if concept:
            yield Diagnosis(f"{path}.diagnosisCodeableConcept", concept)
        reference = child(entry, "diagnosisReference", path, reading.notes)
        yield from _of_condition(reading, reading.claim, reference, f"{path}.diagnosisReference")


def _of_order(reading: Reading, order: Resource) -> Iterator[Diagnosis]:
    for path, concept in children(order.body, "reasonCode", order.name, reading.notes):
        yield Diagnosis(path, concept)
    for path, reference in children(order.body, "reasonReference", order.name, reading.notes):
        yield from _of_condition(reading, order, reference, path)


def _of_condition(reading: Reading, referrer: Resource, reference: JsonObject, where: str) -> Iterator[Diagnosis]:
    """The Condition meant, unless it is refuted or an error: verificationStatus is a modifier."""
    condition = follow(reading, referrer, reference, where, CONDITION)
    if condition is None:
        return
    status = child(condition.body, "verificationStatus", condition.name, reading.notes)
    for word in ("refuted", "entered-in-error"):
        if has_code(status, word):
            reading.notes.append(f"{where} refers to {condition.name}, which is {word}: left out")
            return
    concept = child(condition.body, "code", condition.name, reading.notes)
    yield Diagnosis(f"{condition.name}.code", concept, condition)


def _in_icd10cm(reading: Reading, diagnosis: Diagnosis, named: list[Coded]) -> list[Coded]:
    exact = [coded for coded in named if coded.is_in(ICD_10_CM)]
    if exact:
        return exact
    loose = [coded for coded in named if coded.is_in(ICD_10)]
    if loose:
        reading.notes.append(f"{diagnosis.where} is in WHO's ICD-10: it is read as ICD-10-CM")
        return loose
    reading.notes.append(f"{diagnosis.where} has no ICD-10-CM code{_instead(diagnosis, named)}")
    return []


def _instead(diagnosis: Diagnosis, named: list[Coded]) -> str:
    """What a diagnosis says instead of an ICD-10-CM code."""
    if named:
        words = ", ".join(f"{shown(coded.code)} of {shown(coded.system)}" for coded in named)
        return f" (it has {words})"
    words_only = text(diagnosis.concept, "text", diagnosis.where, [])
    return f" (only the words {shown(words_only)})" if words_only else ""
