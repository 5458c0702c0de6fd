"""The small language between the guideline and every engine: what is computed for a row, in shapes that any engine has.

A Boolean here is never null: unknown is not a third value but a second expression, see ``rails.py``. All else may be null,
which means that there is no value. The same expression is the same object, so an engine computes what is shared once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Self, TypeVar, dataclass_transform
from weakref import WeakValueDictionary

_MADE: WeakValueDictionary[tuple[object, ...], Expression] = WeakValueDictionary()


class Expression:
    """The base of all: the same class with the same parts is one object, told by identity."""

    __slots__ = ("__weakref__",)

    def __new__(cls, *parts: object) -> Self:
        """The one expression of this class with these parts."""
        key = (cls, *((type(part), part) for part in parts))
        made = _MADE.get(key)
        if made is None:
            made = _MADE[key] = super().__new__(cls)
        return made  # type: ignore[return-value]


Made = TypeVar("Made", bound=Expression)


@dataclass_transform(frozen_default=True, eq_default=False)
def node(made: type[Made]) -> type[Made]:
    """A frozen value told by identity."""
    return dataclass(frozen=True, slots=True, eq=False)(made)


# --- yes or no, never null


class Boolean(Expression):
    """Yes or no; never null."""

    __slots__ = ()


@node
class Constant(Boolean):
    """Always or never."""

    value: bool


ALWAYS, NEVER = Constant(True), Constant(False)  # noqa: FBT003


@node
class Not(Boolean):
    """The opposite."""

    part: Boolean


@node
class AllOf(Boolean):
    """Every part holds. Made by ``all_of``."""

    parts: tuple[Boolean, ...]


@node
class AnyOf(Boolean):
    """Some part holds. Made by ``any_of``."""

    parts: tuple[Boolean, ...]


@node
class CountAtLeast(Boolean):
    """``count`` parts or more hold."""

    count: int
    parts: tuple[Boolean, ...]


def negated(part: Boolean) -> Boolean:
    """The opposite, without a double one."""
    if isinstance(part, Constant):
        return NEVER if part.value else ALWAYS
    return part.part if isinstance(part, Not) else Not(part)


def all_of(parts: Iterable[Boolean]) -> Boolean:
    """Every part, each once, without what always holds; never, if two contradict each other."""
    return _combined(AllOf, parts, ALWAYS, NEVER)


def any_of(parts: Iterable[Boolean]) -> Boolean:
    """Some part, each once, without what never holds; always, if two are opposites."""
    return _combined(AnyOf, parts, NEVER, ALWAYS)


def count_at_least(count: int, parts: Iterable[Boolean]) -> Boolean:
    """``count`` or more of the parts, which are not merged: each counts."""
    given = tuple(parts)
    if count <= 1:
        return ALWAYS if count <= 0 else any_of(given)
    return all_of(given) if count == len(given) else CountAtLeast(count, given) if count < len(given) else NEVER


def _combined(kind: type[AllOf | AnyOf], parts: Iterable[Boolean], neutral: Boolean, decisive: Boolean) -> Boolean:
    found: dict[Boolean, None] = {}
    for part in parts:
        found.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    found.pop(neutral, None)
    if decisive in found or any(negated(part) in found for part in found):
        return decisive
    return next(iter(found)) if len(found) == 1 else kind(tuple(found)) if found else neutral


def with_atoms(atom: Callable[[Boolean], Boolean]) -> Callable[[Boolean], Boolean]:
    """A function that gives the same Boolean with every part that combines nothing put as ``atom`` has it, each once."""

    @cache
    def of(asked: Boolean) -> Boolean:
        match asked:
            case Constant():
                return asked
            case Not(part):
                return negated(of(part))
            case AllOf(parts):
                return all_of(map(of, parts))
            case AnyOf(parts):
                return any_of(map(of, parts))
            case CountAtLeast(count, parts):
                return count_at_least(count, map(of, parts))
            case _:
                return atom(asked)

    return of


# --- what a row holds


class Kind(Enum):
    """The type of a column as an engine declares it."""

    TEXT = "text"
    YES_NO = "yes/no"
    NUMBER = "number"
    DATE = "date"
    TEXTS = "list of texts"


class Value(Expression):
    """Something that a row holds or that follows from it; null where there is none."""

    __slots__ = ()


@node
class Column(Value):
    """A column of the row."""

    name: str
    kind: Kind


@node
class Literal(Value):
    """A text."""

    text: str


@node
class Trimmed(Value):
    """A text without ASCII white space around it; null if nothing is left."""

    text: Value


@node
class Upper(Value):
    """A text with a-z in upper case, all else as it stands."""

    text: Value


@node
class Lower(Value):
    """A text with A-Z in lower case, all else as it stands."""

    text: Value


@node
class DateOf(Value):
    """The date that a text writes as YYYY-MM-DD, else null."""

    text: Value


@node
class NumberOf(Value):
    """The number that a text writes in digits, else null."""

    text: Value


@node
class Span(Value):
    """Whole years, whole months or days from one date to another (``guideline.formula.SPANS``); null without both."""

    span: str
    start: Value
    end: Value


@node
class Written(Value):
    """A date or a number as text."""

    value: Value


@node
class Shown(Value):
    """What a cell holds as a message shows it, in backticks: text as it stands, all else as JSON has it.

    The first ``SHOWN`` letters, then an ellipsis; what cannot be printed is shown as �.
    """

    cell: Value


@node
class Joined(Value):
    """Texts one after the other; none of them is null."""

    parts: tuple[Value, ...]


@node
class Sentences(Value):
    """The texts whose condition holds, joined by ``; `` in their order; null if none does. A text may be null: none."""

    parts: tuple[tuple[Boolean, Value], ...]


@node
class Choose(Value):
    """The value of the first condition that holds; else null."""

    branches: tuple[tuple[Boolean, Value], ...]


@node
class Names(Value):
    """The list of the names whose condition holds, in their order; empty if none does, never null."""

    parts: tuple[tuple[str, Boolean], ...]


@node
class Codes(Value):
    """The diagnosis codes that a list (or a text, split at ``;``) holds: trimmed, upper case, no dot, each once.

    Blank entries and those that are no ICD-10-CM code are left out; null if none is left.
    """

    given: Column


@node
class UnreadableCodes(Value):
    """What a message says of the entries that are no ICD-10-CM code, joined by ``; ``; null if all are."""

    given: Column


@node
class Headings(Value):
    """What a message says of the codes that the release holds as headings, joined by ``; ``; null if none is one."""

    codes: Codes


# --- what is asked of it


@node
class Present(Boolean):
    """There is a value."""

    value: Value


@node
class IsTrue(Boolean):
    """A yes/no column is yes."""

    value: Value


@node
class OneOf(Boolean):
    """A text is one of these."""

    text: Value
    members: tuple[str, ...]


@node
class Matches(Boolean):
    """A text is, from its start to its end, what a regular expression describes."""

    text: Value
    pattern: str


@node
class Compared(Boolean):
    """A number or a date against a bound or another value of its type; not so without a value."""

    value: Value
    operator: str
    bound: int | Fraction | date | Value


@node
class RatioCompared(Boolean):
    """The ratio of two numbers against a bound; not so without both, or if the second is zero."""

    first: Value
    second: Value
    operator: str
    bound: int | Fraction


@node
class Belongs(Boolean):
    """What the diagnosis codes say of the illness: one ``Trait`` of theirs."""

    codes: Codes
    trait: Trait


class Says(Enum):
    """What may be asked of all codes together."""

    SPEAKS = "speaks of the illness"
    CLEAR = "clear in a clause or set"
    OPEN = "clear or ambiguous in a clause or set, or nothing is said"
    HOME = "clear in the clause itself"


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that codes say, of a clause or set (``target``, empty for ``SPEAKS``)."""

    says: Says
    target: str = ""


def children(expression: Expression) -> Iterator[Expression]:
    """The expressions that one is made of, in their order."""
    for field in fields(expression):  # type: ignore[arg-type]
        yield from _expressions_in(getattr(expression, field.name))


def _expressions_in(part: Any) -> Iterator[Expression]:
    if isinstance(part, Expression):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _expressions_in(one)


def in_order(roots: Iterable[Expression]) -> list[Expression]:
    """Every expression below the roots once, each after all that it is made of."""
    found: dict[Expression, None] = {}

    def visit(expression: Expression) -> None:
        if expression not in found:
            for child in children(expression):
                visit(child)
            found[expression] = None

    for root in roots:
        visit(root)
    return list(found)
