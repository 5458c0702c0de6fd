"""The reading that every engine is held against says of each row what the engine of single cases says."""

from dataclasses import fields

from tests.compile.tables import CLASSES, TABLES, Table, differences, each_table

from isodose.compile.python import Row, value_of
from isodose.compile.rows.flat_case import Added


def answers(table: Table) -> list[Row]:
    added, classes = table.added, CLASSES(table.program.guideline)
    return [
        {field.name: value_of(getattr(added, field.name), row, classes) for field in fields(Added)}
        for row in table.rows
    ]


@each_table()
def test_each_row_is_answered_as_the_engine_answers_it(name: str) -> None:
    for table in TABLES[name]():
        assert differences(table, answers(table)) == []
