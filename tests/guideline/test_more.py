"""What is told beside a yes: which details are right, and how they read."""

from datetime import date

import pytest

from isodose.guideline.more import Detail, DetailType, More, row_problems

COURSE = More(
    "earlier course",
    (
        Detail("began", DetailType.PAST_DAY, "Began"),
        Detail("ended", DetailType.PAST_DAY, "Ended"),
        Detail("site", DetailType.WORDS, "Site"),
        Detail("dose", DetailType.NUMBER, "Dose", unit="Gy"),
    ),
)
PLANNED = More("course", (Detail("first", DetailType.DAY, "First day"), Detail("last", DetailType.DAY, "Last day")))
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"ended": "2019", "site": "pelvis", "dose": "45"},
        {"ended": "2019-05", "dose": "50.4"},
        {"dose": "0.5"},
        {"began": "2019-05-20", "ended": "2019-05"},  # the month that is known does not say that it ended before
        {"began": "2019", "ended": "2019-05-20"},
        {"began": "unknown", "ended": "unknown", "site": "unknown", "dose": "unknown"},
        {"began": "2026-03-02"},
    ],
)
def test_what_is_right(row: dict[str, str]) -> None:
    assert list(row_problems(COURSE, row, TODAY)) == []


@pytest.mark.parametrize(
    ("row", "wrong", "words"),
    [
        ({"ended": "May 2019"}, "ended", "a day, a month or a year is written like"),
        ({"ended": "2019-05-14th"}, "ended", "a day, a month or a year is written like"),
        ({"ended": "2019-13"}, "ended", "a day, a month or a year is written like"),
        ({"ended": "2027"}, "ended", "still to come"),
        ({"dose": "45 Gy"}, "dose", "a number of Gy"),
        ({"dose": "0"}, "dose", "a number of Gy"),
        ({"dose": "-1"}, "dose", "a number of Gy"),
        ({"dose": "٤٥"}, "dose", "a number of Gy"),
        ({"began": "2019-06", "ended": "2019-05-31"}, "ended", "2019-05-31 lies before 2019-06"),
    ],
)
def test_what_is_wrong_is_said_at_its_detail(row: dict[str, str], wrong: str, words: str) -> None:
    [(name, said)] = row_problems(COURSE, row, TODAY)
    assert name == wrong
    assert words in said


def test_a_planned_day_is_a_whole_day_and_may_be_to_come() -> None:
    assert list(row_problems(PLANNED, {"first": "2026-12-03", "last": "2026-12-14"}, TODAY)) == []
    assert [name for name, _ in row_problems(PLANNED, {"first": "2026-12", "last": "2026-12-01"}, TODAY)] == ["first"]
    assert [name for name, _ in row_problems(PLANNED, {"first": "2026-12-03", "last": "2026-12-01"}, TODAY)] == ["last"]


def test_a_count_has_no_unit() -> None:
    fractions = More("course", (Detail("fractions", DetailType.NUMBER, "Fractions"),))
    assert list(row_problems(fractions, {"fractions": "many"}, TODAY)) == [
        ("fractions", "Fractions: a number such as 45 or 50.4, or “unknown”, not “many”")
    ]


@pytest.mark.parametrize(("more", "name"), [(COURSE, "ended"), (COURSE, "dose"), (PLANNED, "first")])
def test_of_what_is_no_detail_the_first_forty_letters_are_shown(more: More, name: str) -> None:
    [(_, said)] = row_problems(more, {name: "x" * 39 + "yz"}, TODAY)
    assert said.endswith(f"not “{'x' * 39}y”")


def test_it_reads_as_a_line() -> None:
    told = {"ended": "2019-05", "site": "pelvis", "dose": "45"}
    assert COURSE.words(told) == "ended 2019-05; site pelvis; dose 45 Gy"
    assert COURSE.words({"dose": "unknown"}) == "dose unknown"
