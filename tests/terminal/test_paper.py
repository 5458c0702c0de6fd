"""A page of 80 columns, with and without colour, in every alphabet that a terminal has."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.terminal.pages import too_wide, without_colour

from isodose.guideline.truth import MET, NOT_MET, UNKNOWN
from isodose.terminal.paper import WIDTH, Paper, in_ascii, paper_for, printable

PLAIN, COLOUR, ASCII = Paper(), Paper(colour=True), Paper(signs=False)


@given(text=st.text(max_size=400), paper=st.sampled_from([PLAIN, COLOUR, ASCII]))
def test_no_text_leaves_the_page(text: str, paper: Paper) -> None:
    lines = paper.wrapped(text, "  ", "      ", "quiet")
    assert too_wide("\n".join(lines)) == []
    assert too_wide(paper.across(text, text)) == []
    assert len(paper.shortened(text, 20)) <= 20


@given(text=st.text())
def test_what_was_sent_cannot_steer_the_terminal(text: str) -> None:
    assert printable(text).isprintable()
    assert in_ascii(printable(text)).isascii()


def test_a_control_character_is_shown_as_what_it_is_not() -> None:
    assert printable("a\x1b[31mb\nc\ud800") == "a�[31mb c�"


def test_letters_that_ascii_lacks_keep_their_meaning() -> None:
    assert in_ascii("“Señora” … 3³ – ≤ ☒ · ’ 日") == '"Senora" ... 33 - <= [x] - \' ?'


def test_a_long_word_is_broken_rather_than_printed_over_the_edge() -> None:
    assert [len(line) for line in PLAIN.wrapped("x" * 200)] == [80, 80, 40]


def test_two_texts_stand_at_the_edges_or_one_below_the_other() -> None:
    assert PLAIN.across("left", "right") == "left" + " " * 71 + "right"
    assert PLAIN.across("l" * 50, "r" * 40) == "l" * 50 + "\n" + "r".rjust(41) + "r" * 39


@pytest.mark.parametrize("kind", ["criterion", "limitation"])
@pytest.mark.parametrize("paper", [PLAIN, ASCII])
def test_truth_is_a_shape_and_a_word_of_its_own(kind: str, paper: Paper) -> None:
    marks = [paper.truth(kind, truth) for truth in (MET, NOT_MET, UNKNOWN)]
    assert len({mark.split(" ", 1)[0] for mark in marks}) == 3
    marks.append(paper.truth(kind, UNKNOWN, for_reviewer=True))
    assert len({mark.split(" ", 1)[1].strip() for mark in marks}) == 4
    assert {len(mark) for mark in marks} == {18}


def test_truth_has_a_colour_of_its_own_too() -> None:
    marks = [COLOUR.truth("criterion", truth) for truth in (MET, NOT_MET, UNKNOWN)]
    marks.append(COLOUR.truth("criterion", UNKNOWN, for_reviewer=True))
    assert len({mark.split("m", 1)[0] for mark in marks}) == 4
    assert all(mark.startswith("\x1b[") and mark.endswith("\x1b[0m") for mark in marks)


def test_the_words_of_truth() -> None:
    assert PLAIN.truth("criterion", MET).strip() == "● met"
    assert PLAIN.truth("criterion", NOT_MET).strip() == "⊠ not met"
    assert PLAIN.truth("scope", UNKNOWN).strip() == "◐ unknown"
    assert PLAIN.truth("criterion", UNKNOWN, for_reviewer=True).strip() == "◆ for a reviewer"
    assert PLAIN.truth("limitation", MET).strip() == "◆ applies"
    assert PLAIN.truth("limitation", NOT_MET).strip() == "◌ does not apply"
    assert PLAIN.truth("limitation", UNKNOWN).strip() == "◐ may apply"


def test_colour_adds_nothing_but_colour() -> None:
    assert without_colour(COLOUR.rule()) == PLAIN.rule()
    assert without_colour(COLOUR.heading("x")) == PLAIN.heading("x")
    assert without_colour(COLOUR.truth("criterion", MET)) == PLAIN.truth("criterion", MET)


def stream(encoding: str, *, terminal: bool) -> io.TextIOWrapper:
    made = io.TextIOWrapper(io.BytesIO(), encoding)
    made.isatty = lambda: terminal  # type: ignore[method-assign]
    return made


@pytest.mark.parametrize(
    ("environment", "terminal", "choice", "has_colour"),
    [
        ({}, True, "auto", True),
        ({}, False, "auto", False),
        ({"NO_COLOR": "1"}, True, "auto", False),
        ({"NO_COLOR": ""}, True, "auto", True),
        ({"TERM": "dumb"}, True, "auto", False),
        ({"NO_COLOR": "1"}, False, "always", True),
        ({}, True, "never", False),
    ],
)
def test_colour_is_for_terminals_and_for_who_asks(
    environment: dict[str, str], choice: str, *, terminal: bool, has_colour: bool
) -> None:
    assert paper_for(stream("utf-8", terminal=terminal), environment, choice).colour is has_colour


@pytest.mark.parametrize(
    ("encoding", "has_signs"), [("utf-8", True), ("UTF8", True), ("ascii", False), ("cp1252", False)]
)
def test_signs_are_for_terminals_that_have_them(encoding: str, *, has_signs: bool) -> None:
    assert paper_for(stream(encoding, terminal=True), {}).signs is has_signs


def test_a_stream_in_memory_takes_every_letter() -> None:
    assert paper_for(io.StringIO(), {}) == Paper(colour=False, signs=True)


def test_a_rule_is_as_wide_as_the_page() -> None:
    assert PLAIN.rule() == "─" * WIDTH
    assert ASCII.rule() == "-" * WIDTH
