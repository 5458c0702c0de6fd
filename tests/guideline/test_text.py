"""Text is trimmed of ASCII white space; only A-Z and a-z change case; markup is no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isodose.guideline.text import as_code, as_word, plain, shortened, trimmed, without_markup, words


def test_ascii_white_space_is_trimmed_and_no_other() -> None:
    assert trimmed(" \t\n\r\v\fC61 \t\n\r\v\f") == "C61"
    assert trimmed("\u00a0C61\u2003") == "\u00a0C61\u2003"
    assert trimmed("\x1cC61\x85") == "\x1cC61\x85"
    assert trimmed("C 61") == "C 61"


def test_codes_are_upper_cased_and_other_words_lower_cased() -> None:
    assert as_code(" c50.a ") == "C50.A"
    assert as_word(" Local-Control ") == "local-control"


@pytest.mark.parametrize(
    "letter",
    ["ſ", "ı", "ﬁ", "ß", "é", "\u212a", "\u212b", "İ"],
    ids=["long s", "dotless i", "fi ligature", "sharp s", "e acute", "kelvin", "angstrom", "dotted I"],
)
def test_a_letter_that_is_not_ascii_never_becomes_one(letter: str) -> None:
    assert as_code(letter) == letter
    assert as_word(letter) == letter


@given(st.text())
def test_folding_twice_changes_nothing_more_and_keeps_every_other_letter(text: str) -> None:
    assert as_code(as_code(text)) == as_code(text)
    assert as_word(as_word(text)) == as_word(text)
    kept = [char for char in trimmed(text) if not char.isascii()]
    assert [char for char in as_code(text) if not char.isascii()] == kept
    assert [char for char in as_word(text) if not char.isascii()] == kept


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("## Overview", "Overview"),
        ("- one\n- two", "one two"),
        ("+ one\n+ two", "one two"),
        ("* one", "one"),
        ("**definitive** *treatment*", "definitive treatment"),
        ("a #1 choice", "a #1 choice"),
        ("2 - 3 and 2-3", "2 - 3 and 2-3"),
        (r"\[x\] and 2\.", "[x] and 2."),
        (r"C:\path", r"C:\path"),
        ("a<br>b", "ab"),
        ("a<br /> b", "a b"),
        ("<td class='x'>77385</td>", "77385"),
        ("age < 21 and > 3", "age < 21 and > 3"),
        ("See <https://example.org/a_b>.", "See https://example.org/a_b."),
        ("| Code | What |\n| --- | :-: |\n| 77385 | IMRT |", "Code What 77385 IMRT"),
        ("Code | What\n--- | ---\n77385 | IMRT", "Code What 77385 IMRT"),
        ("| A |\n|:-|\n| 5 |", "A 5"),
        ("above\n\n-----\n\nbelow", "above below"),
        ("one -- or\n\n 2 | 3\n\n- four", "one -- or 2 3 four"),
        ('Yes <input type="checkbox" checked> No <input type="checkbox">', "Yes ☒ No ☐"),
        ("Yes <input checked disabled>", "Yes ☒"),
        ("Yes <input data-x='unchecked'>", "Yes ☐"),
    ],
)
def test_the_words_of_a_passage_are_what_is_left_without_its_markup(written: str, read: str) -> None:
    assert plain(written) == read
    assert words(written) == read.split()


def test_a_long_line_of_dashes_takes_no_time() -> None:
    """A pattern that tries every way to cut such a line would not end within a lifetime."""
    line = "-" * 10_000 + " cut here"
    assert plain(line) == line


def test_white_space_stays_as_it_is_where_only_the_markup_is_taken_away() -> None:
    assert without_markup("# A\n\n**b**  c") == " A\n\nb  c"


def test_a_quote_stands_on_one_line() -> None:
    assert plain("one\n  two\tthree\u00a0four ") == "one two three four"


def test_a_text_is_shortened_between_its_words() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 12) == "one two …"
    assert shortened("one two three", 8) == "one …"
