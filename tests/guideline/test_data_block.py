"""What a data block states, as plain values and as lists that a leaf can ask."""

from datetime import date

import pytest
from tests.guideline.samples import told, yaml

from isodose.guideline.data_block import lists_in, plain_from, with_parts_below
from isodose.guideline.document import Piece
from isodose.guideline.edition import Data, Plain
from isodose.guideline.phrase import ListedCodes
from isodose.guideline.problem import Place, Problem
from isodose.guideline.tree import Period

TABLE = """\
| Code  | Description          |
| :---- | -------------------- |
| 77385 | IMRT, **simple**     |
| 77386 | IMRT \\| complex      |
|       | not a code           |"""


def stated(text: str, table: str | None = TABLE, kind: str = "table") -> tuple[Plain, list[str]]:
    problems: list[Problem] = []
    piece = None if table is None else Piece(kind, table, Place("e.md", 3))
    return plain_from(yaml(text), piece, problems), told(problems)


def lists(text: str, name: str = "codes") -> tuple[dict[str, ListedCodes], list[str]]:
    problems: list[Problem] = []
    value = yaml(text)
    plain = plain_from(value, Piece("table", TABLE, Place("e.md", 3)), problems)
    return lists_in(name, value, plain, problems), told(problems)


def codes(*members: str) -> ListedCodes:
    return ListedCodes(frozenset(members))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one", "one"),
        ("' one '", "one"),
        ("[77385, [yes]]", ["77385", ["yes"]]),
        ("{a: {b: c}, d: [e]}", {"a": {"b": "c"}, "d": ["e"]}),
        ("[]", []),
        ("{}", {}),
        ("{column: Code}", ["77385", "77386"]),
        ("required: {column: Code}", {"required": ["77385", "77386"]}),
        ("{column: Description}", ["IMRT, simple", "IMRT complex", "not a code"]),
        ("{column: Code, since: 2026-01-01}", {"column": "Code", "since": "2026-01-01"}),
        ("{column: [Code]}", {"column": ["Code"]}),
    ],
)
def test_a_value_is_text_lists_and_names(text: str, value: Plain) -> None:
    assert stated(text) == (value, [])


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", ["2", "4"]),
        ("A | B\n---|---\n1 | 2\n3 | 4", ["2", "4"]),
        ("| A | B |\n|---|---|\n| 1 |\n| 3 | 4 |", ["4"]),
        ("| A | B |\n|---|---|\n| 1 ||\n| 3 | 4 |", ["4"]),
        ("| A | B |\n|---|---|\n|| 2 |\n| 3 | 4 |  ", ["2", "4"]),
        ("| A | B |\n|---|---|\n| 1 \\| 2 | 3 |\n| 4 | 5 |", ["3", "5"]),
        ("| A | B |\n|---|---|\n| 1 | 2 \\||\n| 3 | 4 |", ["2", "4"]),
        ("| A | B |\n|---|---|", []),
    ],
    ids=["bars around", "no bars around", "cell missing", "cell blank", "first blank", "escaped", "at end", "no rows"],
)
def test_a_column_is_read_from_the_table_above(table: str, column: list[str]) -> None:
    assert stated("{column: B}", table) == (column, [])


@pytest.mark.parametrize(
    ("text", "table", "kind", "problem"),
    [
        ("{column: Code}", None, "", "1:10 no table stands above this block to read the column `Code` from"),
        (
            "a: [{column: Code}]",
            "Code",
            "paragraph",
            "1:14 no table stands above this block to read the column `Code` from",
        ),
        (
            "{column: Codes}",
            TABLE,
            "table",
            "1:10 the table has no column `Codes`: it has `Code` or `Description`; did you mean `Code`?",
        ),
        ("{column: Fax}", TABLE, "table", "1:10 the table has no column `Fax`: it has `Code` or `Description`"),
    ],
)
def test_a_column_that_is_not_there_is_told(text: str, table: str | None, kind: str, problem: str) -> None:
    value, problems = stated(text, table, kind)
    assert problems == [problem]
    assert value in ([], {"a": [[]]})


def test_a_list_can_be_asked_by_the_block_s_name() -> None:
    assert lists("[77385, 77386]") == ({"codes": codes("77385", "77386")}, [])
    assert lists("{column: Code}") == ({"codes": codes("77385", "77386")}, [])


def test_the_names_of_a_mapping_can_be_asked_and_each_list_in_it() -> None:
    assert lists("{required: [77385], not-required: [77387, G6017], note: text}") == (
        {
            "codes": codes("required", "not-required", "note"),
            "codes.required": codes("77385"),
            "codes.not-required": codes("77387", "G6017"),
        },
        [],
    )


