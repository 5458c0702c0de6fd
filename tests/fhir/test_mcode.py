"""IMRT requests about the patients of mCODE and CodeX, built here around HL7's own resources."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Read = Callable[[object], Json]

PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/"
COURSE = "1217123003"  # SNOMED CT: radiotherapy course of treatment, the code of mCODE's profile

ANSWERS = {  # born, diagnoses, technique, intent, irradiated before: radiotherapy/INDEX.md, section 3
    "codexrt-101.json": ("1973-07-25", [], "3d-conformal", "curative", None),
    "codexrt-xrts-01-22b.json": ("1960-02-01", ["C61"], "imrt", "curative", None),
    "codexrt-xrts-02-22b.json": ("1960-02-02", ["C61"], None, "curative", None),
    "codexrt-xrts-04-22b.json": ("1980-03-04", [], "3d-conformal", "curative", None),
    "codexrt-xrts-06-22b.json": ("1980-11-01", ["C53.9"], "other", "curative", False),
    "codexrt-xrts-07-22b.json": ("1980-11-02", ["C53.9"], "other", "curative", None),
    "mcode-jenny-m.json": ("1965-01-01", ["C50.811"], None, "curative", None),
    "mcode-official-patient-bundle-jenny-m.json": (
        "1965-01-01",
        ["C50.811"],
        None,
        "curative",
        None,
    ),
    "mcode-lucy-child.json": ("2023-02-05", [], None, None, None),
}


def imrt_request(patient_bundle: Json) -> Json:
    """A PAS Bundle that asks for 77386, around the patient, Conditions and course that are given."""
    bodies = [entry["resource"] for entry in patient_bundle["entry"]]
    patient = next(body for body in bodies if body["resourceType"] == "Patient")
    conditions = [body for body in bodies if body["resourceType"] == "Condition"]
    order = course_order(bodies)
    claim: Json = {
        "resourceType": "Claim",
        "id": "request",
        "use": "preauthorization",
        "patient": {"reference": f"Patient/{patient['id']}"},
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/plan"}}],
        "item": [
            {
                "sequence": 1,
                "servicedDate": "2025-11-03",
                "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "77386"}]},
                "extension": [requested(order)] if order else [],
            }
        ],
    }
    coverage = {"resourceType": "Coverage", "id": "plan", "class": [{"value": "PLAN-7"}]}
    listed = [claim, patient, coverage, *conditions, *([order] if order else [])]
    entries = [
        {
            "fullUrl": f"http://example.org/fhir/{body['resourceType']}/{body['id']}",
            "resource": body,
        }
        for body in listed
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def requested(order: Json) -> Json:
    reference = {"reference": f"ServiceRequest/{order['id']}"}
    return {"url": f"{PAS}extension-requestedService", "valueReference": reference}


def course_order(bodies: list[Json]) -> Json | None:
    """The order of a course, or one that asks for what a course summary did (the same extensions)."""
    for name in ("ServiceRequest", "Procedure"):
        for body in bodies:
            codes = [coding["code"] for coding in body.get("code", {}).get("coding", [])]
            if body["resourceType"] == name and COURSE in codes:
                return copy.deepcopy(body) | {"resourceType": "ServiceRequest"}
    return None


def test_an_imrt_request_about_each_patient(patient_file: Path, load: Callable[[Path], Json], read: Read) -> None:
    request = read(imrt_request(load(patient_file)))
    (line,) = request["lines"]
    assert request["member"]["product"] == "ma-hmo"
    assert line["date_of_service"] == "2025-11-03"
    assert line["procedure_code"] == "77386"
    if patient_file.name in ANSWERS:
        born, diagnoses, technique, intent, before = ANSWERS[patient_file.name]
        assert request["member"]["member_birth_date"] == born
        assert line["diagnosis_codes"] == diagnoses
        assert line["technique"] == technique
        assert line["treatment_intent"] == intent
        assert line["previously_irradiated"] is before


def test_a_course_of_two_techniques_says_so(examples: Path, load: Callable[[Path], Json], read: Read) -> None:
    file = examples / "radiotherapy" / "mcode" / "codexrt-xrts-02-22b.json"
    (line,) = read(imrt_request(load(file)))["lines"]
    assert "technique: several values are given (3d-conformal, imrt): none is taken" in line["notes"]


def test_snomed_conditions_are_no_diagnoses_of_ours(examples: Path, load: Callable[[Path], Json], read: Read) -> None:
    file = examples / "radiotherapy" / "mcode" / "codexrt-101.json"
    (line,) = read(imrt_request(load(file)))["lines"]
    assert any("has no ICD-10-CM code (it has '254837009'" in note for note in line["notes"])


def test_the_shipped_guideline_reads_the_same(examples: Path, load: Callable[[Path], Json], read: Read) -> None:
    from isodose.fhir import request_from_bundle
    from isodose.guideline.content import shipped
    from isodose.guideline.load import load_or_raise

    shipped_facts = load_or_raise(shipped("imrt")).facts
    sources = {name for name in ("technique", "treatment_intent") if shipped_facts[name].fhir}
    assert sources == {"technique", "treatment_intent"}
    for name in ANSWERS:
        bundle = imrt_request(load(examples / "radiotherapy" / "mcode" / name))
        theirs: Json = request_from_bundle(bundle, shipped_facts, {})
        for fact in sources:
            assert theirs["lines"][0][fact] == read(bundle)["lines"][0][fact], (name, fact)
