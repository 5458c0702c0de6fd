"""YAML with the place of every word, and nothing inferred from how a word looks."""

from textwrap import dedent

import pytest
from tests.guideline.samples import told, yaml

from isodose.guideline.problem import Place, Problem
from isodose.guideline.yaml_source import Fields, Mapping, Scalar, Sequence, Value, parse


def at(line: int, column: int, file: str = "x.yaml") -> Place:
    return Place(file, line, column)


def failed(text: str, origin: Place = Place("x.yaml"), clause: str | None = None) -> list[str]:  # noqa: B008
    problems: list[Problem] = []
    assert parse(text, origin, problems, clause) is None
    return told(problems)


@pytest.mark.parametrize("word", ["yes", "no", "on", "null", "~", "77386", "0o17", "1e3", "2025-10-01", "1.0", "true"])
def test_a_word_is_its_text_whatever_it_looks_like(word: str) -> None:
    assert yaml(word) == Scalar(word, at(1, 1))


def test_every_word_knows_its_line_and_column_from_one() -> None:
    value = yaml("a: b\nlist:\n  - x\n  -  y z\nmap: {c: d}\n")
    assert value == Mapping(
        (
            (Scalar("a", at(1, 1)), Scalar("b", at(1, 4))),
            (
                Scalar("list", at(2, 1)),
                Sequence((Scalar("x", at(3, 5)), Scalar("y z", at(4, 6))), at(3, 3)),
            ),
            (
                Scalar("map", at(5, 1)),
                Mapping(((Scalar("c", at(5, 7)), Scalar("d", at(5, 10))),), at(5, 6)),
            ),
        ),
        at(1, 1),
    )


def test_places_count_from_where_the_text_stands_in_its_file() -> None:
    value = parse("a: b\nc: d", Place("e.md", 40, 5), [])
    assert isinstance(value, Mapping)
    (a, b), (c, d) = value.entries
    assert [word.place for word in (a, b)] == [at(40, 5, "e.md"), at(40, 8, "e.md")]
    assert [word.place for word in (c, d)] == [at(41, 1, "e.md"), at(41, 4, "e.md")]


def test_folded_text_is_one_phrase() -> None:
    value = yaml("a: >-\n  one\n  two\n")
    assert isinstance(value, Mapping)
    assert value.get("a") == Scalar("one two", at(1, 4))


def test_a_name_is_found_or_none() -> None:
    value = yaml("{a: b, c: d}")
    assert isinstance(value, Mapping)
    assert value.get("c") == Scalar("d", at(1, 11))
    assert value.get("b") is None


@pytest.mark.parametrize("text", ["", " \n\t\n", "# only a remark\n", "---\n"])
def test_nothing_written_is_told(text: str) -> None:
    problems: list[Problem] = []
    value = parse(text, Place("x.yaml", 7, 2), problems, "1.a")
    if text == "---\n":
        assert value == Scalar("", at(8, 1))
    else:
        assert value is None
        assert told(problems) == ["7:2 [1.a] nothing is written here"]


def test_what_is_no_yaml_is_told_where_it_breaks() -> None:
    [problem] = failed("a: b\nc: [d\ne: f\n", Place("x.yaml", 10), "2")
    assert problem.startswith("12:2 [2] this is not YAML: ")
    assert failed("a: b: c") == ["1:5 this is not YAML: mapping values are not allowed in this context"]
    assert failed("- a\nb: c") == ["2:1 this is not YAML: did not find expected '-' indicator"]
    assert failed("a: *b") == ["1:4 this is not YAML: found undefined alias"]
    assert failed("a\n---\nb") == ["2:1 this is not YAML: but found another document"]


def test_a_character_that_yaml_does_not_allow_is_told() -> None:
    message = "this is not YAML: a character is not allowed, or it is nested too deeply"
    [problem] = failed("a: \x00", Place("x.yaml", 3, 4), "1")
    assert problem in (f"3:4 [1] {message}", "3:7 [1] this is not YAML: control characters are not allowed")


@pytest.mark.parametrize(
    "text",
    ["[" * 400 + "]" * 400, "{all: [" * 200 + "a" + "]}" * 200, "".join("  " * n + "a:\n" for n in range(300))],
    ids=["lists", "rules", "lines"],
)
def test_what_is_nested_too_deeply_is_told_and_never_ends_the_program(text: str) -> None:
    problems: list[Problem] = []
    parse(text, Place("x.yaml"), problems)
    assert [problem.message for problem in problems] == ["this is nested too deeply"]


