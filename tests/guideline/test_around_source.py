"""What stands around a guideline, as its file states it, and every way in which that can be wrong."""

from datetime import date
from pathlib import Path

import pytest
from tests.guideline.samples import write

from isodose.guideline.around import NOTHING, Around, Beginning, Delegate, Integrated
from isodose.guideline.around_source import around_from
from isodose.guideline.content import shipped
from isodose.guideline.load import load, load_or_raise
from isodose.guideline.problem import Problem
from isodose.guideline.tree import Period


def read(text: str) -> tuple[Around, list[str]]:
    problems: list[Problem] = []
    found = around_from(text, problems)
    return found, [f"{one.place.file}:{one.place.line}:{one.place.column} {one.message}" for one in problems]


def test_the_plans_arrangements_are_data() -> None:
    around = load_or_raise(shipped("imrt")).around
    assert around.begins
    assert around.begins.since == date(2025, 1, 1)
    assert [(one.name, one.groups, one.during) for one in around.delegates] == [
        ("APN-CT", frozenset({"apn-ct"}), Period(date(2025, 1, 1)))
    ]
    assert "422.562(a)(3)" in around.delegates[0].source
    assert around.integrated == ()


def test_all_of_it_is_read() -> None:
    found, problems = read("""\
begins: {since: 2026-01-01, source: announced}
delegates:
  - {name: North, groups: [n-1, n-2], since: 2026-01-01, until: 2026-12-31, source: agreed}
  - {name: South, groups: s, since: 2026-01-01, source: agreed}
integrated:
  - {product: Duals, since: 2026-01-01, source: 42 CFR 422.629}
""")
    assert problems == []
    since = date(2026, 1, 1)
    assert found == Around(
        Beginning(since, "announced"),
        (
            Delegate("North", frozenset({"n-1", "n-2"}), Period(since, date(2026, 12, 31)), "agreed"),
            Delegate("South", frozenset({"s"}), Period(since), "agreed"),
        ),
        (Integrated("duals", Period(since), "42 CFR 422.629"),),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "around.yaml:1:1 nothing is written here"),
        ("- begins", "1:1 around.yaml must be names with values, one a line"),
        ("delegate: []", "1:1 around.yaml has no `delegate`; did you mean `delegates`?"),
        ("begins: {since: 2026-01-01}", "1:9 `begins` lacks `source`"),
        ("begins: {since: soon, source: x}", "1:17 `since` must be a date like 2025-10-01, not `soon`"),
        ("begins: 2026-01-01", "1:9 `begins` must be names with values"),
        ("delegates: APN", "1:12 `delegates` must be a list, each with `name`, `groups`"),
        ("delegates:\n  - {name: N, since: 2026-01-01, source: x}", "2:5 a delegate lacks `groups`"),
        ("delegates:\n  - {group: g, name: N, since: 2026-01-01, source: x}", "did you mean `groups`?"),
        (
            "integrated:\n  - {product: p, since: 2026-02-01, until: 2026-01-31, source: x}",
            "2:5 it ends on 2026-01-31, before it begins on 2026-02-01",
        ),
        ("integrated: [{product: p, source: x}]", "1:14 an integrated product lacks `since`"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, told: str) -> None:
    _, [problem] = read(text)
    assert told in problem


def test_all_that_is_wrong_is_told_at_once() -> None:
    found, problems = read("begins: {since: x, source: y}\ndelegates: [{}, {name: N}]")
    assert found == NOTHING
    assert len(problems) == 8


def test_a_guideline_may_have_nothing_around_it(tmp_path: Path) -> None:
    guideline, problems = load(write(tmp_path))
    assert guideline
    assert (guideline.around, problems) == (NOTHING, [])


def test_no_determination_rests_on_what_stands_around_it(tmp_path: Path) -> None:
    folder = write(tmp_path)
    before, _ = load(folder)
    (folder / "around.yaml").write_text("begins: {since: 2026-01-01, source: announced}\n", "utf-8")
    after, problems = load(folder)
    assert before
    assert after
    assert problems == []
    assert after.around != before.around
    assert [after.content_hash(one) for one in (*after.editions, None)] == [
        before.content_hash(one) for one in (*before.editions, None)
    ]


def test_a_file_that_is_named_nearly_so_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "arounds.yaml").write_text("begins: {}\n", "utf-8")
    _, [problem] = load(folder)
    assert "did you mean `around.yaml`?" in problem.message
