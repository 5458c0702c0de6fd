"""One claim line as it is typed, with what the roster says of the member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from isodose.guideline.dates import date_from
from isodose.store.event import is_name
from isodose.store.members import Member, find_member
from isodose.web.form import Form
from isodose.web.services import Services

FIELDS = (
    "member_id",
    "member_birth_date",
    "procedure_code",
    "date_of_service",
    "diagnosis_codes",
    "technique",
    "units",
    "modifiers",
    "provider_npi",
    "authorization_number",
    "course_begun",
)
"""Columns of a claim line (`claims.line`) that are typed; product and membership come from the roster."""

Typed = Mapping[str, str]


def typed_in(form: Form) -> Typed:
    return {name: form.text(name) for name in FIELDS}


def problems(typed: Typed) -> list[tuple[str, str]]:
    """What has to be there before anything can be looked up; what else is wrong, the answer says."""
    return list(_problems(typed))


def _problems(typed: Typed) -> Iterator[tuple[str, str]]:
    if not is_name(typed["member_id"]):
        yield "member_id", "Give the member's id as on the card"
    if not typed["procedure_code"]:
        yield "procedure_code", "Give the procedure code that is billed"
    if date_from(typed["date_of_service"]) is None:
        yield "date_of_service", "Give the day of the service"


@dataclass(frozen=True, slots=True)
class OnRoster:
    """What the roster says of the member on the day of the service; None where it says nothing."""

    member: Member | None
    product: str | None
    since: date | None


def on_roster(typed: Typed, services: Services) -> OnRoster:
    """By id and birth date together, as everywhere: an id alone finds nobody."""
    born, day = date_from(typed["member_birth_date"]), date_from(typed["date_of_service"])
    member = find_member(services.database, typed["member_id"], born) if born else None
    if member is None or day is None:
        return OnRoster(member, None, None)
    return OnRoster(member, member.product_on(day), _since(member, day))


def _since(member: Member, day: date) -> date | None:
    """Since when the plan covers the member without a day between."""
    since: date | None = None
    last: date | None = None
    for span in member.coverage:
        if span.start > day:
            break
        if since is None or last is None or (span.start - last).days > 1:
            since = span.start
        last = span.end or date.max
    return since if last is not None and day <= last else None
