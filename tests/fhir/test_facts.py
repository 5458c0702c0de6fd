"""A guideline's facts, read where its facts.yaml says that FHIR holds them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from isodose.fhir import request_from_bundle
from isodose.fhir.paths import root_types

Json = dict[str, Any]
Read = Callable[[object], Json]
Build = Callable[..., Json]

SNOMED = "http://snomed.info/sct"
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-"
REIRRADIATION = (
    "http://hl7.org/fhir/us/codex-radiation-therapy/StructureDefinition/"
    "codexrt-radiotherapy-course-involves-reirradiation"
)
PHOTONS, ELECTRONS, PROTONS, SEEDS = "1156506007", "45643008", "10611004", "169359004"
IMRT, VMAT, THREE_D, SPOT_SCANNING = "441799006", "1156530009", "1162782007", "1156528007"


def snomed(code: str) -> Json:
    return {"coding": [{"system": SNOMED, "code": code}]}


def beam(modality: str | None, technique: str | None) -> Json:
    parts = [("modality", modality), ("technique", technique)]
    return {
        "url": f"{MCODE}radiotherapy-modality-and-technique",
        "extension": [
            {"url": f"{MCODE}radiotherapy-{part}", "valueCodeableConcept": snomed(code)} for part, code in parts if code
        ],
    }


def intent(value: Json) -> Json:
    return {"url": f"{MCODE}procedure-intent", "valueCodeableConcept": value}


@pytest.fixture
def ordered(read: Read, pas_bundle: Build) -> Build:
    """The line of a request whose order has these extensions."""

    def line(*extensions: object, **others: Json) -> Json:
        one = read(pas_bundle(order={"extension": list(extensions)}, **others))["lines"][0]
        assert isinstance(one, dict)
        return one

    return line


@pytest.mark.parametrize(
    ("beams", "expected"),
    [
        ([(PHOTONS, IMRT)], "imrt"),
        ([(PHOTONS, VMAT)], "vmat"),
        ([(None, VMAT)], "vmat"),
        ([(PHOTONS, THREE_D), (ELECTRONS, THREE_D)], "3d-conformal"),
        ([(PROTONS, SPOT_SCANNING)], "proton"),
        ([(SEEDS, None)], "other"),
        ([(PHOTONS, THREE_D), (PHOTONS, IMRT)], None),
        ([(PHOTONS, IMRT), (PROTONS, SPOT_SCANNING)], None),
        ([(PHOTONS, "1163157007")], None),
        ([(PHOTONS, IMRT), (PHOTONS, "1163157007")], None),
        ([(None, SPOT_SCANNING)], None),
    ],
)
def test_technique(beams: list[tuple[str | None, str | None]], expected: str | None, ordered: Build) -> None:
    line = ordered(*(beam(*one) for one in beams))
    assert line["technique"] == expected
    assert any(note.startswith("technique:") for note in line.get("notes", [])) == (expected is None)


@pytest.mark.parametrize(
    ("value", "expected", "note"),
    [
        (snomed("373808002"), "curative", None),
        (snomed("373846009"), "curative", None),
        (snomed("363676003"), "palliative", None),
        (
            {"coding": [{"system": "urn:local", "code": "C"}, *snomed("373808002")["coding"]]},
            "curative",
            None,
        ),
        (snomed("399707004"), None, "the code 'http://snomed.info/sct|399707004', which is not"),
        ({"coding": [{"system": "urn:other", "code": "373808002"}]}, None, "urn:other|373808002"),
        ({"text": "cure"}, None, "only the words 'cure'"),
        (
            {"coding": [*snomed("373808002")["coding"], *snomed("363676003")["coding"]]},
            None,
            "the code",
        ),
    ],
)
def test_intent(value: Json, expected: str | None, note: str | None, ordered: Build) -> None:
    line = ordered(intent(value))
    assert line["treatment_intent"] == expected
    notes = [words for words in line.get("notes", []) if words.startswith("treatment_intent:")]
    assert note in notes[0] if note else notes == []


def test_two_intents_are_none(ordered: Build) -> None:
    line = ordered(intent(snomed("373808002")), intent(snomed("363676003")))
    assert line["treatment_intent"] is None
    assert "treatment_intent: several values are given (curative, palliative): none is taken" in line["notes"]


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        ([{"url": REIRRADIATION, "valueBoolean": True}], True),
        ([{"url": REIRRADIATION, "valueBoolean": False}], False),
        ([{"url": REIRRADIATION, "valueString": "maybe"}], None),
        ([], None),
    ],
)
def test_yes_no_stays_a_boolean_and_silence_is_not_no(extensions: list[Json], expected: object, ordered: Build) -> None:
    assert ordered(*extensions)["previously_irradiated"] is expected


def test_a_plain_fhir_code_is_taken_as_it_is_written(ordered: Build) -> None:
    assert ordered()["administrative_sex"] == "male"


def observation(identity: str, code: str, **value: object) -> Json:
    return {
        "resourceType": "Observation",
        "id": identity,
        "code": {"coding": [{"code": code}]},
        **value,
    }


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ({"value": 31.5, "unit": "kg/m2"}, 31.5),
        ({"value": 31, "code": "kg/m2"}, 31),
        ({"value": Decimal("31.50"), "code": "kg/m2"}, 31.5),
        ({"value": 31, "unit": "lb/in2"}, None),
        ({"value": True, "code": "kg/m2"}, None),
        ({"value": float("nan"), "code": "kg/m2"}, None),
        ({"value": Decimal("1e999999"), "code": "kg/m2"}, None),
        ({"code": "kg/m2"}, None),
    ],
)
def test_numbers_come_in_the_unit_of_the_fact(quantity: Json, expected: float | None, ordered: Build) -> None:
    support = [{"sequence": 1, "valueReference": {"reference": "Observation/bmi"}}]
    bmi = observation("bmi", "39156-5", valueQuantity=quantity)
    line = ordered(claim={"supportingInfo": support}, bmi=bmi)
    assert line["bmi"] == expected


@pytest.mark.parametrize(
    "value",
    [{"valueCodeableConcept": snomed("405746006")}, {"valueString": "yes"}, {"valueInteger": 1}],
)
def test_what_a_guideline_does_not_map_is_unknown(value: Json, ordered: Build) -> None:
    smoking = observation("smoking", "72166-2", **value)
    support = [{"sequence": 1, "valueReference": {"reference": "Observation/smoking"}}]
    line = ordered(claim={"supportingInfo": support}, smoking=smoking)
    assert line["smoker"] is None
    assert any(note.startswith("smoker: Observation/smoking has") for note in line["notes"])


def test_supporting_information_that_was_cancelled_is_not_read(ordered: Build) -> None:
    smoking = observation("smoking", "72166-2", valueCodeableConcept=snomed("77176002"))
    flag = {
        "url": "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/modifierextension-infoCancelled",
        "valueBoolean": True,
    }
    support = [
        {
            "sequence": 1,
            "modifierExtension": [flag],
            "valueReference": {"reference": "Observation/smoking"},
        }
    ]
    assert ordered(claim={"supportingInfo": support}, smoking=smoking)["smoker"] is None


def test_an_order_may_have_support_of_its_own(read: Read, pas_bundle: Build) -> None:
    smoking = observation("smoking", "72166-2", valueCodeableConcept=snomed("8392000"))
    order = {"supportingInfo": [{"reference": "Observation/smoking"}]}
    (line,) = read(pas_bundle(order=order, smoking=smoking))["lines"]
    assert line["smoker"] is False


def test_other_orders_are_not_read(read: Read, pas_bundle: Build) -> None:
    """An earlier order may be offered in support; its technique is not that of the one requested."""
    earlier = {
        "resourceType": "ServiceRequest",
        "id": "earlier",
        "extension": [beam(PHOTONS, THREE_D)],
    }
    support = [{"sequence": 1, "valueReference": {"reference": "ServiceRequest/earlier"}}]
    bundle = pas_bundle(claim={"supportingInfo": support}, earlier=earlier)
    assert read(bundle)["lines"][0]["technique"] is None
    bundle["entry"][0]["resource"]["item"][0]["extension"] = []
    (line,) = read(bundle)["lines"]
    assert line["technique"] is None
    assert line["notes"] == ["Claim.item[0] names no order: those in the Bundle are not guessed at"]


def test_codes_of_supporting_information_can_say_yes(ordered: Build) -> None:
    smoking = observation("smoking", "72166-2", valueCodeableConcept=snomed("77176002"))
    support = [{"sequence": 1, "valueReference": {"reference": "Observation/smoking"}}]
    assert ordered(claim={"supportingInfo": support}, smoking=smoking)["smoker"] is True
    assert ordered(smoking=smoking)["smoker"] is None  # in the Bundle, but not offered in support


def test_dates_of_the_conditions_named(ordered: Build) -> None:
    stated = [{"sequence": 1, "diagnosisReference": {"reference": "Condition/c"}}]
    found = {"resourceType": "Condition", "id": "c", "onsetDateTime": "2025-08-01T10:00:00Z"}
    assert ordered(claim={"diagnosis": stated}, found=found)["onset"] == "2025-08-01"


def test_a_path_that_fails_is_a_note(pas_bundle: Build, declared: Build) -> None:
    """The library knows no resolve(); what it raises stays inside."""
    sex = """
sex:
  type: choice
  values: {male: male, female: female}
  title: Sex
  question: Which sex?
  fhir: {path: ServiceRequest.subject.resolve().gender}
"""
    bundle = pas_bundle(order={"subject": {"reference": "Patient/patient"}})
    request: Json = request_from_bundle(bundle, declared(sex), {})
    (line,) = request["lines"]
    assert line["sex"] is None
    assert "sex: ServiceRequest/order has what its FHIRPath fails on" in line["notes"][-1]


def test_the_types_that_a_path_starts_at() -> None:
    assert root_types("ServiceRequest.status | Patient.gender") == {"ServiceRequest", "Patient"}
    assert root_types("Patient.name.where(use = 'Observation.x').exists()") == {"Patient"}
    assert root_types("Condition.onset.ofType(dateTime)") == {"Condition"}
