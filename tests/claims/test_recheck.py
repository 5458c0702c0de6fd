"""Lines answered anew after an edition that rules days which had passed: what is better now is told, and nothing else."""

import csv
from datetime import date
from pathlib import Path

import pytest
from tests.claims import files
from tests.claims.test_by_hand import answers, answers_by_hand, made
from tests.command_line import Run

import isodose
from isodose.batch.files import source_of, target_of
from isodose.claims.line import ADDED
from isodose.claims.run import ClaimsJob, run

EXAMPLES = Path(__file__).parents[2] / "examples"
AUTHORIZATIONS = EXAMPLES / "authorizations.csv"
EARLY = date(2024, 9, 20)
"""The day after the first edition was decided."""

Answer = tuple[object, ...]


def is_better(now: Answer, before: Answer) -> bool:
    """Whether a member or a provider would rather have this answer: payable, open, refused with more or fewer units."""
    worth: dict[object, int] = {True: 2, None: 1, False: 0}
    (_, payable, units, *_), (_, was_payable, earlier_units, *_) = now, before
    if payable is False and was_payable is False:
        assert isinstance(units, int)
        assert isinstance(earlier_units, int)
        return units > earlier_units
    return worth[payable] > worth[was_payable]


def told(folder: Path, against: Path, known_on: date | None) -> dict[str, tuple[object, object]]:
    """By the line's note, what was answered before and what is answered now."""
    out = folder / "better.parquet"
    guideline = isodose.program("imrt").guideline
    given = source_of(str(folder / "answered.parquet"))
    job = ClaimsJob(guideline, given, source_of(str(against)), target_of(str(out)), known_on, recheck=True)
    summary = run(job, lambda *_: None)
    rows = files.rows_of(out)
    assert (summary.lines, summary.rechecked) == (len(rows), len(files.rows_of(folder / "answered.parquet")))
    return {row["note"]: (row["earlier_claim_reason"], row["claim_reason"]) for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("then", "now", "at_least"), [(EARLY, None, 50), (date(2025, 1, 20), date(2025, 3, 1), 5), (None, EARLY, 0)]
)
def test_what_is_better_by_hand_is_told_and_nothing_else(
    tmp_path: Path, then: date | None, now: date | None, at_least: int
) -> None:
    lines, authorizations = made(4, 3_000)
    answers(tmp_path, lines, authorizations, known_on=then)
    before = answers_by_hand(lines, authorizations, known_on=then)
    after = answers_by_hand(lines, authorizations, known_on=now)
    expected = {note: (before[note][0], after[note][0]) for note in before if is_better(after[note], before[note])}
    assert bool(expected) == bool(at_least)
    assert len(expected) >= at_least
    assert told(tmp_path, tmp_path / "authorizations.parquet", now) == expected


@pytest.mark.slow
def test_under_the_same_editions_nothing_is_told(tmp_path: Path) -> None:
    lines, authorizations = made(5, 1_000)
    answers(tmp_path, lines, authorizations)
    assert told(tmp_path, tmp_path / "authorizations.parquet", None) == {}


@pytest.mark.slow
def test_an_authorization_that_came_since_is_told(tmp_path: Path) -> None:
    lines, authorizations = made(6, 1_000)
    answers(tmp_path, lines, [])
    against = files.write_authorizations(authorizations, tmp_path / "came.parquet")
    before, after = answers_by_hand(lines, []), answers_by_hand(lines, authorizations)
    better = {note for note in before if is_better(after[note], before[note])}
    assert len(better) > 5
    assert set(told(tmp_path, against, None)) == better


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("suffix", ["csv", pytest.param("jsonl", marks=pytest.mark.slow)])
def test_the_example_of_the_page(run: Run, tmp_path: Path, suffix: str) -> None:
    then = ("--as-known-on", "2025-01-20", EXAMPLES / "claims.csv", f"then.{suffix}")
    assert run("claims", *then, "--authorizations", AUTHORIZATIONS).status == 0
    ended = run("claims", "--recheck", f"then.{suffix}", "better.csv", "--authorizations", AUTHORIZATIONS, "--json")
    assert ended.answers[0] | {"seconds": 0} == {
        "lines": 2,
        "reasons": {"not-required": 1, "covered-without-review": 1},
        "payable": {"true": 2, "false": 0, "null": 0},
        "rechecked": 20,
        "unreadable": 0,
        "seconds": 0,
    }
    better = rows(tmp_path / "better.csv")
    assert {row["claim_id"]: (row["earlier_claim_reason"], row["claim_reason"]) for row in better} == {
        "C-04": ("no-authorization", "not-required"),
        "C-05": ("no-authorization", "covered-without-review"),
    }
    given = list(rows(EXAMPLES / "claims.csv")[0])
    assert list(better[0]) == [*given, *(f"earlier_{column}" for column in ADDED), *ADDED]


def test_the_page_says_how_many_were_looked_at(run: Run) -> None:
    run("claims", EXAMPLES / "claims.csv", "then.csv", "--authorizations", AUTHORIZATIONS)
    ended = run("claims", "--recheck", "then.csv", "better.csv", "--authorizations", AUTHORIZATIONS)
    assert ended.out.startswith("0 of 20 claim lines better now")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"claim_reason": "reason"}, "has the column `claim_reason`"),
        ({"shows": "earlier_payable"}, "`earlier_payable` is there already"),
    ],
)
def test_what_no_check_wrote_is_refused(run: Run, tmp_path: Path, change: dict[str, str], says: str) -> None:
    run("claims", EXAMPLES / "claims.csv", "then.csv", "--authorizations", AUTHORIZATIONS)
    header, _, others = (tmp_path / "then.csv").read_text("utf-8").partition("\n")
    names = [change.get(column, column) for column in header.split(",")]
    (tmp_path / "then.csv").write_text(",".join(names) + "\n" + others, "utf-8")
    ended = run("claims", "--recheck", "then.csv", "better.csv", "--authorizations", AUTHORIZATIONS)
    assert ended.status == 2
    assert says in ended.faults[0]
    assert not (tmp_path / "better.csv").exists()


def test_a_reason_that_no_check_gives_is_refused(run: Run, tmp_path: Path) -> None:
    run("claims", EXAMPLES / "claims.csv", "then.csv", "--authorizations", AUTHORIZATIONS)
    written = (tmp_path / "then.csv").read_text("utf-8")
    (tmp_path / "then.csv").write_text(written.replace(",continuity,", ",lucky,"), "utf-8")
    ended = run("claims", "--recheck", "then.csv", "better.csv", "--authorizations", AUTHORIZATIONS)
    assert (ended.status, len(ended.faults)) == (2, 1)
    assert "`lucky`" in ended.faults[0]
