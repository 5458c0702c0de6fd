"""Nothing is left out by a slip: each placeholder of each template is asked for by some letter here, and none is left unfilled."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from jinja2 import Environment, FunctionLoader, UndefinedError
from tests.desk.people import CONTENT, FLAT, ITO, NURSE, PAGES, PHYSICIAN, PRACTICE
from tests.letters.stories import (
    APPROVE,
    COURSE,
    GRANTED,
    OFFERED,
    PLAN,
    STORIES,
    SUBMITTED,
    TO_REVIEW,
    TODAY,
    day_of_letter,
    denied_under_an_old_edition,
    signed,
    sources,
    sources_of,
    told,
)

from isodose.desk.acts import Decide
from isodose.desk.authorization_acts import Amend
from isodose.desk.decision import Approved, PartlyApproved
from isodose.letters.kind import Reader
from isodose.letters.letter import Letter, letter_from
from isodose.letters.plan import EVERY_LETTER
from isodose.letters.sources import Sources
from isodose.letters.versions import text_of
from isodose.pages.render import environment
from isodose.store.event import Event, Json

TEMPLATES = sorted(file.name for file in files("isodose.letters").joinpath("templates").iterdir() if file.is_file())
ASKED = re.compile(r"(?<![/\w.])(?:letter|one|part|ask|row|sentence|refusal|helper|service)(?:\.[a-z_]+)+")
"""What a template asks of the values that it is given: `letter.content.due`, `one.number`."""


def with_a_needless_line() -> tuple[Event, ...]:
    lines = COURSE, replace(COURSE, number=2, codes=frozenset({"77387"}))
    stated: list[Json] = [FLAT, {**FLAT, "line": 2, "procedure_code": "77387"}]
    submit = replace(SUBMITTED, lines=lines, content={**CONTENT, "lines": stated})
    approve = Approved(lines, (GRANTED,), "It is met on the note.", frozenset({2}))
    return told((submit, PRACTICE), TO_REVIEW[1], (Decide(approve), NURSE))


def with_another_provider() -> tuple[Event, ...]:
    part = PartlyApproved((COURSE,), (replace(GRANTED, provider="1987654328"),), signed(TODAY))
    return told(*TO_REVIEW, OFFERED, (Decide(part, ITO, frozenset({PAGES})), PHYSICIAN))


def amended_from_a_day_on() -> tuple[Event, ...]:
    more = Amend(1, replace(GRANTED, units=40), "A boost is common.", date(2025, 11, 10))
    return told(*TO_REVIEW, (APPROVE, NURSE), (more, NURSE))


def all_sources() -> Iterator[Sources]:
    yield from map(sources, STORIES)
    for rare in (with_a_needless_line, with_another_provider, amended_from_a_day_on, denied_under_an_old_edition):
        yield sources_of(rare())
    yield sources_of(STORIES["received"](), replace(PLAN, additional={EVERY_LETTER: ("Ask us in any language.",)}))


def letters() -> Iterator[Letter]:
    for of in all_sources():
        yield from (letter_from(reader, of, day_of_letter(of)) for reader in Reader)


def watched(asked: set[str]) -> Environment:
    """The templates, noting each placeholder that is asked for by its file and place."""

    def note(where: str, value: object) -> object:
        asked.add(where)
        return value

    def load(name: str) -> str:
        file = name.removeprefix("letters/")
        return ASKED.sub(
            lambda found: f"note('{file}:{found.start()} {found[0]}', {found[0]})", text_of("templates", file)
        )

    made = environment().overlay(loader=FunctionLoader(load))
    made.globals = {**made.globals, "note": note}
    return made


def test_each_placeholder_is_asked_for_by_a_letter() -> None:
    asked = set[str]()
    made = watched(asked)
    for letter in letters():
        made.get_template(f"letters/{letter.reader}-{letter.kind}.html").render(look="", letter=letter)
    texts = {file: text_of("templates", file) for file in TEMPLATES}
    every = {f"{file}:{found.start()} {found[0]}" for file, text in texts.items() for found in ASKED.finditer(text)}
    assert every - asked == set(), "no letter of the tests shows whether anything fills these"
    assert len(every) > 300


@pytest.mark.parametrize("slip", ["{{ letter.content.dew }}", "{% if letter.content.dew %}{% endif %}", "{{ lettre }}"])
def test_one_that_nothing_fills_is_an_error(slip: str) -> None:
    of = sources("received")
    template = environment().from_string(slip)
    with pytest.raises(UndefinedError, match=r"dew|lettre"):
        template.render(letter=letter_from(Reader.MEMBER, of, day_of_letter(of)))
