"""The page of a draft. Each button saves all that was typed, then does its own; nothing typed is ever thrown away."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from starlette.responses import Response

from isodose.store.drafts import Body, Draft, DraftGoneError, StaleDraftError, discard_draft
from isodose.store.event import Json
from isodose.web.details import PLACES, SIDES
from isodose.web.diagnosis_search import named
from isodose.web.errors import NotFoundError
from isodose.web.practice.arrival import arrival
from isodose.web.practice.attach import attach_files, detach_file
from isodose.web.practice.draft.fields import choices, of_line
from isodose.web.practice.draft.more_rows import MOST_ROWS, rows_field, with_row, without_row
from isodose.web.practice.draft.people import ASKS
from isodose.web.practice.draft.typed import (
    PAGE_ID,
    Typed,
    saved_body,
    with_diagnosis,
    with_line,
    without_diagnosis,
    without_line,
)
from isodose.web.practice.draft.view import view
from isodose.web.practice.drafts import own_draft, saved
from isodose.web.practice.of_request import added_to
from isodose.web.visit import Visit

Problems = list[tuple[str, str]]

_CHANGES: Mapping[str, tuple[Callable[[Body, str], dict[str, Json]], str]] = {
    "add-line": (lambda body, _: with_line(body), "service"),
    "remove-line": (without_line, "service"),
    "add-diagnosis": (with_diagnosis, "diagnosis"),
    "remove-diagnosis": (without_diagnosis, "diagnosis"),
    "add-row": (with_row, "questions"),
    "remove-row": (without_row, "questions"),
}
"""What a button does to the fields, and to which section it leads back."""

_LEADS_TO = {
    "save": "/requests",
    "review": "/draft/{id}/review",
    "find": "/draft/{id}#diagnosis",
    "check": "/draft/{id}#outlook",
    "attach": "/draft/{id}#documents",
    "detach": "/draft/{id}#documents",
}
"""Where the other buttons lead."""


def show(visit: Visit) -> Response:
    return draft_page(visit, own_draft(visit))


def take(visit: Visit) -> Response:
    """Save what was typed, and do what the button says."""
    draft = own_draft(visit)
    do, _, about = visit.form.text("do").partition(":")
    body = {**draft.body, **saved_body(visit.form.typed(), draft.body)}
    if do in _CHANGES:
        body = _CHANGES[do][0](body, about)
    try:
        draft = _saved(visit, draft, body)
    except StaleDraftError as error:
        return _stale(visit, error.now, body)
    except DraftGoneError as error:
        raise NotFoundError(f"{str(error).capitalize()}.") from None
    return _done(visit, draft, do, about)


def discard(visit: Visit) -> Response:
    """The draft with all that is attached; nobody has received it."""
    discard_draft(visit.services.database, own_draft(visit).id)
    return visit.go("/requests")


def draft_page(
    visit: Visit, draft: Draft, problems: Problems | None = None, caution: str = "", status: int = 200
) -> Response:
    """The whole page; a script takes from it the parts that have changed."""
    shown = view(visit, draft, added_to(visit, draft))
    guideline = visit.services.guideline
    return visit.page(
        "practice_draft.html",
        422 if problems else status,
        view=shown,
        typed=shown.typed,
        wrong=shown.reading.wrong,
        problems=problems or [],
        caution=caution,
        page_id=secrets.token_hex(8),
        line_facts=of_line(guideline),
        choices=partial(choices, guideline),
        name_of=partial(named, guideline.release),
        places_of_service=PLACES,
        sides=SIDES,
        asks=ASKS,
        rows_field=rows_field,
        most_rows=MOST_ROWS,
        **arrival(visit),
    )


def _done(visit: Visit, draft: Draft, do: str, about: str) -> Response:
    """On to where the button leads; a script stays, and takes what has changed."""
    if do == "live":
        return draft_page(visit, draft)
    if do == "detach":
        detach_file(visit, draft, about)
    if problems := attach_files(visit, draft):
        return draft_page(visit, draft, problems)
    section = _CHANGES[do][1] if do in _CHANGES else "main"
    return visit.go(_LEADS_TO.get(do, "/draft/{id}#{section}").format(id=draft.id, section=section))


def _saved(visit: Visit, draft: Draft, body: Body) -> Draft:
    """The draft saved, unless somebody else did meanwhile. What the same page saved by itself is not somebody else's."""
    if not _is_of(draft, body):
        return saved(visit, replace(draft, number=_number(visit, draft)), body)
    try:
        return saved(visit, draft, body)
    except StaleDraftError as error:
        if not _is_of(error.now, body):
            raise
        return saved(visit, error.now, body)


def _is_of(draft: Draft, body: Body) -> bool:
    """Whether a draft was saved last by the page that saves it now."""
    page = Typed(body).text(PAGE_ID)
    return bool(page) and Typed(draft.body).text(PAGE_ID) == page


def _number(visit: Visit, draft: Draft) -> int:
    """Which saving of the draft the form was made from."""
    number = visit.form.text("number")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else draft.number  # noqa: PLR2004


def _stale(visit: Visit, now: Draft, body: Body) -> Response:
    """What somebody else has saved meanwhile stands aside, what was typed here stays, and the next saving takes it."""
    mine, theirs = Typed(body), Typed(now.body)
    differ = [name for name in (*body, *now.body) if name != PAGE_ID and mine.texts(name) != theirs.texts(name)]
    said = "; ".join(
        f"{name.replace('_', ' ')}: {', '.join(theirs.texts(name)) or 'empty'}" for name in dict.fromkeys(differ)
    )
    caution = (
        f"{now.account} saved this draft meanwhile. What you typed stands below and is not saved yet: saving again puts it "
        f"over theirs. Theirs differs in: {said or 'nothing'}."
    )
    return draft_page(visit, replace(now, body=body), caution=caution, status=409)
