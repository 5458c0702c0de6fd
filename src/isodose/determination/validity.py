"""What was sent and cannot be right: returned for correction with what would be right, never judged on necessity."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from isodose.determination.case import Case
from isodose.determination.cells import Wrong
from isodose.determination.values import Coding
from isodose.guideline.dates import whole_years
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.guideline import DIAGNOSIS, Guideline
from isodose.guideline.icd10cm import Release
from isodose.guideline.problem import listed
from isodose.guideline.procedure_codes import ProcedureCode

OLDEST_AGE = 120
"""Years. No documented person but one has been older; a higher age is a slip in a date."""

MOST_NAMED = 10
"""How many billable codes a problem names for a heading."""


NEEDED = ("date_of_service", "procedure_code")
"""Without these nothing can be said of a request."""


def problems_of(case: Case, guideline: Guideline) -> tuple[Wrong, ...]:
    """All that cannot be right, in the order in which a person would correct it."""
    found = list(case.problems)
    for check in _CHECKS:
        found += check(case, guideline)
    return tuple(found)


def _is_named(case: Case, guideline: Guideline) -> list[Wrong]:
    unread = {wrong.fact for wrong in case.problems}
    return [
        Wrong(name, f"`{guideline.facts[name].column}` is missing: {guideline.facts[name].question}")
        for name in NEEDED
        if case.facts.get(name) is None and name not in unread
    ]


def _birth_date(case: Case, _: Guideline) -> list[Wrong]:
    birth, service = case.facts.get("member_birth_date"), case.facts.get("date_of_service")
    if not isinstance(birth, date) or not isinstance(service, date):
        return []
    if birth > service:
        return [Wrong("member_birth_date", f"`member_birth_date` {birth} lies after the date of service {service}")]
    age = whole_years(birth, service)
    if age > OLDEST_AGE:
        message = f"`member_birth_date` {birth} gives an age of {age} on {service}; check the year"
        return [Wrong("member_birth_date", message)]
    return []


def _headings(case: Case, guideline: Guideline) -> list[Wrong]:
    codes, service = case.facts.get(DIAGNOSIS), case.facts.get("date_of_service")
    release = guideline.release
    if not isinstance(codes, tuple) or not isinstance(service, date) or service < release.in_force:
        return []
    found = ((code, release.find(code)) for code in codes)
    return [Wrong(DIAGNOSIS, _heading(code, release)) for code, entry in found if entry and not entry.billable]


def _heading(code: str, release: Release) -> str:
    billable = [with_dot(below.code) for below in release.below(code) if below.billable]
    more = f" or another of {len(billable)}" if len(billable) > MOST_NAMED else ""
    return f"`{with_dot(code)}` is a heading of ICD-10-CM and not billable: use {listed(billable[:MOST_NAMED])}{more}"


def _procedure_code(case: Case, guideline: Guideline) -> list[Wrong]:
    code, service = case.facts.get("procedure_code"), case.facts.get("date_of_service")
    known = guideline.codes.get(code) if isinstance(code, str) and not isinstance(code, Coding) else None
    if known is None:
        return []
    wrong = []
    if isinstance(service, date) and not known.valid.holds(service):
        wrong.append(Wrong("procedure_code", _not_valid(known, service, guideline)))
    for name, allowed in known.means.items():
        value = case.facts.get(name)
        if isinstance(value, str) and value not in allowed:
            message = f"`{known.code}` cannot go with `{value}` as `{name}`: it means {listed(allowed)}"
            wrong.append(Wrong(name, message))
    return wrong


def _not_valid(known: ProcedureCode, service: date, guideline: Guideline) -> str:
    if known.valid.since and service < known.valid.since:
        return f"`{known.code}` is valid from {known.valid.since}, not on {service}"
    listed_codes = guideline.codes
    successors = [c for c in known.successors if c not in listed_codes or listed_codes[c].valid.holds(service)]
    instead = f"; use {listed(successors)}" if successors else ""
    return f"`{known.code}` ended on {known.valid.until} and is not valid on {service}{instead}"


_CHECKS: tuple[Callable[[Case, Guideline], list[Wrong]], ...] = (_is_named, _birth_date, _headings, _procedure_code)
