"""A draft's fields as they were typed. Nothing here is right or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from isodose.store.drafts import Body
from isodose.store.event import Json

LINE = "line"
"""The field that has a value for each service line: what its other fields' names end with."""

DIAGNOSIS = "diagnosis"
SOUGHT = "find"
"""What a diagnosis is looked for by."""

OF, SEEN = "of", "seen"
"""The request that a draft adds to, and its last event as it was seen. A form does not set them."""

PAGE_ID = "page_id"
"""Which page of a browser saved last: it may save again and again, and nobody else over it unseen."""

_LONGEST_KEY = 6
"""Digits of a line's name, as the form makes them."""

_NOT_TYPED = frozenset({"csrf", "number", "do", OF, SEEN})


@dataclass(frozen=True, slots=True)
class Typed:
    """Fields by name; one that is not there is empty."""

    body: Body

    def text(self, name: str) -> str:
        """The only value, or the last, trimmed."""
        values = self.texts(name)
        return values[-1] if values else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """All values that are not empty, trimmed."""
        value = self.body.get(name)
        values = value if isinstance(value, list) else [value]
        return tuple(one.strip() for one in values if isinstance(one, str) and one.strip())

    @property
    def lines(self) -> tuple[str, ...]:
        """The service lines; there always is one."""
        return tuple(dict.fromkeys(self.texts(LINE))) or ("1",)

    @property
    def of(self) -> str:
        """The tracking number of the request that this adds to; empty for a new one."""
        return self.text(OF)


def saved_body(typed: Mapping[str, str | list[str]], before: Body) -> dict[str, Json]:
    """What is kept of a form: all that was typed, and of the draft before it what no form sets."""
    kept: dict[str, Json] = {name: value for name, value in typed.items() if name not in _NOT_TYPED}
    return {**kept, **{name: before[name] for name in (OF, SEEN) if name in before}}


def with_line(body: Body) -> dict[str, Json]:
    """One service line more."""
    lines = Typed(body).lines
    return {**body, LINE: [*lines, next_key(lines)]}


def next_key(keys: Iterable[str]) -> str:
    """A name for one more of what a form has several of."""
    return str(max((int(one) for one in keys if one.isdecimal() and len(one) < _LONGEST_KEY), default=0) + 1)


def without_line(body: Body, line: str) -> dict[str, Json]:
    """One line less, with its fields; the only one stays."""
    lines = [one for one in Typed(body).lines if one != line]
    kept = {name: value for name, value in body.items() if not name.endswith(f"-{line}") or not lines}
    return {**kept, LINE: lines or [line]}


def with_diagnosis(body: Body, code: str) -> dict[str, Json]:
    """One diagnosis more; the search for it is over."""
    codes = dict.fromkeys((*Typed(body).texts(DIAGNOSIS), code))
    return {**body, DIAGNOSIS: list(codes), SOUGHT: ""}


def without_diagnosis(body: Body, code: str) -> dict[str, Json]:
    return {**body, DIAGNOSIS: [one for one in Typed(body).texts(DIAGNOSIS) if one != code]}
