"""One item of a Claim as a service line: date, procedure code, diagnoses, references, notes."""

from collections.abc import Callable
from typing import Any

import pytest

from isodose.determination.case import REQUEST_COLUMNS, Coding
from isodose.determination.request import MEMBER
from isodose.determination.validity import NEEDED
from isodose.fhir.request import READ_WITHOUT_A_FACT

Json = dict[str, Any]
Read = Callable[[object], Json]
Build = Callable[..., Json]

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
SNOMED = "http://snomed.info/sct"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/"


@pytest.fixture
def line(read: Read, pas_bundle: Build) -> Build:
    """The only line of a request that is built from these parts."""

    def only(**parts: Json) -> Json:
        (one,) = read(pas_bundle(**parts))["lines"]
        assert isinstance(one, dict)
        return one

    return only


def concept(*codings: tuple[str | None, str]) -> Json:
    return {"coding": [{"system": system, "code": code} for system, code in codings]}


def condition(identity: str, *codings: tuple[str | None, str], **others: Json) -> Json:
    return {"resourceType": "Condition", "id": identity, "code": concept(*codings), **others}


def test_what_is_read_from_the_claim_itself_is_what_every_request_has() -> None:
    assert {*REQUEST_COLUMNS, *MEMBER, *NEEDED, "diagnosis_codes", "notes"} == READ_WITHOUT_A_FACT


def test_a_plain_request_needs_no_note(line: Build) -> None:
    assert "notes" not in line()


@pytest.mark.parametrize(
    ("item", "billable", "expected"),
    [
        ({"servicedDate": "2025-11-03"}, "2025-01-01", "2025-11-03"),
        ({"servicedDate": "2025-11-03T23:30:00-05:00"}, None, "2025-11-03"),
        ({"servicedDate": "2025-11"}, None, "2025-11"),
        ({"servicedDate": "soon"}, None, "soon"),
        ({"servicedDate": None, "servicedPeriod": {"start": "2025-11-04"}}, None, "2025-11-04"),
        ({"servicedDate": None, "servicedPeriod": {"end": "2025-12"}}, "2025-11-05", "2025-11-05"),
        ({"servicedDate": None}, "2025-11-05", "2025-11-05"),
        ({"servicedDate": None}, None, None),
        ({"servicedDate": 20251103}, "2025-11-05", None),
        ({"servicedDate": None, "servicedPeriod": "2025"}, "2025-11-05", None),
    ],
)
def test_date_of_service(item: Json, billable: str | None, expected: str | None, line: Build) -> None:
    period = {"billablePeriod": {"start": billable}} if billable else {}
    claim = {"item": [_item(item)]} | period
    assert line(claim=claim)["date_of_service"] == expected


def _item(changes: Json) -> Json:
    product = concept((CPT, "77386"))
    item = {"sequence": 1, "productOrService": product} | changes
    return {name: value for name, value in item.items() if value is not None}


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        (concept((CPT, "77386")), "77386"),
        (concept((HCPCS, "G6015")), "G6015"),
        (concept(("https://www.cms.gov/medicare/coding/hcpcsreleasecodesets/", "G6015")), "G6015"),
        (concept(("urn:oid:2.16.840.1.113883.6.285", "G6015")), "G6015"),
        (concept(("urn:oid:2.16.840.1.113883.6.12", "77385")), "77385"),
        (concept((SNOMED, "1217123003"), (CPT, "77386")), "77386"),
        (concept((SNOMED, "1217123003")), Coding(SNOMED, "1217123003")),
        (concept((None, "77386")), None),
        (
            concept(("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable")),
            None,
        ),
        ({"text": "IMRT"}, None),
        (None, None),
        ([], None),
        ({"coding": {"system": CPT, "code": "77386"}}, None),
        ({"coding": [{"system": CPT, "code": 77386}]}, None),
    ],
)
def test_procedure_code(product: object, expected: object, line: Build) -> None:
    one = line(item={"productOrService": product})
    assert one["procedure_code"] == expected
    assert isinstance(one["procedure_code"], Coding) == isinstance(expected, Coding)
    assert bool(one.get("notes")) == (expected is None and product is not None)


def test_what_an_item_asks_beside_its_code_is_noted(line: Build) -> None:
    end = {
        "url": f"{PAS}extension-productOrServiceCodeEnd",
        "valueCodeableConcept": concept((CPT, "77387")),
    }
    odd = {"url": "https://ehr.example/never"}
    order = {
        "url": f"{PAS}extension-requestedService",
        "valueReference": {"reference": "ServiceRequest/order"},
    }
    item = {"extension": [order, end], "modifierExtension": [odd], "detail": [{"sequence": 1}]}
    notes = "\n".join(line(item=item)["notes"])
    assert "up to '77387'" in notes
    assert "'https://ehr.example/never'" in notes
    assert "Claim.item[0].detail is not read" in notes


