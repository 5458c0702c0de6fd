"""Accounts: who may sign in, and in which role. Each change stands in the activity log, written in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError

from isodose.store import account_events, sessions
from isodose.store.database import Database
from isodose.store.errors import StoreError, TakenError
from isodose.store.event import Event, Json, canonical, check_name
from isodose.store.tables import ACCOUNT

NOBODYS = "system"
"""The name under which the program itself acts; no account has it."""

SECRETS = ("password", "second_factor")
"""What the activity log names and never shows."""

_RIGHTS = (*SECRETS, "role", "practice", "prepares_for", "disabled")
"""What a session was opened under: if one of these changes, the account's sessions end."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it stands. ``name`` is in lower case; ``practice`` is None for the plan's own people.

    ``password`` is a hash, None until one is set; if somebody else chose it, it is temporary. ``second_factor`` is the secret
    of an authenticator, if one is enrolled. ``qualification`` is what the plan has on record of a physician.
    ``prepares_for`` names the physicians of its practice for whom it prepares requests.
    """

    name: str
    display_name: str
    role: str
    practice: str | None = None
    password: str | None = field(default=None, repr=False)
    password_is_temporary: bool = False
    second_factor: str | None = field(default=None, repr=False)
    qualification: Json = None
    prepares_for: tuple[str, ...] = ()
    disabled: bool = False

    def __post_init__(self) -> None:
        for what, name in (("name", self.name), ("display name", self.display_name), ("role", self.role)):
            check_name(what, name)
        if self.name != self.name.lower() or self.name == NOBODYS:
            raise ValueError(f"an account's name is in lower case, and not `{NOBODYS}`: {self.name!r}")


class StaleAccountError(StoreError):
    """Somebody changed the account since it was read; ``now`` is how it stands."""

    def __init__(self, now: Account) -> None:
        super().__init__(f"the account {now.name} was changed meanwhile; look at it again")
        self.now = now


def add_account(database: Database, account: Account, by: str, at: datetime) -> None:
    """A new account. Raises ``TakenError`` if there is one of that name."""
    try:
        with database.writing() as connection:
            connection.execute(insert(ACCOUNT).values(_row(account)))
            account_events.add_in(connection, account.name, Event("added", at, by, _said(asdict(account))))
    except IntegrityError:
        raise TakenError(f"there is an account {account.name} already") from None


def find_account(database: Database, name: str) -> Account | None:
    with database.reading() as connection:
        return account_in(connection, name)


def all_accounts(database: Database, practice: str | None = None) -> list[Account]:
    """Those of a practice, or all, by name; disabled ones too."""
    query = select(ACCOUNT).order_by(ACCOUNT.c.name)
    if practice is not None:
        query = query.where(ACCOUNT.c.practice == practice)
    with database.reading() as connection:
        return [account_from(row) for row in connection.execute(query).mappings()]


def change_account(  # noqa: PLR0913 (one change, whole)
    database: Database, before: Account, after: Account, by: str, at: datetime, *, keep: str = ""
) -> None:
    """Make the account that was read as ``before`` say ``after``; nothing is written if both are equal.

    Where rights or secrets change, its sessions end, but for the one whose token's SHA-256 is ``keep``.
    Raises ``StaleAccountError`` if it is another by now.
    """
    if before.name != after.name:
        raise ValueError("an account keeps its name")
    differs = {name: value for name, value in asdict(after).items() if value != getattr(before, name)}
    if not differs:
        return
    with database.writing() as connection:
        now = account_in(connection, before.name, to_change=True)
        if now != before:
            raise StaleAccountError(now) if now else StoreError(f"there is no account {before.name}")
        connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == after.name).values(_row(after)))
        account_events.add_in(connection, after.name, Event("changed", at, by, _said(differs, before)))
        if not differs.keys().isdisjoint(_RIGHTS):
            sessions.end_all_in(connection, after.name, keep)
        if "second_factor" in differs:
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.name == after.name).values(second_factor_used=None))


def use_second_factor(database: Database, name: str, counter: int) -> bool:
    """Whether the code of this counter is the account's first use of it; after that neither it nor an earlier one is."""
    used = ACCOUNT.c.second_factor_used
    unused = or_(used.is_(None), used < counter)
    with database.writing() as connection:
        statement = update(ACCOUNT).where(ACCOUNT.c.name == name, unused).values(second_factor_used=counter)
        return bool(connection.execute(statement).rowcount)


def account_in(connection: Connection, name: str, *, to_change: bool = False) -> Account | None:
    query = select(ACCOUNT).where(ACCOUNT.c.name == name)
    row = connection.execute(query.with_for_update() if to_change else query).mappings().one_or_none()
    return None if row is None else account_from(row)


def account_from(row: RowMapping) -> Account:
    body = {name: row[name] for name in Account.__slots__}
    qualification = body["qualification"]
    body["qualification"] = None if qualification is None else json.loads(qualification)
    body["prepares_for"] = tuple(json.loads(body["prepares_for"]))
    return Account(**body)


def _row(account: Account) -> dict[str, Any]:
    row = asdict(account)
    qualification = account.qualification
    row["qualification"] = None if qualification is None else canonical(qualification).decode()
    row["prepares_for"] = canonical(account.prepares_for).decode()
    return row


def _said(values: Mapping[str, Any], before: Account | None = None) -> dict[str, Json]:
    """Values as the activity log shows them: of secrets only whether there is one; of a change, what was before too."""
    shown = {name: _shown(name, value) for name, value in values.items()}
    if before is None:
        return shown
    return {name: {"from": _shown(name, getattr(before, name)), "to": value} for name, value in shown.items()}


def _shown(name: str, value: Any) -> Json:
    """An authenticator's secret or a hash is never told."""
    if name not in SECRETS:
        shown: Json = list(value) if isinstance(value, tuple) else value
        return shown
    return "none" if value is None else "set"
