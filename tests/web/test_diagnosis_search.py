"""A diagnosis is found by the beginning of its code or by words of its title; what cannot be billed is never found."""

import re

import pytest
from tests.determination.imrt_cases import imrt

from isodose.web.diagnosis_search import MOST, chapters, dotted, find_diagnoses, named, prepare, titles_of

RELEASE = imrt().guideline.release


def test_who_searches_first_finds_what_is_searched_made_already() -> None:
    titles_of.cache_clear()
    prepare(RELEASE)
    made = titles_of.cache_info().misses
    find_diagnoses(RELEASE, "malignant prostate")
    assert (made, titles_of.cache_info().misses) == (1, 1)


@pytest.mark.parametrize("sought", ["C61", "c61", "malignant prostate", "PROSTATE malig", "neoplasm, of prostate"])
def test_the_plain_disease_comes_first_however_it_is_looked_for(sought: str) -> None:
    assert find_diagnoses(RELEASE, sought, chapters(imrt().guideline)).codes[0].code == "C61"


def test_what_the_guideline_speaks_of_comes_first() -> None:
    first = chapters(imrt().guideline)
    assert first.startswith("CD")
    letters = [one.code[0] for one in find_diagnoses(RELEASE, "breast", first).codes]
    assert letters == sorted(letters, key=lambda letter: first.find(letter) if letter in first else 99)
    assert letters[0] == "C"
    assert {one.code for one in find_diagnoses(RELEASE, "prostate", "N").codes[:2]} & {"C61"} == set()


def test_a_heading_leads_to_the_codes_below_it_and_is_none_itself() -> None:
    found = find_diagnoses(RELEASE, "C50.4")
    assert [one.code for one in found.codes] == ["C50411", "C50412", "C50419", "C50421", "C50422", "C50429"]


@pytest.mark.parametrize("sought", ["left breast", "skin lip", "metastatic", "meninges", "unspecified", "of"])
def test_words_find_what_looking_at_every_title_finds(sought: str) -> None:
    words = [re.compile(rf"\b{word}", re.IGNORECASE | re.ASCII) for word in sought.split()]
    every = [
        one for one in RELEASE.each_between("A", "Z") if one.billable and all(word.search(one.title) for word in words)
    ]
    found = find_diagnoses(RELEASE, sought)
    assert found.count == len(every)
    assert set(found.codes) <= set(every)
    assert len(found.codes) == min(MOST, len(every))


@pytest.mark.parametrize("sought", ["", "   ", "---", "zzz", "Q99.99999", "x" * 5000])
def test_what_fits_nothing_finds_nothing(sought: str) -> None:
    assert find_diagnoses(RELEASE, sought).count == 0


def test_a_code_is_named_and_printed_however_it_was_typed() -> None:
    assert (named(RELEASE, "c61"), dotted("c50411")) == ("Malignant neoplasm of prostate", "C50.411")
    assert named(RELEASE, "C6") == ""
