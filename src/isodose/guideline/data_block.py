"""What a data block states, as plain values and as the lists that leaves can ask."""

from __future__ import annotations

import re

from isodose.guideline.dates import date_from
from isodose.guideline.document import Piece
from isodose.guideline.edition import Data, Plain
from isodose.guideline.phrase import ListedCodes
from isodose.guideline.problem import Problem, did_you_mean, listed, nearest
from isodose.guideline.text import plain
from isodose.guideline.tree import Period
from isodose.guideline.yaml_source import Mapping, Scalar, Sequence, Value

RULES = ("required", "not-required", "undetermined")
"""What a plan can say of a code in the data block `codes`; other parts of it are free groups."""

_DATED = ("codes", "since", "until")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_EDGES = re.compile(r"^\s*\||(?<!\\)\|\s*$")


def plain_from(value: Value, table: Piece | None, problems: list[Problem]) -> Plain:
    """The value without places; ``{column: Code}`` becomes the cells of that column of the table above."""
    if isinstance(value, Scalar):
        return value.text.strip()
    if isinstance(value, Sequence):
        return [plain_from(item, table, problems) for item in value.items]
    column = value.get("column")
    if len(value.entries) == 1 and isinstance(column, Scalar):
        return list(_column(column, table, problems))
    return {key.text: plain_from(part, table, problems) for key, part in value.entries}


def _column(name: Scalar, table: Piece | None, problems: list[Problem]) -> list[str]:
    if table is None or table.kind != "table":
        problems.append(Problem(name.place, f"no table stands above this block to read the column `{name.text}` from"))
        return []
    header, _, *rows = (_cells(line) for line in table.text.split("\n"))
    if name.text not in header:
        near = did_you_mean(name.text, header)
        problems.append(Problem(name.place, f"the table has no column `{name.text}`: it has {listed(header)}{near}"))
        return []
    at = header.index(name.text)
    return [row[at] for row in rows if at < len(row) and row[at]]


def _cells(line: str) -> list[str]:
    return [plain(cell) for cell in _CELL_BREAK.split(_EDGES.sub("", line))]


def lists_in(name: str, value: Value, stated: Plain, problems: list[Problem]) -> dict[str, ListedCodes]:
    """The lists that a leaf can ask: ``NAME`` (a list, or a mapping's names) and ``NAME.PART`` for each list in it."""
    if not isinstance(value, Mapping) or not isinstance(stated, dict):
        return _list(name, value, stated, problems)
    lists = {name: ListedCodes(frozenset(stated))}
    for key, part in value.entries:
        found = _list(f"{name}.{key.text}", part, stated[key.text], problems)
        if not found and name.partition(".")[0] == "codes" and key.text in RULES:
            message = (
                f"`{name}.{key.text}` must be a list: `[77385, 77386]`, `{{column: …}}` or `{{codes: […], since: …}}`"
            )
            problems.append(Problem(part.place, message))
        lists |= found
    return lists


def with_parts_below(
    lists: dict[str, ListedCodes], data: dict[str, Data], problems: list[Problem]
) -> dict[str, ListedCodes]:
    """The lists, with what each block ``NAME.X`` states counted for ``NAME`` as well: ``codes.X.required`` for ``codes.required``."""
    together = dict(lists)
    for block in data.values():
        above, _, below = block.name.partition(".")
        if below and isinstance(block.value, dict):
            del together[block.name]  # nobody asks for the names of its parts
        for part in block.value if below and above in data and isinstance(block.value, dict) else ():
            own, name = lists.get(f"{block.name}.{part}"), f"{above}.{part}"
            if own:
                others = together.get(name, ListedCodes(frozenset(), own.period))
                if others.period != own.period:
                    message = f"`{block.name}.{part}` holds for other dates than `{name}`, to which it belongs"
                    problems.append(Problem(block.place, message))
                together[name] = ListedCodes(others.members | own.members, others.period)
    return together


def _list(name: str, value: Value, stated: Plain, problems: list[Problem]) -> dict[str, ListedCodes]:
    if isinstance(stated, dict) and isinstance(stated.get("codes"), list) and isinstance(value, Mapping):
        for key, _ in value.entries:
            near = nearest(key.text, _DATED)
            if near and key.text not in _DATED:
                problems.append(Problem(key.place, f"`{name}` has no `{key.text}`; did you mean `{near}`?"))
        return {name: ListedCodes(_members(stated["codes"]), _period(value, problems))}
    return {name: ListedCodes(_members(stated))} if isinstance(stated, list) else {}


def _members(stated: Plain) -> frozenset[str]:
    return frozenset(item for item in stated if isinstance(item, str))


def _period(value: Mapping, problems: list[Problem]) -> Period:
    bounds = []
    for name in _DATED[1:]:
        bound = value.get(name)
        day = date_from(bound.text) if isinstance(bound, Scalar) else None
        if bound is not None and day is None:
            problems.append(Problem(bound.place, f"`{name}` must be a date like 2026-01-01"))
        bounds.append(day)
    since, until = bounds
    if since and until and until < since:
        place = next(part.place for key, part in value.entries if key.text == "until")
        problems.append(Problem(place, f"`until` lies before `since`, {since}"))
    return Period(*bounds)
