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
    {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "·": "-", "☒": "[x]", "☐": "[ ]"}
)


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
        return text if self.signs else text.translate(SIMPLE).encode("ascii", "replace").decode()

    def shortened(self, text: str, room: int) -> str:
        """The text within so many columns."""
        return text if len(text) <= room else text[: room - 1] + self.words("…")[0]

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
        left, right = self.words(left), self.words(right)
        gap = WIDTH - len(left) - len(right)
        return f"{left}{' ' * gap}{right}" if gap > 1 else f"{left}\n{right.rjust(WIDTH)}"

    def truth(self, kind: str, truth: Truth) -> str:
        """Sign and word of a clause's truth, 18 columns wide, in its colour. A limitation that applies is for a reviewer."""
        word, role, sign = TRUTHS["limitation" if kind == "limitation" else "criterion"][truth]
        return self.paint(f"{self.sign(sign)} {word}".ljust(18), role)


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
    encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "")
    return Paper(colour == "always" or (colour == "auto" and wanted), encoding.startswith("utf"))