def test_thirty_levels_are_not_too_deep() -> None:
    yaml("[" * 30 + "]" * 30)
    problems: list[Problem] = []
    parse("[" * 31 + "]" * 31, Place("x.yaml"), problems, "1")
    assert told(problems) == ["1:31 [1] this is nested too deeply"]


def test_an_anchor_may_be_used_again_and_stays_where_it_was_written() -> None:
    value = yaml("a: &x [b]\nc: *x\n")
    assert isinstance(value, Mapping)
    assert value.get("a") == value.get("c") == Sequence((Scalar("b", at(1, 8)),), at(1, 4))


def test_an_anchor_that_contains_itself_is_told() -> None:
    problems: list[Problem] = []
    value = parse("a: &x\n  - *x\n  - b\n", Place("x.yaml"), problems, "1")
    assert told(problems) == ["1:4 [1] this anchor contains itself"]
    assert isinstance(value, Mapping)
    inner = value.get("a")
    assert isinstance(inner, Sequence)
    assert inner.items == (Scalar("", at(1, 4)), Scalar("b", at(3, 5)))


def test_a_name_given_twice_is_told_and_the_first_is_kept() -> None:
    problems: list[Problem] = []
    value = parse("a: b\nc: d\na: e\n", Place("x.yaml"), problems, "1")
    assert told(problems) == ["3:1 [1] `a` is given twice; keep one of them"]
    assert isinstance(value, Mapping)
    assert value.get("a") == Scalar("b", at(1, 4))
    assert len(value.entries) == 2


def test_a_name_must_be_a_plain_word() -> None:
    problems: list[Problem] = []
    value = parse("a: b\n? [c, d]\n: e\n", Place("x.yaml"), problems, "1")
    assert told(problems) == ["2:3 [1] a name must be a plain word"]
    assert value == Mapping(((Scalar("a", at(1, 1)), Scalar("b", at(1, 4))),), at(1, 1))


class TestFields:
    """The named parts of a mapping, each read with what is expected of it."""

    TEXT = dedent("""\
        word: one
        phrase: >-
          two
          three
        empty: ''
        list: [a, b]
        nested: [a, [b]]
        pairs: {x: y, z: [w]}
        """)
    NAMES = ("word", "phrase", "empty", "list", "nested", "pairs", "other")

    def fields(self, value: Value | None = None, allowed: tuple[str, ...] = NAMES) -> tuple[Fields, list[Problem]]:
        problems: list[Problem] = []
        return Fields(value or yaml(self.TEXT), "the sample", allowed, problems, "1"), problems

    def test_a_name_that_is_not_allowed_is_told_with_the_nearest(self) -> None:
        _, problems = self.fields(allowed=("words", "phrase", "list", "nested", "pairs"))
        assert told(problems) == [
            "1:1 [1] the sample has no `word`; did you mean `words`?",
            "5:1 [1] the sample has no `empty`",
        ]

    def test_what_has_no_names_is_told_once(self) -> None:
        fields, problems = self.fields(Scalar("x", at(3, 4)), ("a", "b"))
        assert told(problems) == ["3:4 [1] the sample must be names with values, one a line: `a` or `b`"]
        assert fields.text("a") == ""

    def test_a_problem_is_noted_with_the_clause(self) -> None:
        fields, problems = self.fields()
        fields.wrong(at(9, 9), "so it is")
        assert told(problems) == ["9:9 [1] so it is"]

    def test_a_value_of_any_shape(self) -> None:
        fields, problems = self.fields()
        assert isinstance(fields.value("list", required=True), Sequence)
        assert fields.value("other") is None
        assert problems == []
        assert fields.value("other", required=True) is None
        assert told(problems) == ["1:1 [1] the sample lacks `other`"]

    def test_a_word_or_phrase(self) -> None:
        fields, problems = self.fields()
        assert fields.scalar("word", required=True) == Scalar("one", at(1, 7))
        assert fields.text("phrase") == "two three"
        assert fields.text("other") == ""
        assert fields.scalar("other") is None
        assert problems == []

    def test_what_is_no_word_or_phrase_is_told(self) -> None:
        fields, problems = self.fields()
        assert fields.scalar("list") is None
        assert fields.text("empty") == ""
        assert fields.text("other", required=True) == ""
        assert told(problems) == [
            "6:7 [1] `list` must be one word or phrase",
            "5:8 [1] `empty` must be one word or phrase",
            "1:1 [1] the sample lacks `other`",
        ]

    def test_a_list_of_words_where_one_may_stand_alone(self) -> None:
        fields, problems = self.fields()
        assert [word.text for word in fields.words("list")] == ["a", "b"]
        assert [word.text for word in fields.words("word")] == ["one"]
        assert fields.words("other") == ()
        assert problems == []

    def test_what_is_no_list_of_words_is_told_and_the_words_in_it_kept(self) -> None:
        fields, problems = self.fields()
        assert [word.text for word in fields.words("nested")] == ["a"]
        assert fields.words("other", required=True) == ()
        assert told(problems) == [
            "7:13 [1] `nested` must be a list of words",
            "1:1 [1] the sample lacks `other`",
        ]

    def test_names_with_a_word_each(self) -> None:
        fields, problems = self.fields()
        assert [(key.text, word.text) for key, word in fields.pairs("pairs")] == [("x", "y")]
        assert list(fields.pairs("other")) == []
        assert told(problems) == ["8:18 [1] `z` must be one word or phrase"]

    def test_what_has_no_names_is_no_pairs(self) -> None:
        fields, problems = self.fields()
        assert list(fields.pairs("word")) == []
        assert list(fields.pairs("other", required=True)) == []
        assert told(problems) == [
            "1:7 [1] `word` must be names with a word or phrase each",
            "1:1 [1] the sample lacks `other`",
        ]


