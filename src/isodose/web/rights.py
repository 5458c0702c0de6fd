"""Who may come where: each right with the roles that have it. A route names one right, and that is looked at in one place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from isodose.desk.role import Role


class Right(StrEnum):
    """What a page or an act on it takes."""

    EVERYBODY = "look at what the plan publishes"
    ARRIVE = "sign in"
    SIGNED_IN = "be signed in"
    PREPARE = "prepare and send requests"
    READ_OWN = "read the own practice's requests"
    REVIEW = "see every request and work on it"
    READ_DOCUMENTS = "read the documents of a request"
    WRITE_GUIDELINES = "look at the guideline's checks, proofs and differences"
    CHECK_CLAIMS = "check a claim against what was authorized"
    ADMINISTER = "keep accounts, practices and settings"


_R, _I, _N, _P = Role.REQUESTER, Role.INTAKE, Role.NURSE, Role.PHYSICIAN
_PEOPLE = frozenset(Role) - {Role.SYSTEM}

RIGHTS: Mapping[Right, frozenset[Role]] = {
    Right.SIGNED_IN: _PEOPLE,
    Right.PREPARE: frozenset({_R, _I}),
    Right.READ_OWN: frozenset({_R, _I}),
    Right.REVIEW: frozenset({_N, _P}),
    Right.READ_DOCUMENTS: frozenset({_R, _I, _N, _P}),
    Right.WRITE_GUIDELINES: frozenset({Role.AUTHOR, Role.ADMINISTRATOR}),
    Right.CHECK_CLAIMS: frozenset({Role.CLAIMS}),
    Right.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}
"""Who has each right that takes an account. ``EVERYBODY`` and ``ARRIVE`` take none."""

OPEN = frozenset({Right.EVERYBODY, Right.ARRIVE})


def may(role: Role | None, right: Right) -> bool:
    """Whether somebody in this role (None: not signed in) has the right."""
    return right in OPEN or (role is not None and role in RIGHTS[right])
