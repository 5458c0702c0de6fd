"""Claims as the query answers them and as a person would by hand, line after line, in plain Python: the same."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.claims import by_hand, files, generated

import isodose
from isodose.batch.files import source_of, target_of
from isodose.claims.reason import Reason
from isodose.claims.run import ClaimsJob, run

Answers = dict[str, tuple[object, ...]]


def answers(
    folder: Path,
    lines: list[by_hand.Line],
    authorizations: list[by_hand.Authorization],
    *,
    known_on: date | None = None,
) -> Answers:
    """What the query answers, by the line's own note."""
    given = files.write_lines(lines, folder / "lines.parquet")
    against = files.write_authorizations(authorizations, folder / "authorizations.parquet")
    out = folder / "answered.parquet"
    guideline = isodose.program("imrt").guideline
    job = ClaimsJob(guideline, source_of(str(given)), source_of(str(against)), target_of(str(out)), known_on)
    summary = run(job, lambda *_: None)
    rows = files.rows_of(out)
    assert summary.lines == len(rows) == len(lines)
    assert summary.reasons == Counter(Reason(row["claim_reason"]) for row in rows)
    columns = ("claim_reason", "payable", "payable_units", "matched_authorization", "edition")
    return {row["note"]: tuple(row[column] for column in columns) for row in rows}


def answers_by_hand(
    lines: list[by_hand.Line], authorizations: list[by_hand.Authorization], *, known_on: date | None = None
) -> Answers:
    return {
        line["note"]: (found.reason, found.payable, found.payable_units, found.matched, edition)
        for line, found, edition in by_hand.check(lines, authorizations, known_on)
    }


def made(seed: int, count: int) -> tuple[list[by_hand.Line], list[by_hand.Authorization]]:
    random = Random(seed)  # noqa: S311 (made up, and the same each time)
    authorizations = generated.authorizations(random, count // 6)
    numbers = [one["authorization_number"] for one in authorizations]
    return generated.lines(random, count, count // 6, numbers), authorizations


def differing(folder: Path, seed: int, count: int, *, known_on: date | None = None) -> list[object]:
    """Lines that are answered otherwise, where the query reads them in another order; none for a query that is right."""
    lines, authorizations = made(seed, count)
    right = answers_by_hand(lines, authorizations, known_on=known_on)
    shuffled = Random(seed + 1).sample(lines, len(lines))  # noqa: S311
    found = answers(folder, shuffled, authorizations, known_on=known_on)
    return [(found[note], right[note], note) for note in right if found[note] != right[note]]


def test_20_000_lines(tmp_path: Path) -> None:
    assert differing(tmp_path, 1, 20_000) == []


@pytest.mark.slow
def test_200_000_lines(tmp_path: Path) -> None:
    assert differing(tmp_path, 2, 200_000) == []


@pytest.mark.parametrize(
    "known_on",
    [date(2025, 1, 20), *(pytest.param(day, marks=pytest.mark.slow) for day in (date(2024, 9, 1), date(2025, 3, 1)))],
)
def test_as_known_on_a_day(tmp_path: Path, known_on: date) -> None:
    assert differing(tmp_path, 3, 3_000, known_on=known_on) == []


def test_the_made_up_lines_show_every_reason_often() -> None:
    lines, authorizations = made(1, 20_000)
    counts = Counter(reason for reason, *_ in answers_by_hand(lines, authorizations).values())
    assert set(counts) == set(Reason)
    assert min(counts.values()) > 50


def test_the_order_of_drawing_matters_for_the_made_up_lines() -> None:
    lines, authorizations = made(1, 20_000)
    turned = [line | {"claim_id": f"C{999_999 - int(line['claim_id'][1:]):06}"} for line in lines]
    right, other = answers_by_hand(lines, authorizations), answers_by_hand(turned, authorizations)
    assert sum(right[note] != other[note] for note in right) > 20
