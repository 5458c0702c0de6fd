"""A letter that was written stays as it was: each version's templates and styles make the same of the same facts for ever."""

from pathlib import Path

import pytest
from tests.letters.stories import STORIES, day_of_letter, sources
from tests.letters.told_apart import fingerprint

from isodose.letters.kind import Reader
from isodose.letters.letter import letter_from
from isodose.letters.render import html_of
from isodose.letters.versions import VERSION, text_of

KEPT = Path(__file__).parent / "versions"
"""Of each version a file: the fingerprint of the HTML of each story, for each reader."""


def kept(version: int) -> dict[str, str]:
    lines = (KEPT / f"{version}.sha256").read_text("ascii").splitlines()
    return {name: sha256 for sha256, name in (line.split() for line in lines)}


def made(name: str, version: int) -> str:
    story, _, reader = name.rpartition("-")
    of = sources(story)
    return fingerprint(html_of(letter_from(Reader(reader), of, day_of_letter(of)), version))


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_what_was_written_is_made_again_as_it_was(version: int) -> None:
    found = kept(version)
    assert {name: made(name, version) for name in found} == found, "keep the file as it was, and begin a version"


def test_every_story_is_kept_in_the_version_of_today() -> None:
    assert kept(VERSION).keys() == {f"{story}-{reader}" for story in STORIES for reader in Reader}


def test_versions_differ_where_a_file_was_kept() -> None:
    assert text_of("templates", "parts.html", 1) != text_of("templates", "parts.html")
    assert text_of("templates", "letter.html", 1) == text_of("templates", "letter.html")
    assert made("denied-for-member", 1) != made("denied-for-member", VERSION)
