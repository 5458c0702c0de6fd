"""The report of a check, for a person and as JSON lines."""

import json

from tests.terminal.pages import too_wide

from isodose.guideline.problem import Level, Place, Problem
from isodose.terminal.check_page import check_json, check_page
from isodose.terminal.paper import Paper

ERROR = Problem(Place("2025-10-01.md", 197, 3), "no fact `treatment_inten`; did you mean `treatment_intent`?", "1")
WARNING = Problem(Place("cases"), "the guideline has no worked cases", level=Level.WARNING)
SETTLED = Problem(Place("a.md", 2), "settled by reading A1", level=Level.SETTLED)


def test_each_finding_has_level_place_clause_and_words() -> None:
    assert check_page([ERROR, WARNING, SETTLED], "small: 1 edition", Paper()).split("\n") == [
        "⊠ error    2025-10-01.md:197:3  clause 1",
        "    no fact `treatment_inten`; did you mean `treatment_intent`?",
        "◐ warning  cases:1:1",
        "    the guideline has no worked cases",
        "● settled  a.md:2:1",
        "    settled by reading A1",
        "small: 1 edition",
        "1 error, 1 warning, 1 settled",
    ]


def test_nothing_found_is_said_too() -> None:
    assert check_page([], "small: 1 edition", Paper()).split("\n")[-1] == "0 errors, 0 warnings, 0 settled"


def test_what_was_not_settled_does_not_look_as_if_it_were_proved() -> None:
    page = check_page(
        [], "small: 1 edition", Paper(), ["proved: asking ends"], ["not settled within 4 s: whether 2 decide"]
    )
    assert page.split("\n")[1:3] == ["● proved: asking ends", "◐ not settled within 4 s: whether 2 decide"]


def test_a_place_is_never_broken_so_that_it_can_be_opened() -> None:
    file = "cases/" + "long-name/" * 12 + "case.yaml"
    place, *message = check_page([Problem(Place(file), "x " * 200, "1")], "s", Paper()).split("\n")
    assert f" {file}:1:1 " in place
    assert too_wide("\n".join(message)) == []


def test_a_finding_as_json_has_all_its_parts() -> None:
    assert json.loads(check_json(ERROR)) == {
        "level": "error",
        "file": "2025-10-01.md",
        "line": 197,
        "column": 3,
        "clause": "1",
        "message": "no fact `treatment_inten`; did you mean `treatment_intent`?",
    }