@pytest.mark.parametrize(
    ("pointers", "expected"),
    [
        (None, ["C61", "C79.51"]),
        ([], ["C61", "C79.51"]),
        ([2], ["C79.51"]),
        ([2, 2, 1], ["C79.51", "C61"]),
        ([7], []),
        ("2", []),
    ],
)
def test_diagnoses_that_an_item_names(pointers: object, expected: list[str], line: Build) -> None:
    stated = [
        {"sequence": n, "diagnosisCodeableConcept": concept((ICD10CM, code))}
        for n, code in enumerate(("C61", "C79.51"), 1)
    ]
    item = _item({"servicedDate": "2025-11-03", "diagnosisSequence": pointers})
    one = line(claim={"diagnosis": stated, "item": [item]}, order={"id": "elsewhere"})
    assert one["diagnosis_codes"] == expected


def test_diagnoses_of_conditions_and_of_the_order(line: Build) -> None:
    stated = [
        {"sequence": 1, "diagnosisReference": {"reference": "Condition/one"}},
        {"sequence": 2, "diagnosisReference": {"reference": "Condition/refuted"}},
        {"sequence": 3, "diagnosisReference": {"reference": "Condition/clinical"}},
    ]
    order = {
        "reasonCode": [
            concept((ICD10CM, "C61")),
            concept(("urn:oid:2.16.840.1.113883.6.90", "C77.5")),
        ],
        "reasonReference": [{"reference": "Condition/two"}, {"reference": "Condition/gone"}],
    }
    refuted = {"coding": [{"code": "refuted"}]}
    one = line(
        claim={"diagnosis": stated},
        order=order,
        one=condition("one", (SNOMED, "399068003"), (ICD10CM, "C61")),
        two=condition("two", ("http://hl7.org/fhir/sid/icd-10", "C79.51")),
        refuted=condition("refuted", (ICD10CM, "C50.911"), verificationStatus=refuted),
        clinical=condition("clinical", (SNOMED, "254837009")),
    )
    assert one["diagnosis_codes"] == ["C61", "C77.5", "C79.51"]
    notes = "\n".join(one["notes"])
    assert "Condition/refuted, which is refuted" in notes
    assert "Condition/clinical.code has no ICD-10-CM code (it has '254837009'" in notes
    assert "Condition/two.code is in WHO's ICD-10" in notes
    assert "'Condition/gone', which the Bundle does not hold" in notes


