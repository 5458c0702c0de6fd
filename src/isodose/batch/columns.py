"""Which columns of a table are a flat case's, by its own names or by a payer's; what looks odd of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from isodose.batch.items import refused
from isodose.batch.job import JobError
from isodose.compile.expression import Kind
from isodose.determination.case import REQUEST_COLUMNS
from isodose.determination.record import ADDED
from isodose.guideline.guideline import Guideline
from isodose.guideline.problem import did_you_mean, listed, nearest

_TEMPLATE = "`isodose export csv-template` prints the names"


@dataclass(frozen=True, slots=True)
class FlatCase:
    """The columns of a flat case that a table has: each with its kind, and with the name that the table has for it."""

    kinds: Mapping[str, Kind]
    names: Mapping[str, str]
    notes: tuple[str, ...] = ()


def flat_case_in(guideline: Guideline, table: Mapping[str, Kind], names: Mapping[str, str]) -> FlatCase:
    """The columns of the table (name to kind) that are a flat case's. Raises ``JobError`` with all that is wrong."""
    ours = known_columns(guideline)
    wrong = [*_taken(table), *_map_problems(ours, table, names)]
    found = {column: name for column in ours if (name := names.get(column, column)) in table}
    if not wrong and not found:
        wrong = [_no_case(ours, table)]
    if wrong:
        raise JobError(*wrong)
    kinds = {column: table[name] for column, name in found.items()}
    return FlatCase(kinds, found, tuple(_notes(ours, table, found)))


def known_columns(guideline: Guideline) -> tuple[str, ...]:
    """The columns of a flat case: its facts, and those that name a row."""
    return (*guideline.columns, *sorted(REQUEST_COLUMNS))


def _taken(table: Iterable[str]) -> Iterator[str]:
    """Engines tell columns apart without regard to case, so `Outcome` would be lost as `outcome` would."""
    fault = refused({name.lower() for name in table}, "")
    if fault:
        yield fault.message


def _map_problems(ours: Iterable[str], table: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    for column, name in names.items():
        if column not in ours:
            yield f"`{column}` is no column of a flat case{did_you_mean(column, ours)}"
        if name not in table:
            yield f"`{column}` is to be read from `{name}`, which the table does not have{did_you_mean(name, table)}"
    for name, count in Counter(names.values()).items():
        if count > 1:
            yield f"`{name}` is to be read as {listed(sorted(ours for ours in names if names[ours] == name))}; choose one"


def _no_case(ours: tuple[str, ...], table: Iterable[str]) -> str:
    near = {name: found for name in table if (found := nearest(name, ours))}
    guess = f"; perhaps {', '.join(f'`{name}` is `{found}`' for name, found in near.items())}" if near else ""
    return f"no column of a flat case is in it{guess}; {_TEMPLATE}, and `--columns` says where they have others"


def _notes(ours: tuple[str, ...], table: Iterable[str], found: Mapping[str, str]) -> Iterator[str]:
    """Columns that are passed through, though their names nearly are ones that the table lacks."""
    used, lacking = set(found.values()), [column for column in ours if column not in found]
    for name in table:
        near = nearest(name, lacking) if name not in used and name not in ADDED else None
        if near:
            yield f"the column `{name}` is no fact of this guideline and was not used; did you mean `{near}`?"
