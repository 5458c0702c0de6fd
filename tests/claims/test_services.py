"""Which codes meet in a service: those that describe the same, and from 2026 on their successors."""

from datetime import date

import duckdb
import pytest

import isodose
from isodose.claims.services import ServiceBits, named_codes, services

GUIDELINE = isodose.program("imrt").guideline


def meet(named: str, billed: str, day: date) -> bool:
    bits = ServiceBits(GUIDELINE)
    of_line = bits.of_line("billed", "day")
    row = duckdb.execute(
        f"select bit_count({bits.of_authorization('[named]')} & {of_line}) > 0 "  # noqa: S608
        "from (select $1 as named, $2 as billed, $3::date as day)",
        [named, billed, day],
    ).fetchone()
    return row is not None and bool(row[0])


OLD, NEW = date(2025, 11, 3), date(2026, 2, 3)


@pytest.mark.parametrize(
    ("named", "billed", "day", "same"),
    [
        ("77386", "77386", OLD, True),
        ("77386", "G6015", OLD, True),
        ("77386", "77412", OLD, False),
        ("77386", "77412", NEW, True),
        ("77407", "77412", NEW, True),
        ("77407", "77407", NEW, True),
        ("77386", "77301", OLD, False),
        ("77301", "77301", OLD, True),
        ("77301", "77338", OLD, False),
        ("99213", "77386", OLD, False),
    ],
)
def test_codes_meet_in_a_service(named: str, billed: str, day: date, same: bool) -> None:  # noqa: FBT001
    assert meet(named, billed, day) == same


def test_every_code_that_an_edition_names_stands_for_a_service() -> None:
    in_services = {one.code for service in services(GUIDELINE) for one in service}
    assert set(named_codes(GUIDELINE)) <= in_services
