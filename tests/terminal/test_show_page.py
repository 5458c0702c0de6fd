"""The guideline in the terminal: the text with its rules beside it, one clause, one reading, one clause over time."""

import pytest
from tests.terminal.pages import FOLDERS, PAPERS, program, too_wide, without_colour

from isodose.guideline.text import plain
from isodose.terminal.paper import Paper
from isodose.terminal.show_page import clause_page, compared_page, editions_page, guideline_page, reading_page

PLAIN = Paper()
IMRT = program("imrt").guideline
NEWEST = IMRT.editions[-1]


def pages(name: str, paper: Paper) -> dict[str, str]:
    """Every page of a guideline."""
    guideline = program(name).guideline
    found = {"editions": editions_page(guideline, paper)}
    found |= {f"{clause} over time": compared_page(guideline, clause, paper) for clause in guideline.clause_ids}
    for edition in guideline.editions:
        found[edition.id] = guideline_page(edition, paper)
        for clause in edition.clauses.values():
            found[f"{edition.id} {clause.id}"] = clause_page(guideline, edition, clause, paper)
        for reading in edition.readings.values():
            found[f"{edition.id} reading {reading.id}"] = reading_page(edition, reading, paper)
    return found


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_page_keeps_its_margins(name: str, paper: Paper) -> None:
    for title, page in pages(name, paper).items():
        assert too_wide(page) == [], title
        assert paper.signs or page.isascii(), title


@pytest.mark.parametrize("name", FOLDERS)
def test_a_page_in_monochrome_says_all_that_one_in_colour_says(name: str) -> None:
    in_colour = pages(name, PAPERS["colour"])
    assert {title: without_colour(page) for title, page in in_colour.items()} == pages(name, PLAIN)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_whole_text_stands_in_the_left_half(name: str) -> None:
    for edition in program(name).guideline.editions:
        page = guideline_page(edition, PLAIN)
        left = [line.split(" │", 1)[0] for line in page.split("\n") if " │" in line]
        shown = "".join(" ".join(left).split())
        for piece in edition.pieces:
            assert "".join(plain(piece.text).split()) in shown


def test_the_rule_stands_beside_its_text() -> None:
    page = guideline_page(NEWEST, PLAIN)
    [row] = [line for line in page.split("\n") if "3. IMRT is appropriate for pediatric" in line]
    assert row == "3. IMRT is appropriate for pediatric     │ criterion 3"
    below = page.split("\n")[page.split("\n").index(row) + 1 :][:4]
    assert [line.split("│ ")[1] for line in below] == ["all:", "  - age < 21 years", "  - radiation_required", "  - diagnosis in neoplasm"]  # fmt: skip


def test_a_rule_line_that_is_too_long_goes_on_further_in() -> None:
    page = guideline_page(NEWEST, PLAIN)
    assert "│   - none: diagnosis in\n" in page
    assert "│       distant-metastasis\n" in page


def test_the_ladder_is_said_with_what_it_grants() -> None:
    page = guideline_page(program("template").guideline.editions[-1], PLAIN)
    assert "The ladder: the first rung that is met decides" in page
    assert "grants period 12 months, units 1" in page


def test_a_clause_has_its_words_its_rule_its_readings_and_its_codes() -> None:
    page = clause_page(IMRT, NEWEST, NEWEST.clauses["1.b"], PLAIN)
    head, _, *rest = page.split("\n")
    assert head == "1.b  Central nervous system (criterion)                       edition 2025-10-01"
    assert rest[:2] == [
        "│ Central Nervous System (CNS) tumors (primary, metastatic, or benign) including",
        "│ the brain, brainstem, spinal cord, and ocular tumors.",
    ]
    assert "  diagnosis in 1.b" in rest
    assert "Reading A11, since 2026-11-24" in rest
    assert "  ● clear     C71           Malignant neoplasm of brain" in rest
    assert "  ◆ ambiguous C75.1         Malignant neoplasm of pituitary gland" in rest


