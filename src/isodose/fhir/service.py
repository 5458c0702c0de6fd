"""What a Claim item asks for, and when: the procedure code and the date of service."""

from __future__ import annotations

from isodose.determination.case import Coding
from isodose.fhir.codes import CPT, HCPCS, NO_CODE, codings
from isodose.fhir.dates import calendar_date
from isodose.fhir.pas import CODE_RANGE_END, extensions
from isodose.fhir.reading import Reading
from isodose.fhir.shape import JsonObject, Notes, child, shown, text

SYSTEMS = "CPT is http://www.ama-assn.org/go/cpt, HCPCS is http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"


def procedure_code(item: JsonObject, where: str, notes: Notes) -> str | Coding | None:
    """The CPT or HCPCS code; a code of another system as ``Coding``; None if there is no code.

    A code without a system is not guessed at, and ``not-applicable`` (spec-43) is no code: both
    are None, with a note.
    """
    concept = child(item, "productOrService", where, notes)
    place = f"{where}.productOrService"
    named = list(codings(concept, place, notes))
    billing = [coded for coded in named if coded.is_in(CPT | HCPCS)]
    others = [coded for coded in named if coded.system and not coded.is_in(NO_CODE)]
    _note_range(item, where, notes)
    if billing:
        if len({coded.code for coded in billing}) > 1:
            notes.append(f"{place} has several codes: {billing[0].code} is read")
        return billing[0].code
    if others:
        return Coding(others[0].system, others[0].code)
    if named:
        code = shown(named[0].code)
        notes.append(f"{place} has {code}, which is no code of a known system ({SYSTEMS})")
    elif concept:
        words = text(concept, "text", place, notes)
        notes.append(f"{place} has no code" + (f", only {shown(words)}" if words else ""))
    return None


def _note_range(item: JsonObject, where: str, notes: Notes) -> None:
    """An item may ask for a range of codes, or be split into details; only its own code is read."""
    for path, extension in extensions(item, CODE_RANGE_END, where, notes):
        end = list(codings(child(extension, "valueCodeableConcept", path, notes), path, notes))
        words = f" up to {shown(end[0].code)}" if end else ""
        notes.append(f"{where} asks for a range of codes{words}: only its first code is read")
    if item.get("detail"):
        notes.append(f"{where}.detail is not read: only the item's own code is")


def date_of_service(reading: Reading, item: JsonObject, where: str) -> str | None:
    """The item's serviced date or the start of its period, else the start of billablePeriod.

    A date that the item gives and that cannot be read is None: another date is not put for it.
    """
    notes = reading.notes
    if item.get("servicedDate") is not None:
        return calendar_date(text(item, "servicedDate", where, notes))
    if item.get("servicedPeriod") is not None:
        period = child(item, "servicedPeriod", where, notes)
        if not period or period.get("start") is not None:
            return calendar_date(text(period, "start", f"{where}.servicedPeriod", notes))
    billable = child(reading.claim.body, "billablePeriod", "Claim", notes)
    return calendar_date(text(billable, "start", "Claim.billablePeriod", notes))
