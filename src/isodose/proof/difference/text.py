"""What was added to the text and what was taken out: paragraph by paragraph, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from isodose.guideline.document import Piece
from isodose.guideline.edition import Clause, Edition
from isodose.guideline.text import plain

SAME, GONE, NEW = "same", "gone", "new"

_ALIKE = 0.4
"""Paragraphs that have so large a part of their words in common are one paragraph that changed."""

_LINES = ("bullet_list", "ordered_list", "table")
"""Pieces whose lines are told by themselves."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words that follow each other, and whether they stand in both texts."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of a list or a table, with the clause whose rule stands below it."""

    clause: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """A paragraph that changed, is new (``old`` is empty) or is gone (``new`` is empty)."""

    clause: str | None
    old: tuple[Span, ...]
    new: tuple[Span, ...]


def text_changes(old: Edition, new: Edition) -> Iterator[TextChange]:
    """All paragraphs that differ, in the order of the new text."""
    before, after = list(_paragraphs(old)), list(_paragraphs(new))
    old_words, new_words = ([one.words for one in paragraphs] for paragraphs in (before, after))
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield from _changed(before[start:end], after[new_start:new_end])


def _paragraphs(edition: Edition) -> Iterator[Paragraph]:
    waiting: list[Piece] = []
    clause: str | None = None
    for passage in edition.passages:
        if isinstance(passage, Piece):
            if clause is not None or not waiting:
                yield from _lines(waiting, clause)
                waiting, clause = [], None
            waiting.append(passage)
        elif isinstance(passage, Clause) and clause is None:
            clause = passage.id
    yield from _lines(waiting, clause)


def _lines(pieces: Sequence[Piece], clause: str | None) -> Iterator[Paragraph]:
    """The paragraphs of some pieces; a clause is that of the last of them alone."""
    for number, piece in enumerate(pieces):
        lines = piece.text.split("\n") if piece.kind in _LINES else [piece.text]
        for line in lines:
            words = tuple(plain(line).split())
            if words:
                yield Paragraph(clause if number == len(pieces) - 1 else None, words)


def _changed(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[TextChange]:
    """Paragraphs in the place of others: those that are alike are told side by side."""
    start = 0
    for after in new:
        alike = next((place for place in range(start, len(old)) if _is_alike(old[place], after)), None)
        if alike is None:
            yield TextChange(after.clause, (), (Span(NEW, " ".join(after.words)),))
            continue
        yield from map(_gone, old[start:alike])
        yield TextChange(after.clause, *_side_by_side(old[alike].words, after.words))
        start = alike + 1
    yield from map(_gone, old[start:])


def _gone(paragraph: Paragraph) -> TextChange:
    return TextChange(paragraph.clause, (Span(GONE, " ".join(paragraph.words)),), ())


def _is_alike(old: Paragraph, new: Paragraph) -> bool:
    matcher = SequenceMatcher(None, old.words, new.words, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _side_by_side(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Both paragraphs in spans."""
    left: list[Span] = []
    right: list[Span] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if start < end:
            left.append(Span(SAME if tag == "equal" else GONE, " ".join(old[start:end])))
        if new_start < new_end:
            right.append(Span(SAME if tag == "equal" else NEW, " ".join(new[new_start:new_end])))
    return tuple(left), tuple(right)
