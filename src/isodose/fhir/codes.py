"""Which code systems a request is read in, and codings as FHIR writes them.

Systems are compared without case, a closing slash, or the difference of http and https: real
senders vary in these. Sources: FHIR R4 "Using Codes" (terminologies-systems.html), HL7
terminology (THO) for the object identifiers, and the Bundles of the PAS test kits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from isodose.fhir.shape import JsonObject, Notes, children, text

CPT = frozenset({"http://www.ama-assn.org/go/cpt", "urn:oid:2.16.840.1.113883.6.12"})
HCPCS = frozenset(
    {
        "http://www.cms.gov/medicare/coding/hcpcsreleasecodesets",
        "urn:oid:2.16.840.1.113883.6.285",
        "urn:oid:2.16.840.1.113883.6.14",
    }
)
ICD_10_CM = frozenset({"http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90"})
ICD_10 = frozenset({"http://hl7.org/fhir/sid/icd-10", "urn:oid:2.16.840.1.113883.6.3"})
"""WHO's ICD-10. United States senders write it for ICD-10-CM; it is read as that, with a note."""

NO_CODE = frozenset({"http://terminology.hl7.org/codesystem/data-absent-reason"})
"""Says why there is no code."""

IDENTIFIER_TYPES = frozenset({"http://terminology.hl7.org/codesystem/v2-0203", "http://hl7.org/fhir/v2/0203"})


class Coded(NamedTuple):
    """One coding: its path, its system as written (empty if none is given), and its code."""

    where: str
    system: str
    code: str

    def is_in(self, systems: frozenset[str]) -> bool:
        """Whether the code belongs to one of these systems."""
        return normal(self.system) in systems


def normal(system: str) -> str:
    """A system's address without the differences that senders make by habit."""
    address = system.strip().rstrip("/").lower()
    return "http:" + address[len("https:") :] if address.startswith("https:") else address


def codings(concept: JsonObject, where: str, notes: Notes) -> Iterator[Coded]:
    """The codings of a CodeableConcept that have a code."""
    for path, coding in children(concept, "coding", where, notes):
        code = text(coding, "code", path, notes)
        if code is not None:
            yield Coded(path, text(coding, "system", path, notes) or "", code)


def has_code(concept: JsonObject, code: str, systems: frozenset[str] | None = None) -> bool:
    """Whether a CodeableConcept has this code, in one of these systems if any are named."""
    return any(coded.code == code and (systems is None or coded.is_in(systems)) for coded in codings(concept, "", []))
