"""Browsers from which an account has signed in before. Each holds a token, of which only the SHA-256 is stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from isodose.store.database import Database
from isodose.store.dialect import insert_new
from isodose.store.tables import DEVICE


def know_device(database: Database, account: str, token_sha256: str, now: datetime) -> None:
    """The account has signed in from here, now last."""
    row = {"token_sha256": token_sha256, "account": account, "at": now}
    here = (DEVICE.c.token_sha256 == token_sha256, DEVICE.c.account == account)
    with database.writing() as connection:
        if not insert_new(connection, DEVICE, [row]):
            connection.execute(update(DEVICE).where(*here).values(at=now))


def is_known_device(database: Database, account: str, token_sha256: str, since: datetime) -> bool:
    """Whether the account has signed in from here, at ``since`` or after it."""
    query = select(DEVICE.c.at).where(DEVICE.c.token_sha256 == token_sha256, DEVICE.c.account == account)
    with database.reading() as connection:
        last = connection.execute(query).scalar_one_or_none()
    return last is not None and last >= since


def forget_devices(database: Database, account: str) -> None:
    """No browser of the account is known any more, as after it was taken over."""
    with database.writing() as connection:
        connection.execute(delete(DEVICE).where(DEVICE.c.account == account))