@pytest.mark.parametrize(
    ("full_url", "reference"),
    [
        ("https://ehr.example/fhir/Condition/c", "Condition/c"),
        ("https://ehr.example/fhir/Condition/c", "Condition/c/_history/2"),
        ("https://ehr.example/fhir/Condition/c", "https://ehr.example/fhir/Condition/c"),
        (
            "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0",
            "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0",
        ),
        ("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "Condition/c"),
        ("", "Condition/c"),
        (None, "#c"),
    ],
)
def test_references_lead_to_resources(full_url: str | None, reference: str, read: Read, pas_bundle: Build) -> None:
    bundle = pas_bundle(claim={"diagnosis": [{"sequence": 1, "diagnosisReference": {"reference": reference}}]})
    body = condition("c", (ICD10CM, "C61"))
    if full_url is None:
        bundle["entry"][0]["resource"]["contained"] = [body]
    else:
        bundle["entry"].append({"fullUrl": full_url, "resource": body})
    (line,) = read(bundle)["lines"]
    assert line["diagnosis_codes"] == ["C61"]
    assert "notes" not in line


@pytest.mark.parametrize(
    "reference",
    [
        "https://elsewhere.example/fhir/Condition/c",
        "urn:uuid:1",
        "Condition/d",
        "c",
        "#c",
        "#",
        "Patient/patient",
    ],
)
def test_references_that_lead_nowhere_are_notes(reference: str, read: Read, pas_bundle: Build) -> None:
    stated = [{"sequence": 1, "diagnosisReference": {"reference": reference}}]
    body = condition("c", (ICD10CM, "C61"))
    (line,) = read(pas_bundle(claim={"diagnosis": stated}, condition=body))["lines"]
    assert line["diagnosis_codes"] == []
    assert any(f"refers to '{reference}'" in note for note in line["notes"])


def test_a_server_relative_reference_is_of_the_same_server(read: Read, pas_bundle: Build) -> None:
    bundle = pas_bundle(claim={"diagnosis": [{"sequence": 1, "diagnosisReference": {"reference": "Condition/c"}}]})
    for server, code in (
        ("https://other.example/", "C50.911"),
        ("https://ehr.example/fhir/", "C61"),
    ):
        bundle["entry"].append({"fullUrl": f"{server}Condition/c", "resource": condition("c", (ICD10CM, code))})
    assert read(bundle)["lines"][0]["diagnosis_codes"] == ["C61"]


def test_an_order_that_forbids_or_was_taken_back_is_not_read(line: Build) -> None:
    reason = {"reasonCode": [concept((ICD10CM, "C77.5"))]}
    assert line(order=reason)["diagnosis_codes"] == ["C61", "C77.5"]
    for order in ({"status": "revoked"}, {"status": "entered-in-error"}, {"doNotPerform": True}):
        one = line(order=order | reason)
        assert one["diagnosis_codes"] == ["C61"]
        assert any("the order ServiceRequest/order" in note for note in one["notes"])


def test_what_is_of_another_patient_is_not_read(read: Read, pas_bundle: Build) -> None:
    other = {"resourceType": "Patient", "id": "other"}
    foreign = condition("c", (ICD10CM, "C50.911"), subject={"reference": "Patient/other"})
    stated = [{"sequence": 1, "diagnosisReference": {"reference": "Condition/c"}}]
    order = {"reasonCode": [concept((ICD10CM, "C77.5"))], "subject": {"reference": "Patient/other"}}
    bundle = pas_bundle(claim={"diagnosis": stated}, order=order, other=other, foreign=foreign)
    (line,) = read(bundle)["lines"]
    assert line["diagnosis_codes"] == []
    assert sum("which is of another patient" in note for note in line["notes"]) == 2


def test_a_claim_of_nobody_under_no_coverage(read: Read, pas_bundle: Build) -> None:
    request = read(pas_bundle(claim={"patient": None, "insurance": []}))
    assert set(request["member"].values()) == {None}
    assert request["lines"][0]["notes"] == [
        "the Claim names no patient: the member is not known",
        "the Claim names no coverage: the product is not known",
    ]


def test_a_reference_by_identifier_alone_is_not_followed(line: Build) -> None:
    stated = [{"sequence": 1, "diagnosisReference": {"identifier": {"value": "1"}}}]
    (note,) = line(claim={"diagnosis": stated})["notes"]
    assert "has no literal reference" in note


def test_of_two_entries_with_one_address_the_first_counts(read: Read, pas_bundle: Build) -> None:
    bundle = pas_bundle()
    twin = {**bundle["entry"][1], "resource": {"resourceType": "Patient", "id": "patient"}}
    request = read(bundle | {"entry": [*bundle["entry"], twin]})
    assert request["member"]["member_birth_date"] == "1955-03-14"
    assert "repeats the fullUrl" in request["lines"][0]["notes"][0]


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"servicedDate": 7}, "Claim.item[0].servicedDate should be a string and is a number: it is not read"),
        ({"diagnosisSequence": [4]}, "Claim.item[0].diagnosisSequence names 4: no Claim.diagnosis is that"),
        ({"diagnosisSequence": "4"}, "Claim.item[0].diagnosisSequence names a string: no Claim.diagnosis is that"),
        ({"extension": {}}, "Claim.item[0].extension should be a list and is an object: it is not read"),
        ({"extension": [3]}, "Claim.item[0].extension[0] should be an object and is a number: it is not read"),
        (
            {"productOrService": True},
            "Claim.item[0].productOrService should be an object and is true or false: it is not read",
        ),
        ({"sequence": "1"}, "Claim.item[0] has no sequence of its own: it is line 1"),
        (
            {"productOrService": concept((HCPCS, "G6015"), (CPT, "77385"))},
            "Claim.item[0].productOrService has several codes: G6015 is read",
        ),
    ],
)
def test_what_is_odd_is_said_with_its_place(changes: Json, note: str, line: Build) -> None:
    assert note in line(item=changes)["notes"]


def test_what_is_no_resource_and_what_was_cancelled_is_said(read: Read, pas_bundle: Build) -> None:
    flag = {"url": f"{PAS}modifierextension-infoCancelled", "valueBoolean": True}
    bundle = pas_bundle(claim={"item": [_item({}), _item({"sequence": 2, "modifierExtension": [flag]})]})
    bundle["entry"].append({"fullUrl": "urn:uuid:1"})
    (line,) = read(bundle)["lines"]
    assert "Bundle.entry[4] holds no resource with a resourceType: it is not read" in line["notes"]
    assert "Claim.item[1] is cancelled: it is no line of this request" in line["notes"]


def test_without_any_order_in_the_bundle_none_is_missed(read: Read, pas_bundle: Build) -> None:
    bundle = pas_bundle(claim={"item": [_item({})]})
    assert read(bundle)["lines"][0]["notes"] == ["Claim.item[0] names no order: those in the Bundle are not guessed at"]
    bundle["entry"] = [entry for entry in bundle["entry"] if "ServiceRequest" not in entry["fullUrl"]]
    assert "notes" not in read(bundle)["lines"][0]


def test_lines_are_numbered_by_sequence(read: Read, pas_bundle: Build) -> None:
    items = [_item({"sequence": sequence}) for sequence in (3, None, 3, True)]
    lines = read(pas_bundle(claim={"item": items}))["lines"]
    assert [line["line"] for line in lines] == [3, 4, 5, 6]


@pytest.mark.parametrize("items", [None, [], {}, "77386", [3, None]])
def test_a_claim_without_items_is_one_line_that_asks_for_nothing(items: object, line: Build) -> None:
    one = line(claim={"item": items})
    assert one["line"] == 1
    assert one["procedure_code"] is None
    assert any("asks for no service" in note for note in one["notes"])
