"""Who the member is: number, birth date, and the plan's product."""

from collections.abc import Callable
from typing import Any

import pytest

from isodose.fhir import request_from_bundle

Json = dict[str, Any]
Read = Callable[[object], Json]
Build = Callable[..., Json]

V2 = "http://terminology.hl7.org/CodeSystem/v2-0203"


def identifier(value: str, code: str | None = None, system: str = "urn:x") -> Json:
    kind = {"type": {"coding": [{"system": V2, "code": code}]}} if code else {}
    return {"system": system, "value": value} | kind


def coverage(**parts: object) -> Json:
    return {"resourceType": "Coverage", "id": "coverage", **parts}


def patient(*identifiers: Json, **parts: object) -> Json:
    return {"resourceType": "Patient", "id": "patient", "identifier": list(identifiers), **parts}


@pytest.mark.parametrize(
    ("insured", "person", "expected"),
    [
        (coverage(subscriberId="S1"), patient(identifier("P1", "MB")), "S1"),
        (coverage(identifier=[identifier("C1", "MB")]), patient(identifier("P1", "MB")), "C1"),
        (coverage(), patient(identifier("P0"), identifier("P1", "MB")), "P1"),
        (coverage(), patient(identifier("P0"), identifier("P1")), "P0"),
        (coverage(), patient(identifier("MRN", "MR"), identifier("P1")), "P1"),
        (coverage(), patient(identifier("000-00-0000", "SS")), None),
        (coverage(), patient(identifier("0", system="http://hl7.org/fhir/sid/us-ssn")), None),
        (coverage(subscriberId=17), patient(), None),
    ],
)
def test_member_id(insured: Json, person: Json, expected: str | None, read: Read, pas_bundle: Build) -> None:
    bundle = pas_bundle(Coverage=insured, Patient=person)
    assert read(bundle)["member"]["member_id"] == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [("1955-03-14", "1955-03-14"), ("1955-03", "1955-03"), (1955, None), (None, None), (" ", None)],
)
def test_birth_date(born: object, expected: str | None, read: Read, pas_bundle: Build) -> None:
    assert read(pas_bundle(Patient=patient(birthDate=born)))["member"]["member_birth_date"] == expected


@pytest.mark.parametrize(
    ("parts", "product"),
    [
        ({"class": [{"value": "PLAN-7"}]}, "ma-hmo"),
        ({"class": [{"value": "x", "name": " plan-7 "}]}, "ma-hmo"),
        ({"type": {"coding": [{"code": "PLAN-7"}]}}, "ma-hmo"),
        ({"class": [{"value": "MA-HMO"}]}, "ma-hmo"),
        ({"class": [{"value": "ma-ppo"}]}, "ma-ppo"),
        ({"class": [{"value": "PLAN-7"}, {"value": "ma-ppo"}]}, None),
        ({"class": [{"value": "PLAN-8"}]}, None),
        ({"class": {"value": "PLAN-7"}}, None),
        ({}, None),
    ],
)
def test_product(parts: Json, product: str | None, facts: Any, pas_bundle: Build) -> None:
    bundle = pas_bundle(Coverage=coverage(subscriberId="S1", **parts))
    request: Json = request_from_bundle(bundle, facts, {"PLAN-7": "ma-hmo"}, {"ma-hmo", "ma-ppo"})
    assert request["member"]["product"] == product
    assert ("notes" in request["lines"][0]) == (product is None)


def test_an_unmapped_coverage_is_named_with_what_can_be_done(read: Read, pas_bundle: Build) -> None:
    (line,) = read(pas_bundle(Coverage=coverage(**{"class": [{"value": "PLAN-8"}]})))["lines"]
    (note,) = line["notes"]
    assert note.startswith("no product is known for Coverage/coverage ('PLAN-8'): the settings'")


def test_the_focal_coverage_counts(read: Read, pas_bundle: Build) -> None:
    insurance = [
        {"sequence": 1, "focal": False, "coverage": {"reference": "Coverage/other"}},
        {"sequence": 2, "focal": True, "coverage": {"reference": "Coverage/coverage"}},
    ]
    other = coverage(subscriberId="X") | {"id": "other"}
    assert read(pas_bundle(claim={"insurance": insurance}, other=other))["member"]["member_id"] == "M1"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ({}, "TRN-1"),
        ({"identifier": [{"system": "urn:x"}, {"value": "TRN-2"}]}, "TRN-2"),
        ({"identifier": None}, "claim"),
        ({"identifier": {"value": "TRN-1"}}, "claim"),
        ({"identifier": None, "id": 4}, None),
    ],
)
def test_request_id(claim: Json, expected: str | None, read: Read, pas_bundle: Build) -> None:
    assert read(pas_bundle(claim=claim))["request_id"] == expected
