"""The text: every sentence accounted for, every word as published, every quotation exact."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from isodose.guideline.document import Piece, document_from, groups_of
from isodose.guideline.edition import Edition, edition_id
from isodose.guideline.load import Guideline
from isodose.guideline.problem import Place, Problem, did_you_mean
from isodose.guideline.text import plain, words

_SHOWN = 12
"""Words of a differing passage that a message shows."""


def editions_are_named(guideline: Guideline) -> Iterator[Problem]:
    """Each edition's file is named after its dates, and says which guideline it belongs to."""
    effective = [edition.effective for edition in guideline.editions]
    for edition in guideline.editions:
        right = edition_id(edition.effective, edition.decided, is_shared=effective.count(edition.effective) > 1)
        if edition.id != right:
            yield Problem(Place(edition.file), f"this edition's file must be named `{right}.md`")
        if edition.guideline != guideline.id:
            message = f"`guideline` is `{edition.guideline}`, but the folder is named `{guideline.id}`"
            yield Problem(Place(edition.file), message)


def sentences_are_accounted(guideline: Guideline) -> Iterator[Problem]:
    """Each piece of text has a rule, a datum, a reading or an aside that accounts for it."""
    for edition in guideline.editions:
        source = guideline.files[edition.file].decode("utf-8-sig").replace("\r\n", "\n")
        for group in groups_of(document_from(source, edition.file, []).parts):
            for piece in group.unaccounted:
                start = " ".join(plain(piece.text).split()[:_SHOWN])
                message = f"no rule, data, reading or aside accounts for this text: “{start} …”"
                yield Problem(piece.place, message)


def text_is_published(guideline: Guideline) -> Iterator[Problem]:
    """With the blocks taken away the published text remains, word for word."""
    for edition in guideline.editions:
        if edition.published is None:
            continue
        file = guideline.folder / edition.published
        if not file.is_file():
            near = did_you_mean(edition.published, _texts(guideline))
            yield Problem(Place(edition.file), f"the published text `{edition.published}` is not in the folder{near}")
        else:
            yield from _differences(edition, words(file.read_text("utf-8-sig")))


def _texts(guideline: Guideline) -> list[str]:
    return [str(path.relative_to(guideline.folder)) for path in guideline.folder.glob("*/*.txt")]


def _differences(edition: Edition, published: list[str]) -> Iterator[Problem]:
    placed = [(word, place) for piece in edition.pieces for word, place in _placed_words(piece)]
    ours = [word for word, _ in placed]
    if ours == published:
        return
    end = placed[-1][1] if placed else Place(edition.file)
    for kind, start, stop, left, right in SequenceMatcher(None, ours, published, autojunk=False).get_opcodes():
        if kind != "equal":
            place = placed[start][1] if start < len(placed) else end
            message = f"the published text has {_passage(published[left:right])} here, the edition {_passage(ours[start:stop])}"
            yield Problem(place, message)


def _passage(found: list[str]) -> str:
    if not found:
        return "nothing"
    return f"“{' '.join(found[:_SHOWN])}{' …' if len(found) > _SHOWN else ''}”"


def _placed_words(piece: Piece) -> Iterator[tuple[str, Place]]:
    for number, line in enumerate(piece.text.split("\n")):
        for word in words(line):
            column = max(line.find(word), 0) + 1
            yield word, Place(piece.place.file, piece.place.line + number, column)


def quotes_are_exact(guideline: Guideline) -> Iterator[Problem]:
    """What a reading quotes stands in the edition's text."""
    for edition in guideline.editions:
        text = " ".join(plain(piece.text) for piece in edition.pieces)
        for reading in edition.readings.values():
            if reading.quote and plain(reading.quote) not in text:
                yield Problem(
                    reading.place, f"reading {reading.id} quotes words that the text does not have: “{reading.quote}”"
                )
