"""What an account must be before it is kept: each thing that is wrong, with the field that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from isodose.desk.role import Role
from isodose.store.accounts import NOBODYS, Account
from isodose.store.database import Database
from isodose.store.event import is_name
from isodose.store.practices import find_practice

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
"""The parts that people play."""

Problems = list[tuple[str, str]]

_RESERVED = frozenset({NOBODYS, "new"})
"""The program's own name, and a page's."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,59}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account as somebody asks for it, in words."""

    name: str
    display_name: str
    role: str
    practice: str = ""

    @property
    def account(self) -> Account:
        """The account, of which nothing is wrong."""
        return Account(self.name, self.display_name, Role(self.role), self.practice or None)


def problems(database: Database, wanted: Wanted) -> Problems:
    """All that is wrong with it; whether the name is taken, adding it tells."""
    return [*_of_names(wanted), *_of_role(database, wanted)]


def _of_names(wanted: Wanted) -> Iterator[tuple[str, str]]:
    if not _NAME.fullmatch(wanted.name) or wanted.name in _RESERVED:
        yield (
            "name",
            "Give another name: small letters a–z, digits and . _ @ -, 60 at most, beginning with a letter or a digit",
        )
    if not is_name(wanted.display_name):
        yield "display_name", "Give the name by which others know them, 200 letters at most"


def _of_role(database: Database, wanted: Wanted) -> Iterator[tuple[str, str]]:
    if wanted.role not in ROLES:
        yield "role", f"Choose a role: {', '.join(ROLES)}"
    elif wanted.role == Role.REQUESTER and not wanted.practice:
        yield "practice", "A requester belongs to a practice: give its id as it stands on the list of practices"
    elif wanted.role != Role.REQUESTER and wanted.practice:
        yield (
            "practice",
            f"Only a requester belongs to a practice, and this is {Role(wanted.role).named}: leave it empty",
        )
    elif wanted.practice and not _is_listed(database, wanted.practice):
        yield (
            "practice",
            f"No practice `{wanted.practice}` is on the list: load it first, or give the id that it has there",
        )


def _is_listed(database: Database, practice: str) -> bool:
    return is_name(practice) and find_practice(database, practice) is not None
