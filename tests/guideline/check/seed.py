"""A fault as a row of a table: a sentence that names it, how it is seeded, and what the check must say and where.

A place is given by the text that stands there, so that no line is counted by hand: ``at`` is a piece of the changed file
that occurs once in it; the place is its start, or the sign ``▸`` in it. A message that names a line says ``⟨…⟩`` with the text that
stands there. Files are changed in a copy of the content.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from isodose.guideline.problem import Level, Place

CARET = "▸"
_LINE = re.compile("⟨([^⟩]*)⟩")
TOP = ""
"""The place of what concerns a file as a whole: its first line."""
LATIN_1 = "\udce9"
"""One byte of an e with an accent that is not UTF-8."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A file in which ``old``, which occurs once, becomes ``new``. The file is added without ``old``, removed without both."""

    file: str
    old: str | None = None
    new: str | None = None

    def changed(self, content: str | None) -> str | None:
        if self.old is None:
            assert (content is None) is (self.new is not None), f"{self.file}: added where it is, or removed where not"
            return self.new
        assert content is not None, f"{self.file} is not there"
        assert content.count(self.old) == 1, f"{self.file}: {content.count(self.old)} times “{self.old}”"
        return content.replace(self.old, self.new or "")


@dataclass(frozen=True, slots=True)
class Told:
    """One finding that the check must make: how much it weighs, where it stands, and words of its message."""

    level: Level
    file: str
    at: str
    says: tuple[str, ...]
    clause: str | None

    def place(self, folder: Path) -> Place:
        """Where it must be told, in the folder as it is now."""
        return Place(self.file) if self.at == TOP else _place(folder, self.file, self.at)

    def words(self, folder: Path) -> tuple[str, ...]:
        """What the message must say, lines as numbers."""
        return tuple(_LINE.sub(lambda match: str(_place(folder, self.file, match[1]).line), said) for said in self.says)


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table. ``answers_change`` says that worked cases rightly answer otherwise, which is not looked at."""

    name: str
    guideline: str
    seeds: tuple[Seed, ...]
    told: tuple[Told, ...]
    answers_change: bool

    def __str__(self) -> str:
        return self.name


def fault(name: str, *parts: Seed | Told, guideline: str = "imrt", answers_change: bool = False) -> Fault:
    """A row of the table: seeds first, then what must be told."""
    seeds = tuple(part for part in parts if isinstance(part, Seed))
    told = tuple(part for part in parts if isinstance(part, Told))
    return Fault(name, guideline, seeds, told, answers_change)


def change(file: str, old: str, new: str) -> Seed:
    return Seed(file, old, new)


def add(file: str, text: str) -> Seed:
    return Seed(file, new=text)


def remove(file: str) -> Seed:
    return Seed(file)


def error(file: str, at: str, *says: str, clause: str | None = None) -> Told:
    return Told(Level.ERROR, file, at, says, clause)


def warning(file: str, at: str, *says: str, clause: str | None = None) -> Told:
    return Told(Level.WARNING, file, at, says, clause)


def _place(folder: Path, file: str, at: str) -> Place:
    content, wanted = _read(folder / file), at.replace(CARET, "")
    assert content is not None, f"{file} is not there"
    assert content.count(wanted) == 1, f"{file}: {content.count(wanted)} times “{wanted}”"
    before = content[: content.index(wanted) + max(at.find(CARET), 0)]
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


@contextmanager
def seeded(folder: Path, seeds: tuple[Seed, ...]) -> Iterator[Path]:
    """The folder with the seeds in it, one after the other; afterwards it is as it was."""
    before: dict[str, str | None] = {}
    try:
        for seed in seeds:
            content = _read(folder / seed.file)
            before.setdefault(seed.file, content)
            _write(folder / seed.file, seed.changed(content))
        yield folder
    finally:
        for file, content in before.items():
            _write(folder / file, content)


def _read(file: Path) -> str | None:
    return file.read_bytes().decode("utf-8", "surrogateescape") if file.is_file() else None


def _write(file: Path, content: str | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
        if file.parent.is_dir() and not any(file.parent.iterdir()):
            file.parent.rmdir()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", "surrogateescape"))
