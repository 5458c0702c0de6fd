"""Looking at a document page by page: its picture, its words, and, in a draft, which statement this page shows."""

from __future__ import annotations

from starlette.responses import Response

from isodose.store.document import Document
from isodose.store.draft_documents import attached_document
from isodose.store.drafts import Draft, StaleDraftError
from isodose.store.errors import StoreError
from isodose.web.documents.apart import UnreadableError
from isodose.web.documents.pages import page_count, page_text
from isodose.web.documents.serve import seen_as
from isodose.web.errors import NotFoundError
from isodose.web.letters_view import openable
from isodose.web.practice.draft.answers import DOCUMENT, PAGE, WORDS
from isodose.web.practice.draft.view import view
from isodose.web.practice.drafts import own_draft, saved
from isodose.web.practice.of_request import added_to
from isodose.web.visit import Visit


def at_request(visit: Visit) -> Response:
    """A page of a document that was sent."""
    sha256 = visit.path["sha256"]
    case = visit.case(seen_as(sha256, visit.path["page"]))
    name = openable(case, visit.by).get(sha256)
    if name is None:
        raise NotFoundError("The request has no such document.")
    try:
        document = visit.services.office.record.document(sha256)
    except StoreError as error:
        raise NotFoundError("This document cannot be read.") from error
    base = f"/request/{case.tracking}"
    return _page(visit, base, document, name)


def at_draft(visit: Visit, problems: list[tuple[str, str]] | None = None) -> Response:
    """A page of a document that is attached to a draft."""
    draft = own_draft(visit)
    shown = view(visit, draft, added_to(visit, draft))
    document = _attached(visit, draft)
    facts = [(fact.name, fact.title) for fact in shown.shown]
    return _page(visit, f"/draft/{draft.id}", document, shown.documents[document.sha256], facts, problems)


def take_passage(visit: Visit) -> Response:
    """This page shows a statement, in these words: the draft has it then."""
    draft = own_draft(visit)
    document, fact, words = _attached(visit, draft), visit.form.text("fact"), visit.form.text("words")
    problems = [] if fact in visit.services.guideline.facts else [("fact", "Choose what this page shows")]
    problems += [] if words else [("words", "Copy some words of the page that show it")]
    if problems:
        return at_draft(visit, problems)
    passage = {DOCUMENT: document.sha256, PAGE: visit.path["page"], WORDS: words}
    try:
        saved(visit, draft, {**draft.body, **{f"{name}-{fact}": said for name, said in passage.items()}})
    except StaleDraftError:
        return at_draft(visit, [("", "The draft was saved meanwhile; nothing was changed. Say it again.")])
    return visit.go(f"/draft/{draft.id}#passages")


def _attached(visit: Visit, draft: Draft) -> Document:
    try:
        return attached_document(visit.services.database, draft.id, visit.path["sha256"])
    except StoreError:
        raise NotFoundError("This document is not attached to the draft any more.") from None


def _page(  # noqa: PLR0913, PLR0917 (a page of a document, and what it may be used for)
    visit: Visit,
    base: str,
    document: Document,
    name: str,
    facts: list[tuple[str, str]] | None = None,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    number, count = _number(visit.path["page"]), page_count(document)
    if not 1 <= number <= count:
        raise NotFoundError(f"The document has {count} pages.")
    return visit.page(
        "practice_look.html",
        422 if problems else 200,
        base=base,
        sha256=document.sha256,
        name=name,
        page=number,
        count=count,
        is_text=document.media_type == "text/plain",
        text=_text(document, number),
        facts=facts or [],
        problems=problems or [],
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0  # noqa: PLR2004 (no document is longer)


def _text(document: Document, page: int) -> str:
    try:
        return page_text(document, page)
    except UnreadableError:
        return ""
