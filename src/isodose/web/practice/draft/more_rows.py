"""What is told beside a yes, as a form asks for it: a row of fields for each earlier course, for instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from isodose.guideline.facts import Fact
from isodose.guideline.guideline import Guideline
from isodose.guideline.more import Detail, More, row_problems
from isodose.store.drafts import Body
from isodose.store.event import Json
from isodose.web.details import MORE
from isodose.web.practice.draft.fields import field_of
from isodose.web.practice.draft.problem import Problem
from isodose.web.practice.draft.typed import Typed, next_key
from isodose.web.told_more import rows_of

MOST_ROWS = 12
"""More are told in a document."""

_EACH = "each-"


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a row, with what was typed."""

    field: str
    detail: Detail
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    cells: tuple[Cell, ...]

    @property
    def told(self) -> dict[str, str]:
        """What was typed, by detail."""
        return {cell.detail.name: cell.value for cell in self.cells if cell.value}


def rows_field(fact: Fact) -> str:
    """The field that has a value for each row: a part of the names of its fields."""
    return f"{_EACH}{fact.name}"


def _before(fact: str, key: str) -> str:
    return f"told-{fact}-{key}-"


def cell_field(fact: Fact, detail: str, key: str) -> str:
    return f"{_before(fact.name, key)}{detail}"


def rows(typed: Typed, fact: Fact, more: More) -> tuple[Row, ...]:
    """The rows in order; there always is one."""
    keys = tuple(dict.fromkeys(typed.texts(rows_field(fact))))[:MOST_ROWS] or ("1",)
    return tuple(Row(key, tuple(_cells(typed, fact, more, key))) for key in keys)


def _cells(typed: Typed, fact: Fact, more: More, key: str) -> Iterator[Cell]:
    for detail in more.details:
        field = cell_field(fact, detail.name, key)
        yield Cell(field, detail, typed.text(field))


def read_more(typed: Typed, guideline: Guideline) -> dict[str, Json]:
    """What is told beside each yes, as a request's details have it."""
    return {
        f"{MORE}{fact.name}": [row.told for row in told]
        for fact, more in _said(typed, guideline)
        if (told := [row for row in rows(typed, fact, more) if row.told])
    }


def more_problems(typed: Typed, guideline: Guideline, today: date) -> Iterator[Problem]:
    for fact, more in _said(typed, guideline):
        for row in rows(typed, fact, more):
            for cell in row.cells:
                if not cell.value:
                    words = f"{cell.detail.title} of the {more.each}: say it, or that it is unknown"
                    yield Problem(cell.field, words, lacks=True)
            for name, words in row_problems(more, row.told, today):
                yield Problem(cell_field(fact, name, row.key), words)


def _said(typed: Typed, guideline: Guideline) -> Iterator[tuple[Fact, More]]:
    """The facts that are answered with yes and told with more."""
    for fact in guideline.facts.values():
        if fact.more and typed.text(field_of(fact)) == "yes":
            yield fact, fact.more


def with_row(body: Body, field: str) -> dict[str, Json]:
    """One row more, in the rows of a field; nothing for a field that has none."""
    if not field.startswith(_EACH):
        return dict(body)
    keys = Typed(body).texts(field) or ("1",)
    return {**body, field: [*keys, next_key(keys)]}


def without_row(body: Body, about: str) -> dict[str, Json]:
    """One row less (`FIELD:KEY`), with its fields; nothing for a field that has no rows."""
    field, _, key = about.partition(":")
    if not field.startswith(_EACH):
        return dict(body)
    before = _before(field.removeprefix(_EACH), key)
    kept = {name: value for name, value in body.items() if not name.startswith(before)}
    return {**kept, field: [one for one in Typed(body).texts(field) if one != key]}


def typed_rows(details: Mapping[str, Json], guideline: Guideline) -> dict[str, Json]:
    """What was sent, as the fields of a form."""
    body: dict[str, Json] = {}
    for fact in guideline.facts.values():
        for key, row in enumerate(rows_of(details, fact) if fact.more else (), 1):
            body[rows_field(fact)] = [str(one) for one in range(1, key + 1)]
            body |= {cell_field(fact, name, str(key)): words for name, words in row.items()}
    return body
