"""The record's authorizations as claims meet them: exported to a file, or read where no file is given."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.claims import files
from tests.command_line import Run
from tests.desk.at_the_office import NOW, SCAN, moved, reviewed, sending, submitted
from tests.desk.people import DAY, ITO, LINE, NURSE, PHYSICIAN, POLICY, PRACTICE, signed

from isodose.batch.files import target_of
from isodose.claims.authorizations import ClaimAuthorization, Status, write_authorizations
from isodose.claims.from_record import authorizations_in, authorizations_of
from isodose.desk.acts import Decide, OfferCall, Plainly
from isodose.desk.authorization import Authorization
from isodose.desk.authorization_acts import Cancel
from isodose.desk.case import Case
from isodose.desk.decision import Denied
from isodose.desk.number import Kind, plain, request_number
from isodose.desk.office import Office
from isodose.desk.recorded import Recorded
from isodose.desk.request import Request
from isodose.desk.state import Standing, State
from isodose.desk.transitions import Do

SAME = ("77385", "77386", "77407", "77412", "G6015", "G6016")
"""What 77385 certifies: the service, under every code that may be billed for it."""

CLAIM = {
    "claim_id": "C-1",
    "line": 1,
    "member_id": "M1",
    "member_birth_date": date(1956, 2, 1),
    "member_since": date(2024, 1, 1),
    "product": "ma-hmo",
    "date_of_service": LINE.start,
    "course_begun": LINE.start,
    "procedure_code": "77386",
    "units": 1,
    "provider_npi": "1234567893",
}


def found(office: Office) -> list[ClaimAuthorization]:
    return list(authorizations_in(office.record, POLICY.zone))


def denied(office: Office) -> Case:
    """A request that a physician denied."""
    case = moved(office, submitted(office, reviewed()), Plainly(Do.REFER, "not on the note"), NURSE)
    case = moved(office, case, OfferCall((NOW + DAY,)), PHYSICIAN)
    decide = Decide(Denied((LINE,), signed(NOW.date())), ITO, frozenset({SCAN.sha256}))
    return moved(office, case, decide, PHYSICIAN)


def test_what_is_approved_stands_with_all_codes_of_its_service_under_its_own_number(office: Office) -> None:
    case = submitted(office)
    number = case.authorization(1)
    assert number
    assert found(office) == [
        ClaimAuthorization(number, "M1", SAME, LINE.start, units=35, decided=date(2025, 10, 20)),
    ]


def test_what_was_denied_or_waits_stands_under_the_number_of_its_request(office: Office) -> None:
    no, waits = denied(office), submitted(office, reviewed("T-2"))
    answers = {one.authorization_number: (one.status, one.decided) for one in found(office)}
    assert answers == {
        no.tracking: (Status.DENIED, date(2025, 10, 20)),
        waits.tracking: (Status.PENDING, None),
    }


def test_who_withdrew_or_needed_nothing_is_not_there(office: Office) -> None:
    moved(office, submitted(office, reviewed()), Plainly(Do.WITHDRAW), PRACTICE)
    submitted(office, sending(facts={"procedure_code": "77301"}))
    assert found(office) == []


def test_what_was_ended_early_says_its_last_day(office: Office) -> None:
    last = LINE.start + 9 * DAY
    moved(office, submitted(office), Cancel(1, last, "moved away"), PRACTICE)
    [one] = found(office)
    assert (one.to_date, one.ended_on) == (None, last)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["out.parquet", "out.csv", "out.jsonl"])
def test_claims_are_answered_by_the_record_as_by_what_was_exported(
    run: Run, tmp_path: Path, office: Office, name: str
) -> None:
    case = submitted(office)
    lines = files.write_lines([CLAIM, CLAIM | {"claim_id": "C-2", "member_id": "M2"}], tmp_path / "lines.parquet")
    exported = run("export", "authorizations", name)
    assert (exported.status, exported.out) == (0, f"{name}: 1 authorization\n")
    assert run("claims", lines, "by_file.parquet", "--authorizations", name).status == 0
    assert run("claims", lines, "by_record.parquet").status == 0
    by_file, by_record = (files.rows_of(tmp_path / f"by_{one}.parquet") for one in ("file", "record"))
    assert sorted(by_file, key=str) == sorted(by_record, key=str)
    assert {row["claim_id"]: (row["claim_reason"], row["matched_authorization"]) for row in by_record} == {
        "C-1": ("authorized", case.authorization(1)),
        "C-2": ("no-authorization", None),
    }


def test_a_claim_names_an_authorization_as_the_letter_wrote_it_or_with_its_hyphens(
    run: Run, tmp_path: Path, office: Office
) -> None:
    numbers = [submitted(office, sending(name)).authorization(1) or "" for name in ("T-1", "T-2")]
    lines = [
        CLAIM | {"claim_id": claimed, "authorization_number": claimed}
        for number in numbers
        for claimed in (number, plain(number), number.lower())
    ]
    files.write_lines(lines, tmp_path / "lines.parquet")
    run("claims", "lines.parquet", "out.parquet")
    matched = {row["claim_id"]: row["matched_authorization"] for row in files.rows_of(tmp_path / "out.parquet")}
    assert matched == {claimed: number for number in numbers for claimed in (number, plain(number), number.lower())}


def test_without_a_file_they_are_printed_as_csv(run: Run, office: Office) -> None:
    case = submitted(office)
    [row] = csv.DictReader(io.StringIO(run("export", "authorizations").out))
    assert row["authorization_number"] == case.authorization(1)
    assert row["procedure_codes"] == ";".join(SAME)


def test_where_there_is_no_record_one_line_says_so_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    lines = files.write_lines([CLAIM], tmp_path / "lines.parquet")
    for command in (("export", "authorizations", "out.csv"), ("claims", lines, "out.csv")):
        ended = run(*command)
        assert ended.status == 2
        assert ended.faults == ["isodose.db: there is no record; make one with: isodose migrate"]
        assert not (tmp_path / "out.csv").exists()


def test_one_that_was_changed_from_a_day_on_counts_its_units_over_all_its_days(run: Run, tmp_path: Path) -> None:
    """Of five units two were taken away from the tenth day on; four are drawn before that day, and so none is left after it."""
    one = ClaimAuthorization("A-1", "M1", ("77386",), LINE.start, LINE.start + 9 * DAY, units=5)
    spans = [one, replace(one, from_date=LINE.start + 10 * DAY, to_date=None, units=3)]
    write_authorizations(spans, target_of(str(tmp_path / "a.parquet")))
    given = [(0, 2), (1, 2), (10, 1), (11, 1)]
    lines = [
        CLAIM | {"claim_id": f"C-{day}", "date_of_service": LINE.start + day * DAY, "units": units}
        for day, units in given
    ]
    files.write_lines(lines, tmp_path / "lines.parquet")
    assert run("claims", "lines.parquet", "out.parquet", "--authorizations", "a.parquet").status == 0
    reasons = {row["claim_id"]: row["claim_reason"] for row in files.rows_of(tmp_path / "out.parquet")}
    assert reasons == {"C-0": "authorized", "C-1": "authorized", "C-10": "units-exceeded", "C-11": "units-exceeded"}


def days(number: int) -> date:
    return date(2025, 11, 1) + number * DAY


DAYS = some.integers(0, 30).map(days)
LINES = some.builds(
    lambda start, length, units: replace(LINE, start=start, end=length and start + length * DAY, units=units),
    DAYS,
    some.none() | some.integers(1, 20),
    some.integers(1, 1000),
)
CHANGED = some.builds(
    lambda line, ended, earlier: Authorization(line, ended=ended, earlier=tuple(earlier)),
    LINES,
    some.none() | DAYS,
    some.lists(some.tuples(LINES, DAYS), max_size=3),
)


@given(CHANGED)
def test_on_each_day_that_is_certified_one_span_holds_and_it_is_the_line_of_that_day(one: Authorization) -> None:
    approval = Recorded(Do.APPROVE, NOW, "noor", (one.line,), "")
    content = {"member": {"member_id": "M1"}}
    request = Request(Standing(State.APPROVED), content=content, decision=approval, authorizations=(one,))
    spans = list(authorizations_of(Case(request_number(Kind.TRACKING, 7), (), request), POLICY.zone))
    for day in map(days, range(-2, 60)):
        certified = one.certified_on(day)
        assert [span.units for span in spans if _holds(span, day)] == ([certified.units] if certified else []), day


def _holds(span: ClaimAuthorization, day: date) -> bool:
    assert span.from_date
    until = min(filter(None, (span.to_date, span.ended_on)), default=date.max)
    return span.from_date <= day <= until
