"""What was sent and cannot be right: returned for correction with what would be right, never judged on necessity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from isodose.determination.case import Case
from isodose.determination.cells import Wrong
from isodose.determination.values import Coding
from isodose.guideline.dates import whole_years
from isodose.guideline.diagnoses import with_dot
from isodose.guideline.facts import Fact
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
    unsaid = [name for name in NEEDED if name not in case.facts]
    if not unsaid:
        return []
    unread = {wrong.fact for wrong in case.problems}
    return [Wrong(name, missing_says(guideline.facts[name])) for name in unsaid if name not in unread]


def _birth_date(case: Case, _: Guideline) -> list[Wrong]:
    birth, service = case.facts.get("member_birth_date"), case.facts.get("date_of_service")
    if not isinstance(birth, date) or not isinstance(service, date):
        return []
    if birth > service:
        return [Wrong("member_birth_date", born_later_says(birth, service))]
    if service.year - birth.year <= OLDEST_AGE:
        return []
    age = whole_years(birth, service)
    return [Wrong("member_birth_date", too_old_says(birth, age, service))] if age > OLDEST_AGE else []


def _headings(case: Case, guideline: Guideline) -> list[Wrong]:
    codes, service = case.facts.get(DIAGNOSIS), case.facts.get("date_of_service")
    release = guideline.release
    if not isinstance(codes, tuple) or not isinstance(service, date) or service < release.in_force:
        return []
    find = release.find
    wrong = []
    for code in codes:
        entry = find(code)
        if entry is not None and not entry.billable:
            wrong.append(Wrong(DIAGNOSIS, heading_says(code, _billable_below(code, release))))
    return wrong


def _billable_below(code: str, release: Release) -> list[str]:
    return [one.code for one in release.below(code) if one.billable]


def heading_says(code: str, billable: Sequence[str]) -> str:
    """What is said of a heading with the billable codes below it."""
    more = f" or another of {len(billable)}" if len(billable) > MOST_NAMED else ""
    named = listed(map(with_dot, billable[:MOST_NAMED]))
    return f"`{with_dot(code)}` is a heading of ICD-10-CM and not billable: use {named}{more}"


def _procedure_code(case: Case, guideline: Guideline) -> list[Wrong]:
    code, service = case.facts.get("procedure_code"), case.facts.get("date_of_service")
    known = guideline.codes.get(code) if isinstance(code, str) and not isinstance(code, Coding) else None
    if known is None:
        return []
    wrong = []
    if isinstance(service, date) and not known.valid.holds(service):
        wrong.append(Wrong("procedure_code", not_valid_says(known, service, service, guideline)))
    for name, allowed in known.means.items():
        value = case.facts.get(name)
        if isinstance(value, str) and value not in allowed:
            wrong.append(Wrong(name, ruled_out_says(known, name, value)))
    return wrong


def missing_says(fact: Fact) -> str:
    return f"`{fact.column}` is missing: {fact.question}"


def born_later_says(birth: object, service: object) -> str:
    return f"`member_birth_date` {birth} lies after the date of service {service}"


def too_old_says(birth: object, age: object, service: object) -> str:
    return f"`member_birth_date` {birth} gives an age of {age} on {service}; check the year"


def not_valid_says(known: ProcedureCode, day: date, service: object, guideline: Guideline) -> str:
    """What is said of a code that is not valid on a day; ``service`` is how the sentence writes the day."""
    if known.valid.since and day < known.valid.since:
        return f"`{known.code}` is valid from {known.valid.since}, not on {service}"
    listed_codes = guideline.codes
    successors = [c for c in known.successors if c not in listed_codes or listed_codes[c].valid.holds(day)]
    instead = f"; use {listed(successors)}" if successors else ""
    return f"`{known.code}` ended on {known.valid.until} and is not valid on {service}{instead}"


def ruled_out_says(known: ProcedureCode, fact: str, value: object) -> str:
    return f"`{known.code}` cannot go with `{value}` as `{fact}`: it means {listed(known.means[fact])}"


_CHECKS: tuple[Callable[[Case, Guideline], list[Wrong]], ...] = (_is_named, _birth_date, _headings, _procedure_code)
