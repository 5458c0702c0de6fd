"""A draft in a line, as the list of drafts shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from isodose.store.drafts import Draft
from isodose.web.practice.draft.fields import CODE, START
from isodose.web.practice.draft.member import read_member
from isodose.web.practice.draft.typed import Typed
from isodose.web.services import Services


@dataclass(frozen=True, slots=True)
class DraftLine:
    """``member`` is the name on the roster, else the id as it was typed; ``of`` the request that it adds to."""

    id: str
    member: str
    codes: tuple[str, ...]
    start: str
    updated: datetime
    account: str
    of: str


def draft_lines(drafts: Iterable[Draft], services: Services) -> list[DraftLine]:
    return [_line(draft, services) for draft in drafts]


def _line(draft: Draft, services: Services) -> DraftLine:
    typed = Typed(draft.body)
    member = read_member(typed, services.database, None)
    name = member.found.name if member.found and member.found.name else member.member_id
    codes = (typed.text(f"{CODE}-{line}") for line in typed.lines)
    return DraftLine(
        draft.id,
        name or "no member yet",
        tuple(filter(None, codes)),
        typed.text(f"{START}-{typed.lines[0]}"),
        draft.updated,
        draft.account,
        typed.of,
    )
