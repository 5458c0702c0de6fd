"""Where the tests find Bundles: HL7's examples beside the repository, and a builder of their own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.shared_data import absent, needed, shared

from isodose.fhir import request_from_bundle
from isodose.guideline.facts import Fact
from isodose.guideline.facts_source import facts_from
from isodose.guideline.problem import Problem

HERE = Path(__file__).parent
PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/"
PRODUCTS = {"PLAN-7": "ma-hmo"}

Json = dict[str, Any]


@pytest.fixture(scope="session")
def examples() -> Path:
    return needed("fhir", "examples")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `pas_example` runs for each PAS file, and one with `patient_file` for each patient."""
    for name, pattern in (
        ("pas_example", "pas/*/*.json"),
        ("patient_file", "radiotherapy/mcode/*.json"),
    ):
        if name in metafunc.fixturenames:
            root = shared("fhir", "examples")
            files = sorted(root.glob(pattern)) if root else []
            metafunc.parametrize(
                name,
                files or [absent()],
                ids=lambda file: "/".join(file.parts[-2:]) if file else "absent",
            )


@pytest.fixture(scope="session")
def declared() -> Callable[[str], dict[str, Fact]]:
    """The facts that a facts.yaml of this text declares."""

    def facts(text: str) -> dict[str, Fact]:
        problems: list[Problem] = []
        found = facts_from(text, "facts.yaml", problems, set())
        assert problems == []
        return found

    return facts


@pytest.fixture(scope="session")
def facts(declared: Callable[[str], dict[str, Fact]]) -> dict[str, Fact]:
    return declared((HERE / "facts.yaml").read_text("utf-8"))


@pytest.fixture(scope="session")
def read(facts: dict[str, Fact]) -> Callable[[object], Json]:
    return lambda bundle: request_from_bundle(bundle, facts, PRODUCTS)


@pytest.fixture(scope="session")
def load() -> Callable[[Path], Json]:
    return lambda file: json.loads(file.read_text("utf-8"))


@pytest.fixture(scope="session")
def pas_bundle() -> Callable[..., Json]:
    """A small PAS request for one item; every part can be replaced, others can be added."""

    def build(
        item: Json | None = None,
        claim: Json | None = None,
        order: Json | None = None,
        **others: Json,
    ) -> Json:
        resources = {"Claim": _claim(item or {}) | (claim or {}), "Patient": _patient()}
        resources |= {"Coverage": _coverage(), "ServiceRequest": _order() | (order or {})}
        resources |= others
        entries = [
            {
                "fullUrl": f"https://ehr.example/fhir/{body['resourceType']}/{body['id']}",
                "resource": body,
            }
            for body in resources.values()
        ]
        return {"resourceType": "Bundle", "type": "collection", "entry": entries}

    return build


def _claim(item: Json) -> Json:
    first = {
        "sequence": 1,
        "extension": [requested("ServiceRequest/order")],
        "servicedDate": "2025-11-03",
        "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "77386"}]},
    }
    return {
        "resourceType": "Claim",
        "id": "claim",
        "identifier": [{"system": "urn:trnorg:9", "value": "TRN-1"}],
        "use": "preauthorization",
        "patient": {"reference": "Patient/patient"},
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/coverage"}}],
        "diagnosis": [icd(1, "C61")],
        "item": [{name: value for name, value in (first | item).items() if value is not None}],
    }


def requested(reference: str) -> Json:
    return {"url": f"{PAS}extension-requestedService", "valueReference": {"reference": reference}}


def icd(sequence: int, code: str, system: str = "http://hl7.org/fhir/sid/icd-10-cm") -> Json:
    concept = {"coding": [{"system": system, "code": code}]}
    return {"sequence": sequence, "diagnosisCodeableConcept": concept}


def _patient() -> Json:
    return {"resourceType": "Patient", "id": "patient", "birthDate": "1955-03-14", "gender": "male"}


def _coverage() -> Json:
    division = {"type": {"coding": [{"code": "plan"}]}, "value": "plan-7", "name": "Plan Seven"}
    return {"resourceType": "Coverage", "id": "coverage", "subscriberId": "M1", "class": [division]}


def _order() -> Json:
    return {"resourceType": "ServiceRequest", "id": "order", "status": "active", "intent": "order"}
