"""Accounts as a list: who may sign in, as what, and when they last did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from isodose.desk.role import Role
from isodose.store.account_events import last_events
from isodose.store.accounts import Account, all_accounts
from isodose.store.practices import all_practices
from isodose.web.services import Services
from isodose.web.sign_in.second_factor import is_required
from isodose.web.visit import Visit

COLUMNS = ("name", "display_name", "role", "practice", "stands", "last_signed_in")


@dataclass(frozen=True, slots=True)
class Line:
    """One account. ``stands`` says in words what keeps it from signing in or waits to be done, ``tone`` how that looks."""

    name: str
    display_name: str
    role: str
    practice: str
    practice_name: str
    stands: str
    tone: str
    last_signed_in: datetime | None

    def holds(self, sought: str) -> bool:
        """Whether each word of what is sought stands somewhere in the line."""
        text = f"{self.name} {self.display_name} {self.role} {self.practice} {self.practice_name}".casefold()
        return all(word in text for word in sought.casefold().split())


def lines(visit: Visit) -> list[Line]:
    """The accounts that the address asks for: by role, and by words."""
    services = visit.services
    role, sought = visit.query.get("role", ""), visit.query.get("find", "")
    last = last_events(services.database, "signed-in")
    names = {one.practice_id: one.name for one in all_practices(services.database)}
    made = (_line(one, services, last.get(one.name), names) for one in all_accounts(services.database))
    return [line for line in made if role in ("", line.role) and line.holds(sought)]


def as_data(found: Sequence[Line]) -> list[dict[str, object]]:
    return [{column: getattr(line, column) for column in COLUMNS} for line in found]


def stands(account: Account, services: Services) -> tuple[str, str]:
    """What keeps an account from signing in, or what it has yet to do, in words; and the tone."""
    if account.disabled:
        return "disabled", "off"
    if account.password is None:
        return "no password yet", "unknown"
    if account.password_is_temporary:
        return "temporary password", "unknown"
    if account.second_factor is None and is_required(account, services.sign_in):
        return "no authenticator yet", "unknown"
    if account.role == Role.PHYSICIAN and account.qualification is None:
        return "no license on record", "unknown"
    return "active", "met"


def _line(account: Account, services: Services, last: datetime | None, names: dict[str, str]) -> Line:
    words, tone = stands(account, services)
    practice = account.practice or ""
    return Line(
        account.name, account.display_name, account.role, practice, names.get(practice, practice), words, tone, last
    )
