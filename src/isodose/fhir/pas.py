"""The names that Da Vinci PAS gives to things (PAS 2.2.1 and 2.0.1: the same addresses in both)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isodose.fhir.codes import has_code
from isodose.fhir.shape import JsonObject, Notes, child, children, shown

PAS = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/"
REQUESTED_SERVICE = PAS + "extension-requestedService"
CODE_RANGE_END = PAS + "extension-productOrServiceCodeEnd"
CERTIFICATION_TYPE = PAS + "extension-certificationType"
CANCELLED = frozenset({PAS + "modifierextension-infoCancelled", PAS + "extension-itemCancelled"})
"""The second is PAS 1.x."""

INQUIRY_PROFILES = frozenset({PAS + "profile-pas-inquiry-request-bundle", PAS + "profile-claim-inquiry"})
INQUIRY_ONLY = frozenset(
    PAS + name
    for name in (
        "extension-reviewActionCode",
        "extension-itemCertificationIssueDate",
        "extension-itemCertificationEffectiveDate",
        "extension-itemCertificationExpirationDate",
    )
)
"""Extensions of an item that only profile-claim-inquiry has: they ask about what was decided."""

CANCEL = "3"
"""X12 1322, certification type "cancel" (PAS 2.2.1 specification, spec-70)."""


def profiles(resource: JsonObject) -> frozenset[str]:
    """The profiles that a resource claims, without their versions."""
    meta = resource.get("meta")
    claimed = meta.get("profile") if isinstance(meta, Mapping) else None
    listed = claimed if isinstance(claimed, list) else []
    return frozenset(profile.split("|")[0] for profile in listed if isinstance(profile, str))


def extensions(element: JsonObject, url: str, where: str, notes: Notes) -> Iterator[tuple[str, JsonObject]]:
    """The extensions of an element with this address, each with its path."""
    for path, extension in children(element, "extension", where, notes):
        if extension.get("url") == url:
            yield path, extension


def is_cancelled(element: JsonObject) -> bool:
    """Whether an item, a supportingInfo or a whole Claim is withdrawn (spec-69, spec-70)."""
    flags = [flag for _, flag in children(element, "modifierExtension", "", [])]
    if any(_address(flag) in CANCELLED and flag.get("valueBoolean") is True for flag in flags):
        return True
    return any(
        has_code(child(extension, "valueCodeableConcept", path, []), CANCEL)
        for path, extension in extensions(element, CERTIFICATION_TYPE, "", [])
    )


def unknown_modifiers(element: JsonObject, where: str) -> list[str]:
    """A note for each modifier extension that is not understood here (PAS 2.2.1 spec-25)."""
    return [
        f"{path} is a modifier extension that is not understood here "
        f"({shown(extension.get('url'))}): it may change what is asked"
        for path, extension in children(element, "modifierExtension", where, [])
        if _address(extension) not in CANCELLED
    ]


def asks_about_a_decision(item: JsonObject) -> bool:
    """Whether an item carries an extension that only an inquiry has."""
    carried = children(item, "extension", "", [])
    return any(_address(extension) in INQUIRY_ONLY for _, extension in carried)


def _address(extension: JsonObject) -> str:
    url = extension.get("url")
    return url if isinstance(url, str) else ""
