"""What posting and giving back share: under which run it is kept, and how the record's refusals are said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from isodose.commands import CommandError
from isodose.commands.on_record import account, now

if TYPE_CHECKING:
    from isodose.store.drawn import Posting


def posting_now(what: str) -> Posting:
    """A run of its own, by who runs the command."""
    from isodose.store.drawn import Posting
    from isodose.store.event import instant_text

    at = now()
    return Posting(f"{what} {instant_text(at)}", at, account())


@contextmanager
def told_by_the_record() -> Iterator[None]:
    """What the record refuses is one line."""
    from isodose.store.errors import StoreError

    try:
        yield
    except StoreError as error:
        raise CommandError(str(error)) from None
