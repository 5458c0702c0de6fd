"""A form as it was typed: text by name, and files. Nothing is read into types here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_LONGEST = 20_000
"""Letters of one field; nobody types more into a page."""

_LONGEST_NAME = 200

_DIGITS = 9
"""Of a whole number; no page takes a larger one."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was chosen: its own name, and its bytes. What kind it is, its content says."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """``fields`` has for each name all values in order; control characters but line ends and tabs are taken out."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[File, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The last value, trimmed; empty if there is none."""
        values = self.fields.get(name, ())
        return values[-1].strip() if values else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """All values that are not empty, trimmed."""
        return tuple(value.strip() for value in self.fields.get(name, ()) if value.strip())

    def typed(self) -> dict[str, str | list[str]]:
        """All fields as they were typed, to be shown again or kept as a draft."""
        return {name: list(values) if len(values) > 1 else values[0] for name, values in self.fields.items() if values}


def whole_number(text: str) -> int | None:
    """The number that was typed; None for what is none, or has more digits than any that is taken."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def form_of(pairs: Iterable[tuple[str, str | File]]) -> Form:
    """A form from the pairs that a browser sent."""
    fields: dict[str, list[str]] = {}
    files: dict[str, list[File]] = {}
    for name, value in pairs:
        if isinstance(value, File):
            if value.name or value.content:
                files.setdefault(name, []).append(value)
        else:
            fields.setdefault(plain(name)[:_LONGEST_NAME], []).append(plain(value)[:_LONGEST])
    return Form(
        {name: tuple(values) for name, values in fields.items()},
        {name: tuple(values) for name, values in files.items()},
    )


def plain(text: str) -> str:
    """Text that can be stored and shown: line ends are one letter, half letters and control characters are gone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in lines if letter in "\n\t" or (letter >= " " and letter != "\x7f"))
    return kept.encode("utf-8", "ignore").decode("utf-8")
