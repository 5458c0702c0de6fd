"""Who may sign what is adverse, as a table: each thing that a physician's record must show, with its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from isodose.desk.physician import Credential


@dataclass(frozen=True, slots=True)
class Qualification:
    """What the plan has on record of a physician.

    ``practices`` are those the physician belongs to or is paid by.
    """

    credential: Credential
    restricted: bool
    knows_medicare_criteria: bool
    paid_by_outcome: bool
    practices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Matter:
    """What is decided, and by whom: the fields of medicine that fit it, the requesting practice, the day, the account that signs.

    ``refused_by`` are those who refused before what is looked at again.
    """

    expertise: frozenset[str]
    practice: str
    on: date
    by: str = ""
    refused_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Requirement:
    """``holds`` of a record and a matter, else ``otherwise`` says what is wrong."""

    holds: Callable[[Qualification, Matter], bool]
    otherwise: str
    source: str


# fmt: off
REQUIREMENTS = (
    Requirement(lambda who, what: what.on <= who.credential.valid_to,
                "the license is not current", "42 CFR 422.566(d)"),
    Requirement(lambda who, _: not who.restricted,
                "the license is restricted", "42 CFR 422.566(d)"),
    Requirement(lambda who, what: not what.expertise.isdisjoint(who.credential.expertise),
                "no expertise on record fits the service", "42 CFR 422.566(d)"),
    Requirement(lambda who, _: who.knows_medicare_criteria,
                "knowledge of Medicare's coverage criteria is not on record", "42 CFR 422.566(d)"),
    Requirement(lambda _, what: what.by not in what.refused_by,
                "the decision that is looked at again is this physician's own: another decides", "42 CFR 422.590"),
    Requirement(lambda who, what: not what.practice or what.practice not in who.practices,
                "the physician belongs to the requesting practice", "the plan's rule against conflicts of interest"),
    Requirement(lambda who, _: not who.paid_by_outcome,
                "the physician is paid by outcome", "42 CFR 422.208, and the plan's rule against conflicts of interest"),
)
# fmt: on


def unqualified(who: Qualification, what: Matter) -> tuple[str, ...]:
    """All that keeps a physician from signing, in words with the source; empty if nothing does."""
    return tuple(f"{one.otherwise} ({one.source})" for one in REQUIREMENTS if not one.holds(who, what))