def test_an_ambiguous_code_says_why_a_reviewer_decides() -> None:
    lines = clause_page(IMRT, NEWEST, NEWEST.clauses["1.b"], PLAIN).split("\n")
    [place] = [number for number, line in enumerate(lines) if " D18.02 " in line]
    assert lines[place + 1].startswith(" " * 28 + "Vascular lesion coded as benign neoplasm")


def test_a_clause_shows_what_the_data_of_its_name_states() -> None:
    page = clause_page(IMRT, NEWEST, NEWEST.clauses["codes"], PLAIN)
    assert "  required: 77385, 77386, G6015, G6016" in page
    assert "  undetermined since 2026-01-01: 77407, 77412" in page


def test_a_clause_shows_the_words_of_those_directly_below_it() -> None:
    lines = clause_page(IMRT, NEWEST, NEWEST.clauses["1.a"], PLAIN).split("\n")
    start = lines.index("Below it") + 1
    assert lines[start : start + 3] == [
        "  1.a.i     Oral cavity",
        "  1.a.ii    Oropharynx",
        "  1.a.iii   Hypopharynx",
    ]
    top = clause_page(IMRT, NEWEST, NEWEST.clauses["1"], PLAIN)
    assert "\n  1.b  Central Nervous System (CNS) tumors" in top
    assert "\n  1.a.i " not in top
    assert "Below it" not in clause_page(IMRT, NEWEST, NEWEST.clauses["1.b"], PLAIN)


def test_a_reading_quotes_the_words_that_it_is_about() -> None:
    assert "\n  │ “(primary, metastatic, or benign)”\n" in reading_page(NEWEST, NEWEST.readings["A4"], PLAIN)
    assert "“" not in reading_page(NEWEST, NEWEST.readings["A24"], PLAIN)


def test_a_reading_says_beside_what_it_stands() -> None:
    page = reading_page(NEWEST, NEWEST.readings["A4"], PLAIN)
    head, _, *rest = page.split("\n")
    assert head == "Reading A4                                                    edition 2025-10-01"
    assert [line.split(":")[0].strip() for line in rest if line[2:3].isupper()] == [
        "Unclear", "Read as", "Because", "Could also mean", "Could also mean", "Answered by", "Since", "Beside",
    ]  # fmt: skip
    assert rest[-1] == "  Beside: 1"


def test_a_reading_that_no_case_can_show_says_why() -> None:
    page = " ".join(reading_page(NEWEST, NEWEST.readings["A16"], PLAIN).split())
    assert "No case shows it: A determination says whether a course is necessary;" in page
    assert "No case shows it" not in reading_page(NEWEST, NEWEST.readings["A4"], PLAIN)


def test_what_did_not_change_from_edition_to_edition_is_said_once() -> None:
    page = compared_page(IMRT, "products", PLAIN)
    assert page.count("The same words and the same rule.") == 2
    assert page.count("product in products") == 1


def test_what_a_list_gains_and_loses_is_named() -> None:
    lines = compared_page(IMRT, "codes", PLAIN).split("\n")
    changes = [line.strip() for line in lines if line.strip().startswith(("gone:", "new:"))]
    assert changes == ["gone: 77387, G6017", "new: 77387, G6017", "gone: 77301, 77338", "new: 77301, 77338"]


def test_an_edition_without_the_clause_says_so() -> None:
    page = compared_page(IMRT, "1.b", PLAIN)
    assert page.count("This edition has no such clause; the wording of its criteria is not held.") == 3


def test_editions_are_listed_with_their_two_dates() -> None:
    page = editions_page(IMRT, PLAIN)
    assert "2025-01-01@2025-01-15  effective 2025-01-01, decided 2025-01-15, reconstructed," in page
    assert "2025-10-01             effective 2025-10-01, decided 2025-08-20" in page
