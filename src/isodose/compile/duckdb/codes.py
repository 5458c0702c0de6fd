"""What lists of diagnosis codes say, for DuckDB: each different list is looked into once, and joined to the rows that have it.

Four tables of data hold what the guideline's map and the release of ICD-10-CM say of codes; the same few queries over them serve any
guideline. What a list says is told in bits: one for each trait that the expressions ask for, 64 in a number.
"""

# ruff: noqa: S608 - every name and text in the SQL is quoted by `name` and `text`
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from isodose.compile.diagnosis_classes import DiagnosisClasses
from isodose.compile.duckdb.sql import full_match, name, shown, text, trimmed, upper
from isodose.compile.expression import Belongs, Column, Expression, Kind, Trait
from isodose.determination.cells import DIAGNOSIS_CODE

BITS = 64

GIVEN, LIST = "isodose given", "isodose list"
"""Each list, and its number, by which all is joined but the rows: a list is dear to compare and to copy."""

OF_MESSAGES, UNREADABLE, HEADINGS = "isodose list of messages", "isodose unreadable", "isodose headings"
"""The number of a list that is wrong, and the two messages about what is in it."""

PRESENT, WRONG, HEADING = range(3)
"""The first bits: a code is in the list; an entry that is none; a heading."""

_FIRST_TRAIT = 3


@dataclass(frozen=True, slots=True)
class Table:
    """Data by columns, each with its name and type."""

    columns: Mapping[str, str]
    values: Sequence[Sequence[object]]

    @property
    def rows(self) -> str:
        """A query for its rows; the values of each column are a parameter."""
        return "select " + ", ".join(
            f"cast(unnest(${place}) as {type_}) as {name(column)}"
            for place, (column, type_) in enumerate(self.columns.items(), start=1)
        )


