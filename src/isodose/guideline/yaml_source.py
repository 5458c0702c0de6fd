"""YAML with the place of every word, nothing inferred: ``yes``, ``77386`` and ``2025-10-01`` are text.

The types are the facts' own, so a value is read by what it is for and never by how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from isodose.guideline.dates import date_from
from isodose.guideline.problem import Place, Problem, listed, nearest

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

DEEPEST = 30
"""How deep lists and mappings may be nested: deeper than a rule that a person can read, and no stack runs over."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One word or phrase."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Value, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Names with their values, in the order written. ``repeats`` says that a name was given twice, which is told already."""

    entries: tuple[tuple[Scalar, Value], ...]
    place: Place
    repeats: bool = False

    def get(self, name: str) -> Value | None:
        """The value of that name, or None."""
        return next((value for key, value in self.entries if key.text == name), None)


Value = Scalar | Sequence | Mapping


def parse(text: str, origin: Place, problems: list[Problem], clause: str | None = None) -> Value | None:
    """The value that the text holds; ``origin`` is the place of its first character. None where nothing can be read."""
    if not text.strip():
        problems.append(Problem(origin, "nothing is written here", clause))
        return None
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        problems.append(Problem(_place(error.problem_mark, origin), f"this is not YAML: {error.problem}", clause))
        return None
    except (yaml.YAMLError, RecursionError):
        message = "this is not YAML: a character is not allowed, or it is nested too deeply"
        problems.append(Problem(origin, message, clause))
        return None
    if node is None:
        problems.append(Problem(origin, "nothing is written here", clause))
        return None
    return _Conversion(origin, problems, clause).value(node)


class _Conversion:
    """Nodes of the parser into values of ours; refuses what an author never needs (anchors that contain themselves)."""

    def __init__(self, origin: Place, problems: list[Problem], clause: str | None) -> None:
        self.origin = origin
        self.problems = problems
        self.clause = clause
        self.open: set[int] = set()
        self.done: dict[int, Value] = {}

    def value(self, node: yaml.Node) -> Value:
        place = _place(node.start_mark, self.origin)
        if isinstance(node, yaml.ScalarNode):
            return Scalar(str(node.value), place)
        if id(node) in self.open or len(self.open) >= DEEPEST:
            wrong = "this anchor contains itself" if id(node) in self.open else "this is nested too deeply"
            self.problems.append(Problem(place, wrong, self.clause))
            return Scalar("", place)
        if id(node) not in self.done:
            self.open.add(id(node))
            self.done[id(node)] = self._collection(node, place)
            self.open.remove(id(node))
        return self.done[id(node)]

    def _collection(self, node: yaml.Node, place: Place) -> Value:
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.value(item) for item in node.value), place)
        entries: dict[str, tuple[Scalar, Value]] = {}
        twice: list[Scalar] = []
        for key_node, value_node in node.value:
            key = self.value(key_node)
            if not isinstance(key, Scalar):
                self.problems.append(Problem(key.place, "a name must be a plain word", self.clause))
                continue
            if key.text in entries:
                twice.append(key)
            if key.text not in entries or _is_empty(entries[key.text][1]):
                entries[key.text] = (key, self.value(value_node))
        if twice:
            self.problems.append(Problem(twice[0].place, _given_twice(twice), self.clause))
        return Mapping(tuple(entries.values()), place, repeats=bool(twice))


def _is_empty(value: Value) -> bool:
    return isinstance(value, Scalar) and not value.text


def _given_twice(names: list[Scalar]) -> str:
    if len(names) == 1:
        return f"`{names[0].text}` is given twice; keep one of them"
    words = ", ".join(dict.fromkeys(f"`{name.text}`" for name in names))
    return f"{words} are given twice; is the name missing above them, or indented?"


def _place(mark: yaml.Mark | None, origin: Place) -> Place:
    if mark is None:
        return origin
    column = mark.column + (origin.column if mark.line == 0 else 1)
    return Place(origin.file, origin.line + mark.line, column)


class Fields:
    """The named parts of a mapping, each read with its expectation; what is wrong goes to ``problems``.

    ``meant`` are the names that misspelt ones stand for: they are not said to be missing as well.
    """

    def __init__(
        self, value: Value, what: str, allowed: tuple[str, ...], problems: list[Problem], clause: str | None = None
    ) -> None:
        self.place = value.place
        self.what = what
        self.problems = problems
        self.clause = clause
        self.mapping = value if isinstance(value, Mapping) else Mapping((), value.place)
        self.meant: set[str] = set()
        if not isinstance(value, Mapping):
            self.wrong(value.place, f"{what} must be names with values, one a line: {listed(allowed)}")
            self.meant.update(allowed)
        for key, _ in self.mapping.entries:
            if key.text not in allowed:
                self._unknown(key, allowed)

    def _unknown(self, key: Scalar, allowed: tuple[str, ...]) -> None:
        near = nearest(key.text, allowed)
        self.wrong(key.place, f"{self.what} has no `{key.text}`" + (f"; did you mean `{near}`?" if near else ""))
        if near:
            self.meant.add(near)

    def wrong(self, place: Place, message: str, unknown: str = "") -> None:
        """Note a problem here."""
        self.problems.append(Problem(place, message, self.clause, unknown=unknown))

    def value(self, name: str, *, required: bool = False) -> Value | None:
        """What stands there, of any shape."""
        value = self.mapping.get(name)
        if value is None and required and name not in self.meant:
            self.wrong(self.place, f"{self.what} lacks `{name}`")
        return value

    def scalar(self, name: str, *, required: bool = False) -> Scalar | None:
        """One word or phrase with its place."""
        value = self.value(name, required=required)
        if value is not None and (not isinstance(value, Scalar) or not value.text.strip()):
            self.wrong(value.place, f"`{name}` must be one word or phrase")
            return None
        return value if isinstance(value, Scalar) else None

    def text(self, name: str, *, required: bool = False) -> str:
        """One word or phrase on one line; empty if it is left out."""
        scalar = self.scalar(name, required=required)
        return " ".join(scalar.text.split()) if scalar else ""

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A date; None if it is left out, or none."""
        scalar = self.scalar(name, required=required)
        day = date_from(scalar.text) if scalar else None
        if scalar and day is None:
            self.wrong(scalar.place, f"`{name}` must be a date like 2025-10-01, not `{scalar.text}`")
        return day

    def words(self, name: str, *, required: bool = False) -> tuple[Scalar, ...]:
        """A list of words; a single one may stand without brackets."""
        value = self.value(name, required=required)
        if value is None:
            return ()
        items = value.items if isinstance(value, Sequence) else (value,)
        for item in items:
            if not isinstance(item, Scalar):
                self.wrong(item.place, f"`{name}` must be a list of words")
        return tuple(item for item in items if isinstance(item, Scalar))

    def pairs(self, name: str, *, required: bool = False) -> Iterator[tuple[Scalar, Scalar]]:
        """Names with one word or phrase each."""
        value = self.value(name, required=required)
        if value is not None and not isinstance(value, Mapping):
            self.wrong(value.place, f"`{name}` must be names with a word or phrase each")
        for key, part in value.entries if isinstance(value, Mapping) else ():
            if isinstance(part, Scalar):
                yield key, part
            else:
                self.wrong(part.place, f"`{key.text}` must be one word or phrase")