def test_products_are_asked_by_their_names() -> None:
    found, _ = lists("ma-hmo: {name: HMO, fax: 1}\nma-ppo: {name: PPO, fax: 2}", "products")
    assert found == {"products": codes("ma-hmo", "ma-ppo")}


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        ("since: 2026-01-01", Period(date(2026, 1, 1), None)),
        ("until: 2025-12-31", Period(None, date(2025, 12, 31))),
        ("since: 2025-01-01, until: 2025-12-31", Period(date(2025, 1, 1), date(2025, 12, 31))),
        ("note: x", Period(None, None)),
    ],
)
def test_a_list_may_hold_between_dates_of_service(dates: str, period: Period) -> None:
    found, problems = lists(f"undetermined: {{codes: [77407], {dates}}}")
    assert found["codes.undetermined"] == ListedCodes(frozenset({"77407"}), period)
    assert problems == []


def test_the_dated_list_may_come_from_the_table_too() -> None:
    found, _ = lists("a: {codes: {column: Code}, since: 2026-01-01}")
    assert found["codes.a"] == ListedCodes(frozenset({"77385", "77386"}), Period(date(2026, 1, 1)))


def test_dates_that_are_none_are_told_all_of_them() -> None:
    _, problems = lists("a: {codes: [1], since: 2026, until: [2027-01-01]}")
    assert problems == [
        "1:24 `since` must be a date like 2026-01-01",
        "1:37 `until` must be a date like 2026-01-01",
    ]


@pytest.mark.parametrize("text", ["one", "a: one", "a: {codes: 77407}", "a: {code: [77407]}"])
def test_what_is_no_list_cannot_be_asked_as_one(text: str) -> None:
    found, problems = lists(text)
    assert "codes.a" not in found
    assert problems == []


def test_only_words_are_members_of_a_list() -> None:
    assert lists("[77385, [77386], {a: b}]") == ({"codes": codes("77385")}, [])


@pytest.mark.parametrize("part", ["required", "not-required", "undetermined"])
@pytest.mark.parametrize("value", ["77385", "{code: [77385]}", "{}"])
def test_what_a_plan_says_of_codes_must_be_a_list(part: str, value: str) -> None:
    _, problems = lists(f"{part}: {value}")
    message = f"`codes.{part}` must be a list: `[77385, 77386]`, `{{column: …}}` or `{{codes: […], since: …}}`"
    assert problems[-1] == f"1:{len(part) + 3} {message}"


def test_other_groups_and_other_blocks_may_hold_anything() -> None:
    assert lists("note: text")[1] == []
    assert lists("required: text", "intake")[1] == []


def test_a_dated_list_s_names_are_told_with_the_nearest() -> None:
    found, problems = lists("a: {codes: [77407], sinse: 2026-01-01, note: x}")
    assert problems == ["1:21 `codes.a` has no `sinse`; did you mean `since`?"]
    assert found["codes.a"] == codes("77407")


def test_a_list_may_not_end_before_it_begins() -> None:
    assert lists("a: {codes: [1], since: 2026-01-02, until: 2026-01-01}")[1] == [
        "1:43 `until` lies before `since`, 2026-01-02"
    ]
    assert lists("a: {codes: [1], since: 2026-01-02, until: 2026-01-02}")[1] == []


def test_a_column_may_stand_in_a_list() -> None:
    assert stated("[{column: Code}, other]") == ([["77385", "77386"], "other"], [])


IN_2025 = Period(date(2025, 1, 1), date(2025, 12, 31))


def below(period: Period) -> tuple[dict[str, ListedCodes], list[str]]:
    """The lists of a block `codes` and of two below it and elsewhere, whose codes hold for a period."""
    found: list[Problem] = []
    stated = {
        "codes.required": ListedCodes(frozenset({"1"}), IN_2025),
        "codes.x": codes("required", "group"),
        "codes.x.required": ListedCodes(frozenset({"2"}), period),
        "codes.x.group": ListedCodes(frozenset({"3"}), period),
        "other.x": codes("required"),
        "other.x.required": codes("4"),
    }
    values: dict[str, Plain] = {
        "codes": {"required": ["1"]},
        "codes.x": {"required": ["2"], "group": ["3"]},
        "other.x": {"required": ["4"]},
    }
    data = {name: Data(name, value, Place("e.md", line)) for line, (name, value) in enumerate(values.items(), start=10)}
    return with_parts_below(stated, data, found), told(found)


def test_what_a_block_below_states_counts_for_the_one_above_as_well() -> None:
    assert below(IN_2025) == (
        {
            "codes.required": ListedCodes(frozenset({"1", "2"}), IN_2025),
            "codes.x.required": ListedCodes(frozenset({"2"}), IN_2025),
            "codes.group": ListedCodes(frozenset({"3"}), IN_2025),
            "codes.x.group": ListedCodes(frozenset({"3"}), IN_2025),
            "other.x.required": codes("4"),
        },
        [],
    )


def test_what_holds_for_other_dates_than_the_list_it_belongs_to_is_told() -> None:
    lists, problems = below(Period(date(2026, 1, 1), None))
    assert problems == ["11:1 `codes.x.required` holds for other dates than `codes.required`, to which it belongs"]
    assert lists["codes.required"] == ListedCodes(frozenset({"1", "2"}), IN_2025)
