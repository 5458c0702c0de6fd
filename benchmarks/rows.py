"""Millions of made-up IMRT rows as a Parquet file, the same for the same count: most are complete, some are not, a few are wrong.

As in ``cases.py``, but of all editions and codes as people write them: a tenth of the codes in lower case or without their dot, a few
headings, other chapters, slips. DuckDB makes them from hashes of the row's number.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.cases import RELEASE


def write_rows(path: Path, count: int) -> None:
    """Rows 0 to ``count`` as Parquet."""
    made = duckdb.connect()
    made.execute(_ROLLS)
    for name, first, last in (("neoplasms", "C00", "D49"), ("others", "A00", "Z99")):
        made.execute(f"create table {name} as {_CODES}", [str(RELEASE), first, last])
    made.execute("set preserve_insertion_order = false")
    made.execute(f"copy ({_ROWS}) to '{path}' (format parquet)", {"count": count})


_CODES = """
select row_number() over (order by code) - 1 as number, rtrim(code[:3] || '.' || code[4:], '.') as code
from read_csv($1, all_varchar = true) where billable = '1' and code[:3] between $2 and $3
"""
"""The billable codes of some chapters, as they are written."""

_ROLLS = """
create macro roll(i, salt, sides) as cast(hash(i * 64 + salt) >> 11 as ubigint) % sides;
create macro often(i, salt, percent) as roll(i, salt, 100) < percent;
"""
"""A die with so many sides, thrown for a row; the salt says for what."""


def one_of(salt: int, *offered: str) -> str:
    """SQL for one of the texts, by a throw. Cases, as DuckDB is slow at taking an element out of a list of texts."""
    cases = " ".join(f"when {side} then '{one}'" for side, one in enumerate(offered))
    return f"case roll(i, {salt}, {len(offered)}) {cases} end"


_ROWS = f"""
with cast_of as (
    select i, date '2025-01-01' + cast(roll(i, 1, 730) as integer) as service,
        case roll(i, 2, 3) when 0 then roll(i, 3, 34700) when 1 then 18263 + roll(i, 3, 14600) else 5840 + roll(i, 3, 2560) end as days,
        roll(i, 5, (select count(*) from neoplasms)) as neoplasm, roll(i, 5, (select count(*) from others)) as other
    from range($count) as numbers(i)
), written as (
    select i, service, service - cast(days as integer) as birth,
        case when often(i, 4, 90) then neoplasms.code else others.code end as first,
        case when often(i, 6, 15) then {one_of(7, "C79.31", "C79.51", "C78.01", "C77.5")} end as second,
        case when often(i, 8, 30) then {one_of(9, "Z51.0", "Z51.11", "Z51.5", "Z85.3", "Z92.3", "G89.3", "E11.9", "I10")} end as third,
        case when roll(i, 10, 500) = 0 then {one_of(11, "C18", "C50", "C6", "C61.", "")} end as slip
    from cast_of
    join neoplasms on neoplasms.number = neoplasm
    join others on others.number = other
)
select
    'R' || lpad(cast(i as varchar), 9, '0') as request_id,
    cast(roll(i, 12, 100000000) as integer) as claim_number,
    case when not roll(i, 13, 500) = 0 then service end as date_of_service,
    case when not often(i, 14, 4) then birth end as member_birth_date,
    case when not often(i, 15, 4) then {one_of(16, "ma-hmo", "ma-hmo", "ma-ppo", "MA-PPO", "commercial")} end as product,
    case when often(i, 17, 90)
        then case when service < date '2026-01-01' or often(i, 18, 2) then {one_of(19, "77385", "77386", "G6015", "g6016")}
             else {one_of(19, "77407", "77412")} end
        else {one_of(19, "77301", "77338", "77387", "77402", "99213")} end as procedure_code,
    case when not often(i, 20, 4) then list_filter(
        [case when often(i, 21, 5) then lower(first) when often(i, 22, 5) then replace(first, '.', '') else first end,
         second, third, slip], lambda code: code is not null) end as diagnosis_codes,
    case when not often(i, 23, 4) then {one_of(24, "imrt", "vmat", "imrt", "vmat", "imrt", "vmat", "imrt", "vmat", "IMRT", "3d-conformal")} end as technique,
    case when not often(i, 25, 4) then {one_of(26, "curative", "curative", "curative", "local-control", "palliative")} end
        as treatment_intent,
    case when not often(i, 27, 4) then often(i, 28, 80) end as dose_escalation_concern,
    case when not often(i, 29, 4) then often(i, 30, 20) end as previously_irradiated,
    case when not often(i, 31, 4) then often(i, 32, 90) end as radiation_required,
    case when not often(i, 33, 4) then often(i, 34, 5) end as concurrent_proton_therapy
from written
"""  # noqa: S608 - all texts are of this file
