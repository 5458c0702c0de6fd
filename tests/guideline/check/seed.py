"""A fault as a row of a table: a sentence that names it, how it is seeded, and what the check must say and where.

A place is given by the text that stands there, so that no line is counted by hand: ``at`` is a piece of the changed file
that occurs once in it; the place is its start, or the sign ``▸`` in it. Where a message names a line, ``⟨…⟩`` holds the text that
stands there.
"""

import re
from collections.abc import Callable, Iterator
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


class Copy:
    """A guideline's folder that may be changed; it remembers what was there. A file that is not there reads as None."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before: dict[str, str | None] = {}

    def read(self, file: str) -> str | None:
        path = self.folder / file
        return path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else None

    def write(self, file: str, content: str | None) -> None:
        self.before.setdefault(file, self.read(file))
        path = self.folder / file
        if content is None:
            path.unlink(missing_ok=True)
            if path.parent.is_dir() and not any(path.parent.iterdir()):
                path.parent.rmdir()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8", "surrogateescape"))

    def restore(self) -> None:
        for file, content in self.before.items():
            self.write(file, content)

    def place(self, file: str, at: str) -> Place:
        """Where a text stands that occurs once."""
        content, wanted = self.read(file), at.replace(CARET, "")
        assert content is not None, f"{file} is not there"
        assert content.count(wanted) == 1, f"{file}: {content.count(wanted)} times “{wanted}”"
        before = content[: content.index(wanted) + max(at.find(CARET), 0)]
        return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


@dataclass(frozen=True, slots=True)
class Seed:
    """One change of a copy."""

    into: Callable[[Copy], None]


@dataclass(frozen=True, slots=True)
class Told:
    """One finding that the check must make: how much it weighs, where it stands, and words of its message."""

    level: Level
    file: str
    at: str
    says: tuple[str, ...]
    clause: str | None

    def place(self, copy: Copy) -> Place:
        """Where it must be told, in the copy as it is now."""
        return Place(self.file) if self.at == TOP else copy.place(self.file, self.at)

    def words(self, copy: Copy) -> tuple[str, ...]:
        """What the message must say, lines as numbers."""
        return tuple(_LINE.sub(lambda match: str(copy.place(self.file, match[1]).line), said) for said in self.says)


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
    """A file in which ``old``, which occurs once, becomes ``new``."""

    def into(copy: Copy) -> None:
        content = copy.read(file)
        assert content is not None, f"{file} is not there"
        assert content.count(old) == 1, f"{file}: {content.count(old)} times “{old}”"
        copy.write(file, content.replace(old, new))

    return Seed(into)


def add(file: str, text: str) -> Seed:
    return Seed(lambda copy: copy.write(file, text))


def remove(file: str) -> Seed:
    return Seed(lambda copy: copy.write(file, None))


def repeat(file: str, to: str) -> Seed:
    return Seed(lambda copy: copy.write(to, copy.read(file)))


def rename(file: str, to: str) -> Seed:
    def into(copy: Copy) -> None:
        copy.write(to, copy.read(file))
        copy.write(file, None)

    return Seed(into)


def error(file: str, at: str, *says: str, clause: str | None = None) -> Told:
    return Told(Level.ERROR, file, at, says, clause)


def warning(file: str, at: str, *says: str, clause: str | None = None) -> Told:
    return Told(Level.WARNING, file, at, says, clause)


@contextmanager
def seeded(folder: Path, seeds: tuple[Seed, ...]) -> Iterator[Copy]:
    """The folder with the seeds in it, one after the other; afterwards it is as it was."""
    copy = Copy(folder)
    try:
        for seed in seeds:
            seed.into(copy)
        yield copy
    finally:
        copy.restore()
