"""Members and practices from files: all that is wrong at once, all or nothing, and every version stays readable."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.store.events import NOON
from tests.store.inside import rows

from isodose.store.errors import StoreError
from isodose.store.members import Coverage, Member, find_member, find_members, load_members, read_members
from isodose.store.practices import Practice, all_practices, find_practice, load_practices, read_practices
from isodose.store.record import Record
from isodose.store.roster import Loaded

TODAY = NOON.date()
MEMBERS = """member_id,birth_date,product,coverage_start,coverage_end,name
M1,1960-02-29,MA-HMO,2024-01-01,2024-12-31,Ann Lee
M2,1950-01-01,ma-hmo,2025-01-01,,
M1,1960-02-29,ma-ppo,2025-01-01,,Ann Lee
"""
ANN = Member(
    "M1",
    date(1960, 2, 29),
    "Ann Lee",
    (Coverage(date(2024, 1, 1), date(2024, 12, 31), "ma-hmo"), Coverage(date(2025, 1, 1), None, "ma-ppo")),
)
PRACTICES = """practice_id,name,npi,fax
P2,Lakeside Radiation,1234567893,617-972-9409
P1,Harbor Oncology,1111111112,
"""


def file(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def load(record: Record, path: Path, days: int = 0) -> Loaded:
    read, members, problems = read_members(path, TODAY)
    assert problems == []
    return load_members(record.database, read, members, "admin", NOON + timedelta(days=days))


def problems(folder: Path, text: str) -> list[str]:
    path = file(folder, text)
    _, _, found = read_members(path, TODAY)
    return [problem.removeprefix(f"{path}: ") for problem in found]


def test_a_member_has_an_address_where_the_list_says_it(record: Record, tmp_path: Path) -> None:
    header = "member_id,birth_date,product,coverage_start,name,address\n"
    load(record, file(tmp_path, f'{header}M1,1960-02-29,ma-hmo,2024-01-01,Ann Lee,"1 Elm Street; Salem, CT 06420"\n'))
    found = find_member(record.database, "M1", date(1960, 2, 29))
    assert found
    assert found.address == "1 Elm Street; Salem, CT 06420"


def test_a_member_belongs_to_a_primary_care_group_where_the_list_says_it(record: Record, tmp_path: Path) -> None:
    header, *lines = MEMBERS.splitlines()
    groups = (f"{line},{'APN-CT' if line.startswith('M1') else ''}" for line in lines)
    load(record, file(tmp_path, "\n".join((f"{header},group", *groups))))
    assert find_member(record.database, "M1", ANN.birth_date) == replace(ANN, group="apn-ct")
    found = find_member(record.database, "M2", date(1950, 1, 1))
    assert found
    assert found.group is None


def test_a_member_is_found_by_id_and_birth_date_together(record: Record, tmp_path: Path) -> None:
    assert load(record, file(tmp_path, MEMBERS)) == Loaded(1, entries=2, added=2, changed=0, removed=0)
    assert find_member(record.database, "M1", date(1960, 2, 29)) == ANN
    assert find_member(record.database, "M1", date(1960, 2, 28)) is None
    assert find_member(record.database, "M3", date(1960, 2, 29)) is None
    wanted = {(id_, date(1960, 2, day)) for id_ in ("M1", "M3") for day in (28, 29)}
    assert find_members(record.database, wanted) == {("M1", date(1960, 2, 29)): ANN}


def test_the_day_decides_the_product() -> None:
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2030, 1, 1)]
    assert [ANN.product_on(day) for day in days] == [None, "ma-hmo", "ma-hmo", "ma-ppo", "ma-ppo"]


def test_each_version_keeps_only_what_it_changed(record: Record, tmp_path: Path) -> None:
    load(record, file(tmp_path, MEMBERS))
    without_m2 = "".join(line for line in MEMBERS.splitlines(keepends=True) if "M2" not in line)
    later = without_m2.replace("Ann Lee", "Ann Park") + "M3,1940-05-05,ma-hmo,2026-01-01,,\n"
    assert load(record, file(tmp_path, later), days=1) == Loaded(2, entries=2, added=1, changed=1, removed=1)
    assert load(record, file(tmp_path, later), days=2) == Loaded(None, entries=2, added=0, changed=0, removed=0)
    assert rows(record)["roster_entry"] == 5
    assert rows(record)["roster"] == 2


def test_what_was_known_at_a_moment_stays_readable(record: Record, tmp_path: Path) -> None:
    load(record, file(tmp_path, MEMBERS))
    load(record, file(tmp_path, MEMBERS.replace("Ann Lee", "Ann Park").replace("M2", "M3")), days=1)

    def name(member_id: str, born: date, days: float) -> str | None:
        found = find_member(record.database, member_id, born, NOON + timedelta(days=days))
        return found.name or "no name" if found else None

    assert [name("M1", ANN.birth_date, days) for days in (-1, 0, 0.5, 1)] == [None, "Ann Lee", "Ann Lee", "Ann Park"]
    assert [name("M2", date(1950, 1, 1), days) for days in (-1, 0, 1)] == [None, "no name", None]


def test_who_comes_back_is_on_the_list_again(record: Record, tmp_path: Path) -> None:
    for days, listed in enumerate([MEMBERS, MEMBERS.replace("M1", "M4"), MEMBERS]):
        load(record, file(tmp_path, listed), days)
    assert find_member(record.database, "M1", ANN.birth_date) == ANN
    assert find_member(record.database, "M4", ANN.birth_date) is None
    assert list(find_members(record.database, [("M1", ANN.birth_date), ("M4", ANN.birth_date)]).values()) == [ANN]


@pytest.mark.parametrize(
    "statement", ["UPDATE roster_entry SET body = NULL", "DELETE FROM roster_entry", "DELETE FROM roster"]
)
def test_the_database_itself_keeps_every_version(record: Record, tmp_path: Path, statement: str) -> None:
    load(record, file(tmp_path, MEMBERS))
    with pytest.raises(DBAPIError, match="is never changed or removed"), record.database.engine.connect() as connection:
        connection.execute(text(statement))


def test_parquet_says_the_same_with_dates_as_dates_or_as_text(record: Record, tmp_path: Path) -> None:
    table = pl.read_csv(file(tmp_path, MEMBERS), infer_schema=False)
    typed = table.with_columns(pl.col("birth_date", "coverage_start", "coverage_end").str.to_date())
    load(record, file(tmp_path, MEMBERS))
    for name, form in (("text.parquet", table), ("typed.parquet", typed)):
        form.write_parquet(tmp_path / name)
        assert load(record, tmp_path / name) == Loaded(None, entries=2, added=0, changed=0, removed=0)


HEADER = "member_id,birth_date,product,coverage_start,coverage_end,name\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["the file has no rows; a header with `member_id`, `birth_date`, `product` or `coverage_start` and a row below it are needed"]),
        (HEADER, ["the file has no rows; a header with `member_id`, `birth_date`, `product` or `coverage_start` and a row below it are needed"]),
        ("member_id,birth_dat,product\nM1,x,y\n", ["there is no column `birth_dat`; did you mean `birth_date`?", "the column `birth_date` or `coverage_start` is missing"]),
        (HEADER + "M1,1960-02-30,ma-hmo,2024-01-01,,\n", ["line 2: `birth_date`: `1960-02-30` is not a date: write it as YYYY-MM-DD"]),
        (HEADER + "M1,1860-02-28,ma-hmo,2024-01-01,,\n", ["line 2: `birth_date`: nobody who is covered was born on 1860-02-28"]),
        (HEADER + "M1,2026-11-28,ma-hmo,2024-01-01,,\n", ["line 2: `birth_date`: nobody who is covered was born on 2026-11-28"]),
        (HEADER + "M1,1960-02-29,ma-hmo,2024-01-01,2023-01-01,\n", ["line 2: `coverage_end`: 2023-01-01 is before the start, 2024-01-01"]),
        (HEADER + " ,,,,,\n", ["line 2: `member_id`: it is empty", "line 2: `birth_date`: it is empty", "line 2: `product`: it is empty", "line 2: `coverage_start`: it is empty"]),
        (HEADER + "M1,1960-02-29,ma-hmo,2024-01-01,,\nM1,1961-02-28,ma-hmo,2023-01-01,2023-12-31,\n", ["line 3: `birth_date`: M1 has 1961-02-28 here and 1960-02-29 at line 2"]),
        (HEADER + "M1,1960-02-29,ma-hmo,2024-01-01,,\nM1,1960-02-29,ma-ppo,2025-01-01,,\n", ["line 3: `coverage_start`: M1 is covered from 2024-01-01 without an end already"]),
        (HEADER + "M1,1960-02-29,ma-hmo,2024-01-01,2024-06-30,\nM1,1960-02-29,ma-ppo,2024-06-30,,\n", ["line 3: `coverage_start`: M1 is covered from 2024-01-01 to 2024-06-30 already"]),
        (HEADER + "M1,1960-02-29\nM2,x,ma-hmo,2024-01-01,,\n", ["line 2: the row has 2 cells, the header 6; quote a cell that holds a comma", "line 3: `birth_date`: `x` is not a date: write it as YYYY-MM-DD"]),
    ],
)  # fmt: skip
def test_all_that_is_wrong_is_said_at_once_with_its_line(tmp_path: Path, text: str, found: list[str]) -> None:
    assert problems(tmp_path, text) == found


def test_bytes_that_are_no_text_cost_their_line_only(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(HEADER.encode() + b"M1,1960-02-29,ma-hmo,2024-01-01,,Zo\xeb\nM2,x,ma-hmo,2024-01-01,,\n")
    _, members, found = read_members(path, TODAY)
    assert [problem.split(": ")[1] for problem in found] == ["line 2", "line 3"]
    assert members == []


@pytest.mark.parametrize(("name", "message"), [("none.csv", "no such file"), ("list.xlsx", "name it .csv or .parquet")])
def test_a_file_that_cannot_be_read_at_all_is_said(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "list.xlsx").touch()
    with pytest.raises(StoreError, match=message):
        read_members(tmp_path / name, TODAY)


def test_what_is_no_parquet_is_said(tmp_path: Path) -> None:
    path = file(tmp_path, MEMBERS, "list.parquet")
    assert read_members(path, TODAY)[2] == [f"{path}: this is no Parquet file"]


def test_practices_are_listed_by_name(record: Record, tmp_path: Path) -> None:
    read, practices, found = read_practices(file(tmp_path, PRACTICES))
    assert found == []
    load_practices(record.database, read, practices, "admin", NOON)
    assert [practice.name for practice in all_practices(record.database)] == ["Harbor Oncology", "Lakeside Radiation"]
    assert find_practice(record.database, "P2") == Practice(
        "P2", "Lakeside Radiation", "1234567893", fax="617-972-9409"
    )
    assert find_practice(record.database, "P3") is None


def test_members_and_practices_are_lists_of_their_own(record: Record, tmp_path: Path) -> None:
    read, practices, _ = read_practices(file(tmp_path, PRACTICES.replace("P1", "M1")))
    load_practices(record.database, read, practices, "admin", NOON)
    load(record, file(tmp_path, MEMBERS))
    assert find_member(record.database, "M1", ANN.birth_date) == ANN
    assert len(all_practices(record.database)) == 2


def test_practices_that_cannot_be_right_are_said(tmp_path: Path) -> None:
    text = PRACTICES + "P2,Again,1122334455,\nP4,Twin,1234567893,\nP5,Slip,1234567890,\n,,12345,\n"
    _, _, found = read_practices(file(tmp_path, text))
    assert [problem.partition(": ")[2] for problem in found] == [
        "line 4: `practice_id`: P2 stands at line 2 already",
        "line 5: `npi`: 1234567893 is that of another practice, at line 2",
        "line 6: `npi`: `1234567890`: its last digit checks the others and would have to be 3: look for a slip of the keys",
        "line 7: `practice_id`: it is empty",
        "line 7: `name`: it is empty",
        "line 7: `npi`: `12345`: an NPI has ten digits, the first of which is 1 or 2",
    ]


def test_an_npi_may_be_a_number_in_parquet(tmp_path: Path) -> None:
    pl.DataFrame({"practice_id": ["P1"], "name": ["Harbor"], "npi": [1234567893]}).write_parquet(tmp_path / "p.parquet")
    _, practices, found = read_practices(tmp_path / "p.parquet")
    assert (practices, found) == ([Practice("P1", "Harbor", "1234567893")], [])
