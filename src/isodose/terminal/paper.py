"""A page of 80 columns: wrapping, rules, and truth as shape, word and colour together, so that none of them is needed."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from isodose.guideline.truth import MET, NOT_MET, UNKNOWN, Truth

WIDTH = 80

COLOURS = {
    "met": "32",
    "not-met": "31",
    "unknown": "33",
    "review": "35",
    "quiet": "2",
    "strong": "1",
    "plain": "",
}
"""Roles to ANSI codes: the sixteen colours of the reader's own terminal, not ours."""

SIGNS = {"met": "●", "not-met": "⊠", "unknown": "◐", "review": "◆", "none": "◌", "rule": "─", "dot": "·", "bar": "│"}
LETTERS = {"met": "+", "not-met": "x", "unknown": "?", "review": "!", "none": "-", "rule": "-", "dot": "-", "bar": "|"}

SIMPLE = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "·": "-", "☒": "[x]", "☐": "[ ]", "≤": "<=", "≥": ">="}
)


def printable(text: str) -> str:
    """The text on one line and without control characters: what was sent must not move the cursor or change colours."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else " " if letter.isspace() else "�" for letter in text)


def in_ascii(text: str) -> str:
    """The text in letters that every terminal has: é as e, ³ as 3, quotes straight."""
    from unicodedata import combining, normalize  # few terminals need it

    plain = normalize("NFKD", text.translate(SIMPLE))
    return "".join(letter if letter.isascii() else "?" for letter in plain if not combining(letter))


@dataclass(frozen=True, slots=True)
class Paper:
    """How a page is printed: with or without colour, with signs or in plain ASCII."""

    colour: bool = False
    signs: bool = True

    def sign(self, name: str) -> str:
        """The sign of that name."""
        return (SIGNS if self.signs else LETTERS)[name]

    def paint(self, text: str, role: str) -> str:
        """The text in the role's colour, if there is colour."""
        code = COLOURS[role]
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code else text

    def words(self, text: str) -> str:
        """Text that the terminal can show."""
        return printable(text) if self.signs else in_ascii(printable(text))

    def shortened(self, text: str, room: int) -> str:
        """The text within so many columns."""
        text, mark = self.words(text), self.words("…")
        return text if len(text) <= room else text[: room - len(mark)].rstrip() + mark

    def wrapped(self, text: str, first: str = "", rest: str = "", role: str = "plain", width: int = WIDTH) -> list[str]:
        """The text within the width, the first line after ``first``, the others after ``rest``."""
        lines = textwrap.wrap(
            self.words(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
        )
        return [self.paint(line, role) for line in lines or [first]]

    def heading(self, text: str) -> str:
        """A section's heading."""
        return self.paint(text, "strong")

    def rule(self) -> str:
        """A line across the page."""
        return self.paint(self.sign("rule") * WIDTH, "quiet")

    def across(self, left: str, right: str) -> str:
        """Two texts at the two edges, on one line if they fit."""
        left, right = self.shortened(left, WIDTH), self.shortened(right, WIDTH)
        gap = WIDTH - len(left) - len(right)
        return f"{left}{' ' * gap}{right}" if gap > 1 else f"{left}\n{right.rjust(WIDTH)}"

    def truth(self, kind: str, truth: Truth, *, for_reviewer: bool = False) -> str:
        """Sign and word of a clause's truth, 18 columns wide, in its colour.

        A limitation that applies is for a reviewer, and so is what is unknown and only a reviewer can settle.
        """
        word, role, sign = TRUTHS["limitation" if kind == "limitation" else "criterion"][truth]
        if for_reviewer:
            word, role, sign = "for a reviewer", "review", "review"
        return self.paint(f"{self.sign(sign)} {word}".ljust(18), role)

    def settled(self) -> str:
        """The mark, as wide, of what a judgement above it leaves without effect."""
        return self.paint(f"{self.sign('none')} settled".ljust(18), "quiet")


TRUTHS: Mapping[str, Mapping[Truth, tuple[str, str, str]]] = {
    "criterion": {
        MET: ("met", "met", "met"),
        NOT_MET: ("not met", "not-met", "not-met"),
        UNKNOWN: ("unknown", "unknown", "unknown"),
    },
    "limitation": {
        MET: ("applies", "review", "review"),
        NOT_MET: ("does not apply", "quiet", "none"),
        UNKNOWN: ("may apply", "unknown", "unknown"),
    },
}


def paper_for(stream: TextIO, environment: Mapping[str, str], colour: str = "auto") -> Paper:
    """The paper that a stream takes. ``NO_COLOR`` (no-color.org) is heeded."""
    wanted = stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    return Paper(colour == "always" or (colour == "auto" and wanted), encoding.startswith("utf"))
