"""The plan's file: what it may hold, and everything that is wrong with one at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.letters.stories import PLAN

from isodose.letters.plan import ELDERCARE, MEDICARE
from isodose.letters.plan_file import MARK, PlanError, read_plan

EXAMPLE = Path(__file__).parents[2] / "examples" / "plan.toml"
FILLED = EXAMPLE.read_text("utf-8").replace(MARK, "1-800-555-0100")


def written(folder: Path, text: str) -> Path:
    file = folder / "plan.toml"
    file.write_text(text, "utf-8")
    return file


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(PlanError) as told:
        read_plan(written(folder, text))
    return str(told.value).replace(f"{folder}/", "").splitlines()


def test_the_example_is_refused_until_each_mark_is_filled_in(tmp_path: Path) -> None:
    unfilled = problems(tmp_path, EXAMPLE.read_text("utf-8"))
    assert len(unfilled) == EXAMPLE.read_text("utf-8").split("\n", 5)[5].count(MARK) == 9
    assert unfilled[0] == "plan.toml: `address` is still to be filled in"
    plan = read_plan(written(tmp_path, FILLED))
    assert (plan.name, plan.fax) == ("CarePartners of Connecticut", "857-304-6463")
    assert plan.helpers == (MEDICARE, ELDERCARE)


def test_forms_lie_beside_it_and_paragraphs_are_by_kind(tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("<p>{{ letter.title }}</p>", "utf-8")
    more = '[additional]\n"" = ["One."]\ndenied = ["Two.", "Three."]\n[forms]\n"member/denied" = "own.html"\n'
    plan = read_plan(written(tmp_path, FILLED + more))
    assert plan.adds_to("denied") == ("Two.", "Three.", "One.")
    assert plan.forms == {"member/denied": "<p>{{ letter.title }}</p>"}


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = FILLED.replace('tty = "711"', "tty = 711").replace("\nappeals_fax", "\nappeal_fax")
    assert problems(tmp_path, text + '[forms]\n"member/deny" = "x"\n') == [
        "plan.toml: a plan has no `appeal_fax`; did you mean `appeals_fax`?",
        "plan.toml: `tty` is a text, not `711`",
        "plan.toml: `appeals_fax` lacks; it is a text",
        "plan.toml: `forms` is a table of a letter (member/denied) to a file, not `{'member/deny': 'x'}`",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "it cannot be read: "),
        (
            FILLED + '[forms]\n"member/denied" = "gone.html"\n',
            "gone.html: it cannot be read: no such file or directory",
        ),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str, words: str) -> None:
    [problem] = problems(tmp_path, text)
    assert words in problem


def test_another_word_is_another_plan() -> None:
    assert PLAN.digest == replace(PLAN).digest != replace(PLAN, hours="always").digest
