"""Who works in the demonstration: the plan's people, two practices, and their sign-ins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from isodose.desk.physician import Credential
from isodose.desk.qualification import Qualification
from isodose.desk.role import Role
from isodose.store.accounts import Account, add_account, all_accounts
from isodose.store.database import Database
from isodose.store.practices import Practice
from isodose.web.sign_in.password import hash_of
from isodose.web.sign_in.physician import as_json
from isodose.web.sign_in.policy import Policy

PASSWORD = "herons over the harbour"  # noqa: S105 (everybody's, and printed: there is nothing to protect)

PRACTICES = (
    Practice("elm-street", "Elm Street Radiation Oncology", "1234567893", "860-555-0141", "860-555-0142"),
    Practice("shoreline", "Shoreline Cancer Center", "1245319599", "203-555-0117", "203-555-0118"),
)


def _physician(license_number: str, valid_to: date) -> Qualification:
    credential = Credential(license_number, "CT", valid_to, ("radiation oncology",))
    return Qualification(credential, restricted=False, knows_medicare_criteria=True, paid_by_outcome=False)


def people(now: datetime) -> tuple[Account, ...]:
    """Those who sign in; a physician's license lasts for two years from now."""
    license_ends = date(now.year + 2, 6, 30)
    return (
        Account("kim", "Kim Ferris", Role.REQUESTER, "elm-street"),
        Account("sam", "Sam Whitaker", Role.REQUESTER, "shoreline"),
        Account("paz", "Paz Romero", Role.INTAKE),
        Account("karin", "Karin Brandt, RN", Role.NURSE),
        Account("noor", "Noor Haddad, RN", Role.NURSE),
        Account(
            "ito", "Dr. Ito Tanaka", Role.PHYSICIAN, qualification=as_json(_physician("CT-1.048213", license_ends))
        ),
        Account(
            "adele", "Dr. Adele Moreau", Role.PHYSICIAN, qualification=as_json(_physician("CT-1.051774", license_ends))
        ),
        Account("gus", "Gus Vega", Role.AUTHOR),
        Account("cleo", "Cleo Dean", Role.CLAIMS),
        Account("ada", "Ada Meyer", Role.ANALYST),
        Account("rosa", "Rosa Ott", Role.ADMINISTRATOR),
    )


def add_people(database: Database, policy: Policy, now: datetime) -> None:
    """All of them, unless somebody is there already."""
    if not all_accounts(database):
        hashed = hash_of(PASSWORD, policy.cost)
        for one in people(now):
            add_account(database, replace(one, password=hashed), "rosa", now)


def sign_ins(now: datetime) -> Iterator[str]:
    """Who may sign in, as lines to print."""
    yield f"Sign in as any of these, each with the password `{PASSWORD}`:"
    for one in people(now):
        yield f"  {one.name:6}  {one.display_name}, {one.role}{f' of {one.practice}' if one.practice else ''}"
