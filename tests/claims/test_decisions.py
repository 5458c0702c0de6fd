"""Decisions of the record after an edition with an earlier effective date: what is better now is told, and never what is worse."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.claims import files
from tests.claims.test_from_record import CLAIM, denied
from tests.command_line import Run
from tests.desk.at_the_office import NOW, reviewed, submitted
from tests.desk.people import DAY, POLICY

from isodose.claims.decisions import BetterDecision, better_decisions
from isodose.claims.run import ClaimsSummary
from isodose.desk.office import Office
from isodose.determination.program import Program
from isodose.guideline.outcome import Outcome
from isodose.terminal.claims_page import claims_page
from isodose.terminal.paper import paper_for

LATER = date(2025, 12, 1)
AFTER = NOW + 60 * DAY


def with_edition_since(program: Program, *, covers: bool) -> Program:
    """An edition with effect from the same day, decided later: what a reviewer looked at is covered, or the other way round."""
    guideline = program.guideline
    newest = guideline.editions[-1]
    old, new = (
        (Outcome.CLINICAL_REVIEW, Outcome.COVERED_WITHOUT_REVIEW)
        if covers
        else (Outcome.APPROVED, Outcome.NOT_REQUIRED)
    )
    ladder = tuple(replace(rung, outcome=new, reason=None) if rung.outcome is old else rung for rung in newest.ladder)
    since = replace(newest, id="2025-10-01@2025-12-01", decided=LATER, ladder=ladder)
    return Program(replace(guideline, editions=(*guideline.editions, since)))


def found(office: Office, program: Program, *, days: int = 60) -> list[BetterDecision]:
    return list(better_decisions(office.record, program, POLICY, NOW + days * DAY))


def test_what_was_denied_and_would_be_covered_now_is_told(office: Office) -> None:
    case = denied(office)
    [better] = found(office, with_edition_since(office.program, covers=True))
    assert better == BetterDecision(
        case.tracking, 1, NOW.date(), "clinical-review", "2025-10-01", "covered-without-review", "2025-10-01@2025-12-01"
    )


def test_before_the_edition_was_decided_nothing_is_told(office: Office) -> None:
    denied(office)
    assert found(office, with_edition_since(office.program, covers=True), days=1) == []


def test_what_says_the_same_is_not_told(office: Office) -> None:
    denied(office)
    assert found(office, office.program) == []
    assert found(office, with_edition_since(office.program, covers=False)) == []


def test_what_was_approved_or_is_open_is_not_told(office: Office) -> None:
    submitted(office)
    submitted(office, reviewed("T-2"))
    assert found(office, with_edition_since(office.program, covers=True)) == []


def test_the_command_tells_them_beside_the_lines(run: Run, tmp_path: Path, office: Office) -> None:
    denied(office)
    files.write_lines([CLAIM], tmp_path / "lines.parquet")
    run("claims", "lines.parquet", "then.parquet")
    [summary] = run("claims", "--recheck", "then.parquet", "better.parquet", "--json").answers
    assert (summary["rechecked"], summary["decisions"]) == (1, [])


def test_they_are_listed_on_the_page() -> None:
    one = BetterDecision("TRACK-1", 2, LATER, "clinical-review", "2025-10-01", "approved", "2025-10-01@2025-12-01")
    page = claims_page(ClaimsSummary({}, rechecked=0), (one,), paper_for(io.StringIO(), {}, "never"), 1.0)
    told = "decided on 2025-12-01: clinical-review by 2025-10-01, now approved by 2025-10-01@2025-12-01"
    assert page.splitlines()[-1] == f"  TRACK-1, line 2, {told}"
