"""The codes that an edition lists: one rule each, known dates, and valid as long as the edition rules."""

from datetime import date
from pathlib import Path

import pytest
from tests.guideline.check.told import guideline_of, told_by
from tests.guideline.samples import EDITION

from isodose.guideline.check.codes import (
    codes_end_while_listed,
    codes_have_dates,
    codes_have_one_rule,
    listed_parts,
    ruled_by,
)
from isodose.guideline.tree import Period

REQUIRED = "required: [95810, 95811]\n"
CODES = "code,valid_from,valid_to,successors\n"


def stating(codes: str) -> str:
    """The sample's edition with another data block of codes."""
    assert REQUIRED in EDITION
    return EDITION.replace(REQUIRED, codes)


def effective(day: str) -> str:
    """The sample's edition with another effective date."""
    return EDITION.replace("effective: 2025-01-01", f"effective: {day}")


def test_codes_are_listed_by_part_with_those_of_dated_parts(tmp_path: Path) -> None:
    codes = stating(
        "required: [95810, g0398, [95811]]\n"
        "not-required: {codes: [95806], since: 2025-03-01}\n"
        "group: {codes: 95800}\n"
        "note: as published\n"
    )
    [edition] = guideline_of(tmp_path, **{"2025-01-01": codes}).editions
    assert [(part.rule, part.name, part.codes, part.place.line) for part in listed_parts(edition)] == [
        ("required", "codes.required", ["95810", "G0398"], 22),
        ("not-required", "codes.not-required", ["95806"], 22),
        ("group", "codes.group", [], 22),
        ("note", "codes.note", [], 22),
    ]


def test_blocks_below_come_after_the_one_they_belong_to(tmp_path: Path) -> None:
    above = "```data codes.home\nrequired: [95806]\n```\n\n```data codes\n"
    [edition] = guideline_of(tmp_path, **{"2025-01-01": EDITION.replace("```data codes\n", above)}).editions
    assert [(part.rule, part.name, part.codes, part.place.line) for part in listed_parts(edition)] == [
        ("required", "codes.required", ["95810", "95811"], 26),
        ("required", "codes.home.required", ["95806"], 22),
    ]


def test_an_edition_may_list_no_codes_in_parts(tmp_path: Path) -> None:
    alone = stating("[95810, 95811]\n").replace("procedure_code in codes.required", "procedure_code in codes")
    [edition] = guideline_of(tmp_path, **{"2025-01-01": alone}).editions
    assert listed_parts(edition) == []


def test_a_code_with_two_rules_or_the_same_twice_is_told(tmp_path: Path) -> None:
    codes = stating(
        "required: [95810, 95811, 95810]\n"
        "not-required: [95811, 95806]\n"
        "undetermined: [95806, 95811]\n"
        "of one kind: [95810, 95810]\n"
    )
    assert told_by(codes_have_one_rule, tmp_path, **{"2025-01-01": codes}) == [
        "error 2025-01-01.md:22:1 `95810` stands twice in `codes.required` {95810}",
        "error 2025-01-01.md:22:1 `95811` is both `required` and `not-required` {95811}",
        "error 2025-01-01.md:22:1 `95806` is both `not-required` and `undetermined` {95806}",
        "error 2025-01-01.md:22:1 `95811` is both `not-required` and `undetermined` {95811}",
    ]


def test_a_code_whose_dates_nobody_knows_is_warned_of(tmp_path: Path) -> None:
    codes = CODES + "95810,,,95811; 95812\n95813,,,95814\n"
    assert told_by(codes_have_dates, tmp_path, codes=codes) == [
        "warning 2025-01-01.md:22:1 `95811` of `codes.required` is not in codes.csv, so nobody knows when it is valid {95811}",
        "warning codes.csv:2:1 `95811`, which comes after `95810`, is not in codes.csv {95811}",
        "warning codes.csv:2:1 `95812`, which comes after `95810`, is not in codes.csv {95812}",
        "warning codes.csv:3:1 `95814`, which comes after `95813`, is not in codes.csv {95814}",
    ]


def test_codes_that_end_or_begin_while_the_edition_rules_are_told_by_part_and_reason(tmp_path: Path) -> None:
    edition = stating("required: [95810, 95811, 95805]\nnot-required: [95806, 95800]\n")
    codes = (
        CODES
        + "95810,,2025-12-31,\n95811,2020-01-01,2025-12-31,\n95805,2025-01-02,,\n95806,2025-06-01,2025-06-30,\n95800,2025-01-01,,\n"
    )
    rules = "but the edition rules from 2025-01-01 on, with no end"
    assert told_by(codes_end_while_listed, tmp_path, **{"2025-01-01": edition, "codes": codes}) == [
        f"warning 2025-01-01.md:22:1 `codes.required`: 95810, 95811 ended on 2025-12-31, {rules}",
        f"warning 2025-01-01.md:22:1 `codes.required`: 95805 began on 2025-01-02, {rules}",
        f"warning 2025-01-01.md:22:1 `codes.not-required`: 95806 ended on 2025-06-30, {rules}",
        f"warning 2025-01-01.md:22:1 `codes.not-required`: 95806 began on 2025-06-01, {rules}",
    ]


def test_what_ends_with_the_edition_or_later_is_not_told(tmp_path: Path) -> None:
    codes = CODES + "95810,2025-01-01,2025-12-31,\n95811,,2025-12-30,\n"
    editions = {"2026-01-01": effective("2026-01-01").replace(REQUIRED, "required: []\n"), "codes": codes}
    rules = "but the edition rules from 2025-01-01 to 2025-12-31"
    assert told_by(codes_end_while_listed, tmp_path, **editions) == [
        f"warning 2025-01-01.md:22:1 `codes.required`: 95811 ended on 2025-12-30, {rules}"
    ]


def test_a_code_without_dates_is_told_elsewhere(tmp_path: Path) -> None:
    assert told_by(codes_end_while_listed, tmp_path, codes=CODES) == []


def test_only_an_ended_code_can_be_settled_by_a_reading(tmp_path: Path) -> None:
    [problem] = codes_end_while_listed(guideline_of(tmp_path, codes=CODES + "95810,,2025-12-31,\n95811,,,\n"))
    assert problem.topic == "ended-code"


@pytest.mark.parametrize(
    ("number", "rules"),
    [
        (0, Period(date(2024, 1, 1), date(2024, 12, 31))),
        (1, Period(date(2025, 1, 1), date(2025, 6, 30))),
        (2, Period(date(2025, 1, 1), date(2025, 6, 30))),
        (3, Period(date(2025, 7, 1), None)),
    ],
)
def test_an_edition_rules_until_the_day_before_the_next_effective_date(
    number: int, rules: Period, tmp_path: Path
) -> None:
    found = guideline_of(
        tmp_path,
        **{
            "2025-07-01": effective("2025-07-01"),
            "2024-01-01": effective("2024-01-01"),
            "2025-01-01@2024-12-24": EDITION.replace("decided: 2024-11-20", "decided: 2024-12-24"),
        },
    )
    assert ruled_by(found.editions[number], found) == rules
