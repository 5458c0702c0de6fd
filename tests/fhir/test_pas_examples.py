"""HL7's and Inferno's PAS files: each request is read, everything else says what it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isodose.determination.case import Coding
from isodose.fhir import NotARequestError

Json = dict[str, Any]

NO_REQUEST = {  # by a part of the file's name
    "nquir": "an inquiry",
    "OperationResponse": "Parameters that hold no request",
    "sub-": "a Subscription",
    "ubscription.json": "a Subscription",
    "SubscriptionExample": "a Subscription",
    "otification": "a notification",
    "ResponseBundle": "a PAS response",
    "valid-pa-response": "a PAS response",
}
CONSULTATION = Coding("https://codesystem.x12.org/005010/1365", "3")
ITEMS: dict[str, list[tuple[object, ...]]] = {  # line, date, code, diagnoses
    "2.2.1/submit-approval.json": [
        (1, "2016-08-09", CONSULTATION, ["G89.4"]),
        (2, "2016-08-10", CONSULTATION, ["G89.4"]),
    ],
    "2.2.1/ig-Bundle-HomecareAuthorizationUpdateBundleExample.json": [
        (1, None, "G0154", []),
        (3, None, "B4185", []),
    ],
    "2.0.1/submit-must-support-2-preset.json": [(1, "2016-08-09", CONSULTATION, ["G89.4"])],
    "legacy-ri/03-claim-dtr-1-20.json": [(1, None, None, ["J44.9", "R09.02", "E11.21"])],
    "legacy-ri/07-claim-post-submit-diff-items.json": [
        (1, None, "J7505", []),
        (2, None, "E0250", []),
    ],
}


def what_it_is(file: Path) -> str | None:
    """What is no request, by its name; the inquiries' responses before the inquiries."""
    parts = sorted(NO_REQUEST, key=lambda part: part == "nquir")
    return next((NO_REQUEST[part] for part in parts if part in file.name), None)


def test_each_request_is_read_and_nothing_else(
    pas_example: Path, load: Callable[[Path], Json], read: Callable[[object], Json]
) -> None:
    bundle, other = load(pas_example), what_it_is(pas_example)
    if other is None:
        request = read(bundle)
        assert request["lines"]
        assert set(request) == {"request_id", "member", "lines", "judgements", "disputes"}
        assert set(request["member"]) == {"member_id", "member_birth_date", "product"}
    else:
        with pytest.raises(NotARequestError, match=other):
            read(bundle)


@pytest.mark.parametrize("name", ITEMS)
def test_items_are_lines(
    name: str, examples: Path, load: Callable[[Path], Json], read: Callable[[object], Json]
) -> None:
    lines = read(load(examples / "pas" / name))["lines"]
    columns = ("line", "date_of_service", "procedure_code", "diagnosis_codes")
    assert [tuple(line[column] for column in columns) for line in lines] == ITEMS[name]


def test_an_unresolved_reference_is_named(
    examples: Path, load: Callable[[Path], Json], read: Callable[[object], Json]
) -> None:
    file = examples / "pas" / "1.1" / "missing-referenced-resource-request-bundle.json"
    (line,) = read(load(file))["lines"]
    assert any("'Practitioner/ReferralPractitionerExample'" in note for note in line["notes"])


def test_a_coverage_is_a_product_by_the_settings_map(examples: Path, load: Callable[[Path], Json], facts: Any) -> None:
    from isodose.fhir import request_from_bundle

    bundle = load(examples / "pas" / "2.2.1" / "submit-approval.json")
    for name in ("PLAN-001", "premier plan", "GRP-001", "EHCPOL"):
        assert request_from_bundle(bundle, facts, {name: "ma-ppo"})["member"]["product"] == "ma-ppo"  # type: ignore[index]


def test_bills_are_no_requests(examples: Path, load: Callable[[Path], Json], read: Callable[[object], Json]) -> None:
    file = examples / "radiotherapy" / "synthea" / "breast_ebrt_4207177b.json"
    with pytest.raises(NotARequestError, match="for the use 'claim'"):
        read(load(file))
