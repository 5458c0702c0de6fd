"""Whether something is a prior authorization request, and if not, what it is.

Much that travels beside requests looks like one: an inquiry is a Bundle that starts with a Claim
too, a response may hold the Claim that it answers, and a bill is a Claim for something done. A
thing that is not a request is never determined; the sender is told what it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from isodose.fhir.pas import INQUIRY_PROFILES, asks_about_a_decision, is_cancelled, profiles
from isodose.fhir.resources import Resource, Resources
from isodose.fhir.shape import JsonObject, children, kind, shown


class NotARequestError(ValueError):
    """What was read is no PAS request. The message is one sentence that says what it is."""


_BY_ITSELF = {
    "Claim": "a Claim without its Bundle: a PAS request is a Bundle that starts with the Claim",
    "ClaimResponse": "a PAS response without its Bundle (a ClaimResponse)",
    "Subscription": "a Subscription: it asks for notifications, not for a service",
    "OperationOutcome": "an OperationOutcome: a server's account of what went wrong",
    "QuestionnaireResponse": "a QuestionnaireResponse: answers that belong to a request",
    "Parameters": "Parameters that hold no request Bundle",
}


def request_bundle(value: object) -> JsonObject:
    """The Bundle in which the request would be; ``Parameters`` of ``$submit`` are opened.

    OperationDefinition Claim-submit: the one input parameter is ``resource``, a Bundle.
    """
    if not isinstance(value, Mapping):
        raise NotARequestError(f"this is {kind(value)}, not a FHIR Bundle")
    if value.get("resourceType") == "Parameters":
        for _, parameter in children(value, "parameter", "", []):
            inside = parameter.get("resource")
            if parameter.get("name") == "resource" and isinstance(inside, Mapping):
                return _bundle(inside)
    return _bundle(value)


def _bundle(value: JsonObject) -> JsonObject:
    name = value.get("resourceType")
    if name == "Bundle":
        return value
    if not isinstance(name, str) or not name.strip():
        raise NotARequestError("this JSON has no resourceType: it is not a FHIR Bundle")
    raise NotARequestError(f"this is {_BY_ITSELF.get(name, _other(name))}")


def requesting_claim(bundle: JsonObject, resources: Resources) -> Resource:
    """The Claim that asks: the first one (PAS 2.2.1 specification, spec-12)."""
    _refuse_notification(bundle)
    for resource in resources.listed:
        if resource.type == "ClaimResponse":
            raise NotARequestError(f"this Bundle is a PAS response ({resource.name}): no request")
        if resource.type == "Claim":
            _refuse_other_claim(bundle, resource)
            return resource
    raise NotARequestError(f"this Bundle is {_collection(bundle, resources)} without a Claim")


def _refuse_notification(bundle: JsonObject) -> None:
    if bundle.get("type") in ("history", "subscription-notification"):
        raise NotARequestError("this Bundle is a notification to a subscriber, not a request")


def _refuse_other_claim(bundle: JsonObject, claim: Resource) -> None:
    """The use tells a request from a bill; only profiles and extensions tell it from an inquiry."""
    items = [item for _, item in children(claim.body, "item", "", [])]
    claimed = profiles(bundle) | profiles(claim.body)
    use, status = claim.body.get("use"), claim.body.get("status")
    if claimed & INQUIRY_PROFILES or any(map(asks_about_a_decision, items)):
        reason = "is an inquiry ($inquire) about earlier requests, not a request"
    elif isinstance(use, str) and use != "preauthorization":
        reason = f"holds {claim.name} for the use {shown(use)}, no prior authorization request"
    elif status in ("cancelled", "entered-in-error"):
        reason = f"is a request that its sender took back ({claim.name} is {status})"
    elif is_cancelled(claim.body) or (items and all(map(is_cancelled, items))):
        reason = "is a cancellation: it withdraws an earlier request and asks for nothing"
    else:
        return
    raise NotARequestError(f"this Bundle {reason}")


def _other(name: str) -> str:
    return f"a single resource of the type {shown(name)}, not a request Bundle"


def _collection(bundle: JsonObject, resources: Resources) -> str:
    form = bundle.get("type")
    count = len(resources.listed)
    name = form if isinstance(form, str) and form.isalpha() else "collection"
    return f"a {name} of {count} resource{'' if count == 1 else 's'}"
