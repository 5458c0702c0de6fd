"""Millions of made-up claim lines and authorizations as Parquet files, the same for the same counts; made by DuckDB from hashes.

A member has about ten lines and one authorization. Most lines lie within it; some have another provider, code or date, are billed
twice, or lack something. Of 3 % of the authorizations fewer units were granted than are billed.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.rows import _ROLLS, one_of


def write_claims(lines: Path, authorizations: Path, count: int) -> None:
    """Lines 0 to ``count``, and a tenth as many authorizations."""
    made = duckdb.connect()
    made.execute(_ROLLS)
    made.execute(_STARTS)
    made.execute("set preserve_insertion_order = false")
    for path, rows in ((lines, _LINES), (authorizations, _AUTHORIZATIONS)):
        made.execute(f"copy ({rows}) to '{path}' (format parquet)", {"count": count, "members": count // 10})


_STARTS = """
create macro start_of(member) as date '2025-01-01' + cast(roll(member, 1, 540) as integer);
create macro npi_of(member) as '1' || lpad(cast(roll(member, 2, 5000) as varchar), 9, '0');
create macro code_of(day, i) as case when day < date '2026-01-01' then
    case roll(i, 40, 4) when 0 then '77385' when 1 then '77386' when 2 then 'G6015' else 'G6016' end
    else case roll(i, 40, 2) when 0 then '77407' else '77412' end end;
"""

_AUTHORIZATIONS = """
select 'A' || lpad(cast(i as varchar), 9, '0') as authorization_number,
    'M' || lpad(cast(member as varchar), 9, '0') as member_id, [code_of(start_of(member), i)] as procedure_codes,
    start_of(member) as from_date, start_of(member) + 90 as to_date,
    case when often(i, 41, 2) then start_of(member) + 30 end as ended_on,
    case when often(i, 42, 3) then 5 when not often(i, 43, 5) then 20 + cast(roll(i, 44, 20) as integer) end as units,
    case when not often(i, 45, 20) then [npi_of(member), npi_of(member + 1)] end as provider_npis,
    case when often(i, 46, 90) then 'approved' when often(i, 47, 50) then 'denied' else 'pending' end as status,
    start_of(member) - 5 as decided
from (select i, case when often(i, 48, 85) then i else roll(i, 49, $members) end as member from range($members) as made(i))
where $count > 0
"""

_LINES = f"""
select 'C' || lpad(cast(i // 4 as varchar), 9, '0') as claim_id, cast(i % 4 + 1 as integer) as line,
    'M' || lpad(cast(member as varchar), 9, '0') as member_id,
    case when not often(i, 50, 2) then day - cast(7000 + roll(member, 51, 25000) as integer) end as member_birth_date,
    case when not often(i, 52, 5) then date '2020-01-01' + cast(roll(member, 53, 2200) as integer) end as member_since,
    case when not often(i, 54, 1) then {one_of(55, "ma-hmo", "ma-hmo", "ma-ppo", "MA-PPO", "commercial")} end as product,
    day as date_of_service,
    case when not often(i, 56, 10) then start_of(member) end as course_begun,
    case when often(i, 57, 92) then code_of(day, i) else {one_of(58, "77301", "77338", "77387", "77402", "99213")} end
        as procedure_code,
    case when often(i, 59, 10) then ['26'] when often(i, 60, 5) then ['59'] end as modifiers,
    cast(1 as integer) as units,
    case when not often(i, 61, 3) then npi_of(case when often(i, 62, 95) then member else i end) end as provider_npi,
    cast(null as varchar) as technique,
    case when not often(i, 63, 3) then [{one_of(64, "C61", "C50.911", "C34.90", "c61", "C71.9")}] end as diagnosis_codes,
    case when often(i, 65, 50) then 'A' || lpad(cast(member as varchar), 9, '0') end as authorization_number,
    cast(roll(i, 66, 100000) as integer) as paid_cents
from (
    select i, member, case when often(i, 67, 95) then start_of(member) + cast(roll(i, 68, 60) as integer)
        else date '2025-01-01' + cast(roll(i, 69, 600) as integer) end as day
    from (select i, roll(i, 70, $members) as member from range($count) as made(i))
)
"""  # noqa: S608 - all texts are of this file