def test_several_names_given_twice_are_told_together() -> None:
    problems: list[Problem] = []
    parse("a: 1\nb: 2\na: 3\nb: 4\na: 5\n", Place("x.yaml"), problems, "1")
    assert told(problems) == ["3:1 [1] `a`, `b` are given twice; is the name missing above them, or indented?"]


def test_a_misspelt_name_is_not_told_as_lacking_as_well() -> None:
    problems: list[Problem] = []
    fields = Fields(yaml("{titel: T, other: x}"), "the sample", ("title", "plan"), problems)
    assert fields.text("title", required=True) == ""
    assert fields.text("plan", required=True) == ""
    assert told(problems) == [
        "1:2 the sample has no `titel`; did you mean `title`?",
        "1:12 the sample has no `other`",
        "1:1 the sample lacks `plan`",
    ]


def test_a_problem_names_what_is_unknown_only_where_it_is_said() -> None:
    problems: list[Problem] = []
    fields = Fields(yaml("{a: b}"), "the sample", ("a",), problems)
    fields.wrong(at(1, 1), "wrong")
    fields.wrong(at(1, 1), "wrong", "name")
    assert [problem.unknown for problem in problems] == ["", "name"]


def test_whether_a_name_was_given_twice_is_known_of_the_names_around_it() -> None:
    problems: list[Problem] = []
    value = parse("a: {b: 1, b: 2}\nc: {b: 1}\n", Place("x.yaml"), problems)
    assert isinstance(value, Mapping)
    inner = [part for _, part in value.entries if isinstance(part, Mapping)]
    assert [part.repeats for part in (value, *inner)] == [False, True, False]


def test_of_a_name_given_twice_the_first_value_counts_unless_it_is_empty() -> None:
    problems: list[Problem] = []
    value = parse("a:\na: b\na: c\nd: [e]\nd: f\n", Place("x.yaml"), problems)
    assert isinstance(value, Mapping)
    assert value.get("a") == Scalar("b", at(2, 4))
    assert isinstance(value.get("d"), Sequence)


def test_names_after_one_that_is_no_plain_word_are_read() -> None:
    problems: list[Problem] = []
    value = parse("? [c, d]\n: e\na: b\n", Place("x.yaml"), problems)
    assert isinstance(value, Mapping)
    assert value.get("a") == Scalar("b", at(3, 4))


def test_what_is_wrong_under_an_anchor_is_told_once_however_often_it_is_used() -> None:
    problems: list[Problem] = []
    parse("a: &x {b: 1, b: 2}\nc: *x\nd: *x\n", Place("x.yaml"), problems)
    assert told(problems) == ["1:14 `b` is given twice; keep one of them"]
