"""What a new password must be, after NIST SP 800-63B-4, section 3.1.1: long enough, and not one that is tried first.

All letters of all scripts count, blanks too; nothing is asked of its composition, and it does not expire. What is compared with the
list is the whole password: one that holds a common word stands, if enough beside it is its own.
"""

from __future__ import annotations

import re

from isodose.web.sign_in.common_words import COMMON, ROWS
from isodose.web.sign_in.password import LONGEST, normal

SHORTEST_ALONE, SHORTEST_OF_TWO = 15, 8
"""Characters of a password that is all there is, and of one beside a second factor."""

OWN = 5
"""Different letters, digits and signs that are left once what is tried first was taken out; fewer protect nothing."""

_TRIED_FIRST = (
    "It is made of what is tried first: common words, your name or this service's, years, rows of keys."
    " Use several words that others would not put together."
)
_RUN = 4
_DISGUISED = str.maketrans("013457@$!|", "oleastasil")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAME = re.compile(r"(.)\1{2,}")


def password_problems(typed: str, own_words: tuple[str, ...], *, second_factor: bool) -> list[str]:
    """Why it cannot be taken, a sentence each, none if it can. ``own_words``: names of the account, its person, the service."""
    text = normal(typed)
    shortest = SHORTEST_OF_TWO if second_factor else SHORTEST_ALONE
    if len(text) < shortest:
        return [
            f"It has {len(text)} characters; use at least {shortest}, such as several words that say nothing together."
        ]
    if len(text) > LONGEST:
        return [f"It has {len(text)} characters; use {LONGEST} at most."]
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return ["It holds half of a character, which cannot be typed again; use whole ones."]
    return _guessable(text.casefold(), own_words)


def _guessable(text: str, own_words: tuple[str, ...]) -> list[str]:
    once = _once(text)
    if len(once) < len(text) and len(once) < SHORTEST_OF_TWO:
        return ["It is one short part again and again; use words that differ."]
    words = _words(own_words)
    return [_TRIED_FIRST] if len(_own_letters(once, words)) < OWN else []


def _once(text: str) -> str:
    """What the whole text is a repetition of; itself if it is none. A last round may be cut short."""
    for length in range(1, len(text) // 2 + 1):
        if all(text[place] == text[place - length] for place in range(length, len(text))):
            return text[:length]
    return text


def _words(own_words: tuple[str, ...]) -> list[str]:
    """The longest first, so that a short one does not cut a long one."""
    parts = {part for word in own_words for part in re.split(r"\W+", normal(word).casefold()) if len(part) > 2}  # noqa: PLR2004
    return sorted(COMMON | parts, key=lambda word: (-len(word), word))


def _own_letters(text: str, words: list[str]) -> set[str]:
    """The letters, digits and signs that no row of keys, year or word explains, disguised ones (``p4ssw0rd``) included."""
    left = _YEAR.sub(" ", _without_rows(_SAME.sub(" ", text)))
    left = _without_words(left, words).translate(_DISGUISED)
    return {letter for letter in _without_words(left, words) if not letter.isspace()}


def _without_words(text: str, words: list[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def _without_rows(text: str) -> str:
    """Each run of four or more along a row of keys is one blank."""
    rows = [row for forwards in ROWS for row in (forwards, forwards[::-1])]
    kept, place = "", 0
    while place < len(text):
        length = max(_run(text, place, row) for row in rows)
        kept += " " if length >= _RUN else text[place]
        place += length if length >= _RUN else 1
    return kept


def _run(text: str, place: int, row: str) -> int:
    """How far the text goes along the row from here."""
    start = row.find(text[place])
    if start < 0:
        return 0
    length = 1
    while (
        text[place + length : place + length + 1] and row[start + length : start + length + 1] == text[place + length]
    ):
        length += 1
    return length
