"""The text: every sentence accounted for, every word as published, every quotation exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from isodose.guideline import yaml_source
from isodose.guideline.document import Document, Piece, document_from, groups_of
from isodose.guideline.edition import Edition, edition_id
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import text_from
from isodose.guideline.problem import Place, Problem, did_you_mean
from isodose.guideline.procedure_codes import PATTERN
from isodose.guideline.text import plain, words

_SHOWN = 12
"""Words of a differing passage that a message shows."""

_BEFORE = 3
"""Words that tell where a moved passage belongs."""

_TURNED = 2
"""Words that are too few to be known again in another order."""


def editions_are_named(guideline: Guideline) -> Iterator[Problem]:
    """Each edition has dates of its own, a file named after them, and says which guideline it belongs to."""
    first_of: dict[tuple[date, date], Edition] = {}
    for edition in guideline.editions:
        first_of.setdefault((edition.effective, edition.decided), edition)
    effective = [first.effective for first in first_of.values()]
    unread = sum(name.endswith(".md") for name in guideline.files) - len(guideline.editions)
    for edition in guideline.editions:
        first = first_of[edition.effective, edition.decided]
        is_shared = effective.count(edition.effective) > 1
        right = edition_id(edition.effective, edition.decided, is_shared=is_shared)
        shared = edition_id(edition.effective, edition.decided, is_shared=True)
        if edition is not first:
            yield Problem(Place(edition.file), f"this edition has the dates of `{first.file}`; give it its own")
        elif edition.id != right and not (unread and edition.id == shared):
            yield Problem(Place(edition.file), f"this edition's file must be named `{right}.md`")
        if edition.guideline not in (guideline.id, ""):
            message = f"`guideline` is `{edition.guideline}`, but the folder is named `{guideline.id}`"
            yield Problem(_front_place(edition, guideline, "guideline"), message, unknown=edition.guideline)


def _source(edition: Edition, guideline: Guideline) -> Document:
    text = text_from(guideline.files[edition.file], edition.file, [])
    assert text is not None, "an edition that was read is text"
    return document_from(text, edition.file, [])


def _front_place(edition: Edition, guideline: Guideline, name: str) -> Place:
    """Where the front matter gives the value of that name."""
    front = yaml_source.parse(_source(edition, guideline).front_matter, Place(edition.file, 2), [])
    value = front.get(name) if isinstance(front, yaml_source.Mapping) else None
    return value.place if value else Place(edition.file)


def sentences_are_accounted(guideline: Guideline) -> Iterator[Problem]:
    """Each piece of text has a rule, a datum, a reading or an aside that accounts for it.

    Words that are not the published ones need no account: ``text_is_published`` tells of them.
    """
    for edition in guideline.editions:
        published = _published(edition, guideline)
        for group in groups_of(_source(edition, guideline).parts):
            unaccounted = [piece for piece in group.unaccounted if published is None or _holds(published, piece.text)]
            if unaccounted:
                first, *more = unaccounted
                start = " ".join(words(first.text)[:_SHOWN])
                also = f" and for {len(more)} more below it" if more else ""
                message = f"no rule, data, reading or aside accounts for this text: “{start} …”{also}"
                yield Problem(first.place, message)


def _published(edition: Edition, guideline: Guideline) -> list[str] | None:
    """The words of the published text, or None if they are not held or cannot be read."""
    file = guideline.folder / edition.published if edition.published else None
    if file is None or not file.is_file():
        return None
    text = text_from(file.read_bytes(), "", [])
    return None if text is None else words(text)


def _holds(published: list[str], passage: str) -> bool:
    """Whether the words of a passage stand among the published ones, in their order."""
    return f" {plain(passage)} " in f" {' '.join(published)} "


def text_is_published(guideline: Guideline) -> Iterator[Problem]:
    """With the blocks taken away the published text remains, word for word."""
    for edition in guideline.editions:
        if edition.published is None:
            continue
        file = guideline.folder / edition.published
        if not file.is_file():
            message = f"the published text `{edition.published}` is not in the folder"
            near = did_you_mean(edition.published, _texts(guideline))
            yield Problem(_front_place(edition, guideline, "text"), message + near)
            continue
        problems: list[Problem] = []
        text = text_from(file.read_bytes(), edition.published, problems)
        yield from problems if text is None else _differences(edition, words(text))


def _texts(guideline: Guideline) -> list[str]:
    return [path.relative_to(guideline.folder).as_posix() for path in guideline.folder.glob("*/*.txt")]


class _Difference(NamedTuple):
    """Where our words and the published ones part: the place and what stands on either side; ``before`` is ours."""

    place: Place
    ours: list[str]
    theirs: list[str]
    before: list[str]


def _differences(edition: Edition, published: list[str]) -> Iterator[Problem]:
    placed = [(word, place) for piece in edition.pieces for word, place in _placed_words(piece)]
    ours = [word for word, _ in placed]
    if ours == published:
        return
    places = [place for _, place in placed] or [Place(edition.file)]
    found = [
        _Difference(places[min(start, len(places) - 1)], ours[start:stop], published[left:right], ours[:start])
        for kind, start, stop, left, right in SequenceMatcher(None, ours, published, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    moved = [(here, there) for here in found for there in found if _is_moved(here, there)]
    for here, there in moved:
        after = " ".join(there.before[-_BEFORE:])
        message = f"the published text has {_passage(here.ours)} at another place: after “{after}”"
        yield Problem(here.place, message)
    for here in found:
        if not any(here in pair for pair in moved):
            message = f"the published text has {_passage(here.theirs)} here, the edition {_passage(here.ours)}"
            yield Problem(here.place, message, unknown=_mistyped_code(here.ours))


def _mistyped_code(ours: list[str]) -> str:
    """The procedure code that a passage begins with: if something else is wrong with that code, it is the same slip."""
    return ours[0] if ours and PATTERN.fullmatch(ours[0]) else ""


def _is_moved(here: _Difference, there: _Difference) -> bool:
    """Whether what stands here alone is published there alone. Where passages begin alike, the words may be turned."""
    if here.theirs or there.ours:
        return False
    turned = len(here.ours) > _TURNED and sorted(here.ours) == sorted(there.theirs)
    return turned or here.ours == there.theirs


def _passage(found: list[str]) -> str:
    if not found:
        return "nothing"
    return f"“{' '.join(found[:_SHOWN])}{' …' if len(found) > _SHOWN else ''}”"


def _placed_words(piece: Piece) -> Iterator[tuple[str, Place]]:
    for number, line in enumerate(piece.text.split("\n")):
        end = 0
        for word in words(line):
            start = line.find(word, end)
            if start >= 0:
                end = start + len(word)
            yield word, Place(piece.place.file, piece.place.line + number, max(start, end - len(word), 0) + 1)


def quotes_are_exact(guideline: Guideline) -> Iterator[Problem]:
    """What a reading quotes stands in the edition's text, or in the published one where that differs."""
    for edition in guideline.editions:
        text = " ".join(plain(piece.text) for piece in edition.pieces)
        published = " ".join(_published(edition, guideline) or [])
        for reading in edition.readings.values():
            quote = plain(reading.quote)
            if quote not in text and quote not in published:
                yield Problem(
                    reading.place, f"reading {reading.id} quotes words that the text does not have: “{reading.quote}”"
                )