class CodeTables:
    """The data behind the traits that some expressions ask for."""

    def __init__(self, classes: DiagnosisClasses, expressions: Iterable[Expression]) -> None:
        self._classes = classes
        traits = dict.fromkeys(one.trait for one in expressions if isinstance(one, Belongs))
        self._holders = {trait: classes.holders(trait) for trait in traits}
        self._places = {trait: place for place, trait in enumerate(traits, start=_FIRST_TRAIT)}
        self.words = tuple(f"isodose says {number}" for number in range(-(-(_FIRST_TRAIT + len(self._places)) // BITS)))

    def says(self, trait: Trait) -> str:
        """Whether a row's codes say it, over the columns ``words``."""
        return self.has(self._places[trait])

    def has(self, bit: int) -> str:
        """Whether a row's codes have the bit."""
        word, place = divmod(bit, BITS)
        return f"({name(self.words[word])} & {1 << place} <> 0)"

    def tables(self) -> dict[str, Table]:
        """The tables by name.

        ``billable``: the codes of the release that say something else than other texts between the same bounds; ``between``: where
        classes of all other codes start; ``classes``: what a class says by itself, and what it says beside no treatment.
        """
        classes, said = self._classes, [self._said(number) for number in range(len(self._classes.classes))]
        billable = classes.billable_where(lambda number, other: said[number] != said[other])
        return {
            "billable": _table({"code": "varchar", "class": "smallint"}, billable),
            "between": Table({"start": "varchar", "class": "smallint"}, (classes.starts, classes.elsewhere)),
            "classes": _table(self._class_columns(), ((number, *row) for number, row in enumerate(said))),
            "headings": _table({"code": "varchar", "says": "varchar"}, classes.headings.items()),
        }

    def _class_columns(self) -> dict[str, str]:
        words = {f"{kind} {n}": "ubigint" for kind in ("alone", "beside") for n in range(len(self.words))}
        return {"class": "smallint", "treatment": "boolean"} | words

    def _said(self, number: int) -> tuple[object, ...]:
        alone = [self._word(number, word, "listed") for word in range(len(self.words))]
        beside = [self._word(number, word, "unlisted") for word in range(len(self.words))]
        return number in self._classes.treatments, *alone, *beside

    def _word(self, number: int, word: int, way: str) -> int:
        return sum(
            1 << place % BITS
            for trait, place in self._places.items()
            if place // BITS == word and number in getattr(self._holders[trait], way)
        )

    def queries(self, relation: str, column: Column, cell: str, table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The queries in their order, by name; ``isodose_said`` has a row for each list, ``isodose_messages`` for each that is wrong. ``table`` names the tables of data."""
        split = "string_split(given, ';')" if column.kind is Kind.TEXT else "given"
        yield (
            "isodose_lists",
            f"select given, row_number() over () as list from (select distinct {cell} as given from {relation} where {cell} is not null)",
        )
        yield (
            "isodose_entries",
            f"select list, unnest({split}) as entry, generate_subscripts({split}, 1) as place from isodose_lists",
        )
        yield "isodose_written", _WRITTEN
        yield "isodose_codes", self._codes(table)
        yield "isodose_said", self._said_of_lists()
        yield "isodose_messages", _MESSAGES

    def _codes(self, table: Mapping[str, str]) -> str:
        words = "".join(f', "{kind} {n}"' for kind in ("alone", "beside") for n in range(len(self.words)))
        return (
            f"select entry, wrong, written.code, says, treatment{words} from isodose_written as written "
            f"left join {table['billable']} as billable using (code) "
            f"asof left join {table['between']} as elsewhere on written.code >= elsewhere.start "
            f"left join {table['classes']} as classes on classes.class = coalesce(billable.class, elsewhere.class) "
            f"left join {table['headings']} as headings on headings.code = written.code"
        )

    def _said_of_lists(self) -> str:
        words = ", ".join(
            f'{_FIRST_BITS + " | " if n == 0 else ""}coalesce(bit_or("alone {n}"), 0) | case when bool_or(treatment) then 0 '
            f'else coalesce(bit_or("beside {n}"), 0) end as {name(word)}'
            for n, word in enumerate(self.words)
        )
        of_entries = f"select list, {words} from isodose_entries left join isodose_codes using (entry) group by list"
        said = ", ".join(f"coalesce({name(word)}, 0) as {name(word)}" for word in self.words)
        return f"select given as {name(GIVEN)}, list as {name(LIST)}, {said} from isodose_lists left join ({of_entries}) using (list)"


_FIRST_BITS = " | ".join(
    f"(cast(coalesce(bool_or({asked}), false) as ubigint) << {bit})"  # `|` binds as `<<` does
    for bit, asked in ((PRESENT, "code is not null"), (WRONG, "wrong"), (HEADING, "says is not null"))
)

_READ = upper(trimmed("entry"))

_WRITTEN = (
    "select entry, case when is_code then replace(read, '.', '') end as code, read <> '' and not is_code as wrong from ("
    f"select entry, read, {full_match('read', DIAGNOSIS_CODE.pattern)} as is_code from ("
    f"select entry, {_READ} as read from (select distinct entry from isodose_entries where entry is not null)))"
)
"""Each entry as it is read: its code without the dot, or that it is none; neither of a blank one."""

_UNREADABLE = (
    f"select list, string_agg({shown('entry')} || {text(' is not an ICD-10-CM code')}, '; ' order by place) as unreadable "
    "from isodose_entries join isodose_codes using (entry) where wrong group by list"
)

_HEADINGS = (
    "select list, string_agg(says, '; ' order by place) as headings from ("
    "select list, code, min(place) as place, any_value(says) as says from isodose_entries join isodose_codes using (entry) "
    "where says is not null group by list, code) group by list"
)


_MESSAGES = (
    f"select list as {name(OF_MESSAGES)}, unreadable as {name(UNREADABLE)}, headings as {name(HEADINGS)} "
    f"from ({_UNREADABLE}) full join ({_HEADINGS}) using (list)"
)


def _table(columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Table:
    listed = list(rows)
    return Table(columns, [[row[place] for row in listed] for place in range(len(columns))])
