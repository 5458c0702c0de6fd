"""The documents of a case: a page as a picture, its words beside it with what was marked, and where words are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from isodose.store.document import Document
from isodose.store.errors import StoreError
from isodose.store.seen import DOCUMENT, Look, add_look
from isodose.web.documents.apart import UnreadableError
from isodose.web.documents.kind import TEXT
from isodose.web.documents.pages import page_texts
from isodose.web.reviewer.desk.desk import Desk
from isodose.web.reviewer.desk.marks import marks
from isodose.web.reviewer.desk.shown import document_name

_AROUND = 60
"""Letters that a found place is shown with, on either side."""

_MOST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the case; ``number`` counts from 1."""

    number: int
    sha256: str
    name: str
    is_opened: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a page's words; ``marked`` that somebody marked it."""

    words: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page that lies open. ``problem`` says why it cannot be shown; then there is nothing else of it."""

    entry: Entry
    number: int
    count: int
    is_picture: bool
    text: tuple[Part, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were found: document, page, and the words around them in three parts."""

    entry: Entry
    page: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a visit did with the documents: words that it looked for and where they stand, or a passage that it marks.

    ``silent`` are documents in which nothing can be searched.
    """

    searched: str = ""
    places: tuple[Place, ...] = ()
    silent: tuple[Entry, ...] = ()
    is_marking: bool = False


NOTHING = Reading()


def entries(desk: Desk) -> tuple[Entry, ...]:
    return tuple(
        Entry(number, sha256, document_name(desk, sha256), sha256 in desk.opened)
        for number, sha256 in enumerate(desk.request.documents, 1)
    )


def opened_page(desk: Desk) -> Page | None:
    """The page that the address names, noted as opened; the first of the first document unless it names one."""
    documents, visit = desk.request.documents, desk.visit
    if not documents:
        return None
    place = min(_number(desk, "doc"), len(documents)) - 1
    opened = Look(visit.now, visit.by.account, desk.case.tracking, f"{DOCUMENT}{documents[place]}")
    add_look(visit.services.database, opened)
    entry = entries(desk)[place]
    try:
        document = visit.services.office.record.document(entry.sha256)
        texts = page_texts(document)
    except (StoreError, UnreadableError):
        return Page(entry, 1, 1, is_picture=False, text=(), problem="This document cannot be shown here; download it.")
    number = min(_number(desk, "page"), len(texts))
    parts = tuple(with_marks(texts[number - 1], _marked(desk, entry.sha256, number)))
    return Page(entry, number, len(texts), document.media_type != TEXT, parts)


def _number(desk: Desk, name: str) -> int:
    typed = desk.visit.query.get(name, "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1  # noqa: PLR2004


def _marked(desk: Desk, sha256: str, page: int) -> list[str]:
    """The words of a page that the practice or a reviewer marked."""
    shown = (one.words for one in desk.request.evidence if (one.document, one.page) == (sha256, page))
    found = (
        one.words for one in marks(desk.shown.history, desk.shown.request) if (one.document, one.page) == (sha256, page)
    )
    return [*shown, *found]


def with_marks(text: str, marked: Iterable[str]) -> Iterator[Part]:
    """A page's words in runs. What was marked is found however its lines are broken; of two that overlap, the first."""
    end = 0
    for start, stop in sorted(span for words in marked for span in _spans(text, words)):
        if start >= end:
            if start > end:
                yield Part(text[end:start])
            yield Part(text[start:stop], marked=True)
            end = stop
    if text[end:]:
        yield Part(text[end:])


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, whatever white space and case."""
    if parts := words.split():
        for found in re.finditer(r"\s+".join(map(re.escape, parts)), text, re.IGNORECASE):
            yield found.span()


def is_on_page(desk: Desk, entry: Entry, page: int, words: str) -> bool:
    """Whether the words stand on the page; of a picture nobody can tell, so it is believed."""
    texts = _texts(desk, entry)
    if not 1 <= page <= len(texts):
        return False
    return not texts[page - 1].strip() or any(_spans(texts[page - 1], words))


def search(desk: Desk, words: str) -> Reading:
    """Where words stand in the case's documents."""
    places: list[Place] = []
    silent: list[Entry] = []
    for entry in entries(desk):
        texts = _texts(desk, entry)
        if not any(text.strip() for text in texts):
            silent.append(entry)
        for number, text in enumerate(texts, 1):
            places += (_place(entry, number, text, span) for span in _spans(text, words))
    return Reading(words, tuple(places[:_MOST]), tuple(silent))


def _texts(desk: Desk, entry: Entry) -> list[str]:
    try:
        document: Document = desk.visit.services.office.record.document(entry.sha256)
        return page_texts(document)
    except (StoreError, UnreadableError):
        return []


def _place(entry: Entry, number: int, text: str, span: tuple[int, int]) -> Place:
    start, end = span
    return Place(entry, number, text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND])
