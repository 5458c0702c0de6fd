"""What is no request is told from one by what it is, not by what is wrong with it."""

from collections.abc import Callable
from typing import Any

import pytest

from isodose.fhir import NotARequestError

Json = dict[str, Any]
PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/"
CANCEL = {"coding": [{"system": "https://codesystem.x12.org/005010/1322", "code": "3"}]}
CANCELLED = {"url": f"{PAS}modifierextension-infoCancelled", "valueBoolean": True}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "this is null, not a FHIR Bundle"),
        ([{"resourceType": "Bundle"}], "this is a list, not a FHIR Bundle"),
        ("Bundle", "this is a string"),
        (True, "this is true or false"),
        (3, "this is a number"),
        ({}, "no resourceType"),
        ({"resourceType": ["Bundle"]}, "no resourceType"),
        ({"resourceType": "Claim"}, "a Claim without its Bundle"),
        ({"resourceType": "ClaimResponse"}, "a PAS response without its Bundle"),
        ({"resourceType": "Subscription"}, "a Subscription"),
        ({"resourceType": "OperationOutcome"}, "an OperationOutcome"),
        ({"resourceType": "Patient"}, "a single resource of the type 'Patient'"),
        ({"resourceType": "Parameters", "parameter": [{"name": "return"}]}, "hold no request"),
        ({"resourceType": "Bundle"}, "a collection of 0 resources without a Claim"),
        ({"resourceType": "Bundle", "type": "searchset", "entry": [{}, 3]}, "a searchset of 0"),
        (
            {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]},
            "a collection of 1 resource without a Claim",
        ),
        ({"resourceType": "Bundle", "type": "history"}, "a notification"),
    ],
)
def test_no_bundle_with_a_claim(value: object, words: str, read: Callable[[object], Json]) -> None:
    with pytest.raises(NotARequestError, match=words) as caught:
        read(value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"use": "claim"}, "Claim/claim for the use 'claim'"),
        ({"use": "predetermination"}, "for the use 'predetermination'"),
        ({"status": "entered-in-error"}, "took back"),
        ({"status": "cancelled"}, "took back"),
        ({"meta": {"profile": [f"{PAS}profile-claim-inquiry|2.2.1"]}}, "an inquiry"),
        (
            {"extension": [{"url": f"{PAS}extension-certificationType", "valueCodeableConcept": CANCEL}]},
            "a cancellation",
        ),
        ({"item": [{"sequence": 1, "modifierExtension": [CANCELLED]}]}, "a cancellation"),
    ],
)
def test_a_claim_that_asks_for_nothing(
    claim: Json, words: str, read: Callable[[object], Json], pas_bundle: Callable[..., Json]
) -> None:
    with pytest.raises(NotARequestError, match=words):
        read(pas_bundle(claim=claim))


def test_an_inquiry_that_claims_to_be_a_request(
    read: Callable[[object], Json], pas_bundle: Callable[..., Json]
) -> None:
    asks = {"url": f"{PAS}extension-reviewActionCode", "valueCodeableConcept": {}}
    bundle = pas_bundle(item={"extension": [asks]})
    bundle["meta"] = {"profile": [f"{PAS}profile-pas-request-bundle"]}
    with pytest.raises(NotARequestError, match="an inquiry"):
        read(bundle)


def test_a_response_that_holds_the_claim_it_answers(
    read: Callable[[object], Json], pas_bundle: Callable[..., Json]
) -> None:
    bundle = pas_bundle()
    answer = {"resource": {"resourceType": "ClaimResponse", "id": "answer"}}
    read(bundle | {"entry": [*bundle["entry"], answer]})
    with pytest.raises(NotARequestError, match="ClaimResponse/answer"):
        read(bundle | {"entry": [answer, *bundle["entry"]]})


def test_parameters_of_submit_are_opened(read: Callable[[object], Json], pas_bundle: Callable[..., Json]) -> None:
    bundle = pas_bundle()
    inside = [{"name": "resource", "resource": bundle}]
    assert read({"resourceType": "Parameters", "parameter": inside}) == read(bundle)
