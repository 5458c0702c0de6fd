"""The request that ships as an example: of nobody, and complete as far as FHIR can say it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[2] / "examples" / "pas-bundle.json"
NPI = "http://hl7.org/fhir/sid/us-npi"

Json = dict[str, Any]


def test_it_is_read_without_a_note(facts: Any) -> None:
    from isodose.fhir import request_from_bundle

    bundle = json.loads(EXAMPLE.read_text("utf-8"))
    request: Json = request_from_bundle(bundle, facts, {}, {"ma-hmo"})
    assert request["request_id"] == "IMRT-2025-0001"
    assert request["member"] == {
        "member_id": "X0000000001",
        "member_birth_date": "1955-03-14",
        "product": "ma-hmo",
    }
    (line,) = request["lines"]
    expected = {
        "line": 1,
        "date_of_service": "2025-11-03",
        "procedure_code": "77386",
        "diagnosis_codes": ["C61"],
        "technique": "vmat",
        "treatment_intent": "curative",
    }
    assert {name: line[name] for name in expected} == expected
    assert "notes" not in line


def test_its_providers_have_numbers_that_nobody_can_have() -> None:
    """NPIs with a right check digit that start with 2: CMS issues those that start with 1."""
    numbers = list(national_provider_identifiers(json.loads(EXAMPLE.read_text("utf-8"))))
    assert len(numbers) == 3
    for number in numbers:
        assert number.startswith("2")
        assert luhn(f"80840{number}") % 10 == 0


def national_provider_identifiers(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("system") == NPI:
            yield value["value"]
        for part in value.values():
            yield from national_provider_identifiers(part)
    elif isinstance(value, list):
        for part in value:
            yield from national_provider_identifiers(part)


def luhn(digits: str) -> int:
    """The sum of the Luhn formula (ISO/IEC 7812-1 annex B), as the NPI uses it."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled)
