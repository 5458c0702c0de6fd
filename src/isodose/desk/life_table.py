"""The table of transitions as a page shows it: Markdown, made from the table itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from isodose.desk.state import DECIDED, OPEN
from isodose.desk.transitions import ADVERSE, AUTHORIZATION, REQUEST, Do, Row

_GROUPS = {OPEN: "any open state", DECIDED: "any decided state"}


def life_table() -> str:
    """Both parts of the table, each under its heading."""
    parts = (("A request", _lines(REQUEST)), ("An authorization", _lines(AUTHORIZATION)))
    return "\n".join(f"### {title}\n\n{_HEAD}\n{chr(10).join(lines)}\n" for title, lines in parts)


_HEAD = "| what is done | event | from | to | who may |\n| --- | --- | --- | --- | --- |"


def _lines(rows: Iterable[Row[StrEnum]]) -> Iterator[str]:
    for row in rows:
        cells = (_act(row.do), f"`{row.do}`", _before(row.before), row.after or "stays", ", ".join(row.who))
        yield f"| {' | '.join(cells)} |"


def _act(do: Do) -> str:
    return f"**{do.words}**" if do in ADVERSE else do.words


def _before(before: tuple[StrEnum, ...]) -> str:
    words = ", ".join(before)
    for group, name in _GROUPS.items():
        words = words.replace(", ".join(group), name)
    return words
