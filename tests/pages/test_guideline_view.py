"""The guideline as one HTML document: all of the plan's words, the rules beside them, and nothing fetched from anywhere."""

import re
from html.parser import HTMLParser

import pytest
from tests.terminal.pages import FOLDERS, program

from isodose.guideline.edition import Clause, Edition, Reading
from isodose.guideline.rule_text import rule_lines
from isodose.guideline.text import words
from isodose.pages.guideline_page import guideline_page
from isodose.pages.guideline_print import guideline_sheets
from isodose.pages.guideline_view import guideline_view

EDITIONS = [(name, edition.id) for name in FOLDERS for edition in program(name).guideline.editions]


MARKER = re.compile(r"-|\d+\.")
"""What begins an entry of a list: the browser writes it."""


LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


class Page(HTMLParser):
    """What a reader meets: the words in and outside of the text's column, and the attributes of all tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.columns: list[str] = []
        self.quoted: list[str] = []
        self.all: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attributes]
        if tag == "div" and (self.columns or "text" in dict(attributes).get("class", "").split()):  # type: ignore[union-attr]
            self.columns.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self.columns:
            self.columns.pop()

    def handle_data(self, data: str) -> None:
        self.all.append(data)
        if self.columns:
            self.quoted.append(data)


def edition(name: str, chosen: str) -> Edition:
    return next(one for one in program(name).guideline.editions if one.id == chosen)


def page(name: str, chosen: str) -> str:
    return guideline_page(program(name).guideline, edition(name, chosen))


def on_screen(html: str) -> str:
    """The document without the sheets that are printed in its place."""
    before, _, after = html.partition('<div class="on-paper" hidden>')
    return before + after.partition("</main>")[2]


@pytest.mark.parametrize(("name", "chosen"), EDITIONS)
def test_the_whole_text_stands_in_its_column_in_its_own_order(name: str, chosen: str) -> None:
    shown = "".join("".join(Page(on_screen(page(name, chosen))).quoted).split())
    place = 0
    for piece in edition(name, chosen).pieces:
        for word in words(LINK.sub(r"\1", piece.text)):
            if not MARKER.fullmatch(word):
                assert word in shown[place:], (piece.text, word)
                place = shown.index(word, place) + len(word)


@pytest.mark.parametrize(("name", "chosen"), EDITIONS)
def test_every_clause_has_its_place_and_every_rule_and_reading_is_shown(name: str, chosen: str) -> None:
    shown = Page(page(name, chosen))
    anchors = [value for attribute, value in shown.attributes if attribute == "id"]
    assert len(anchors) == len(set(anchors))
    everything = "".join(Page(on_screen(page(name, chosen))).all)
    for passage in edition(name, chosen).passages:
        if isinstance(passage, Clause):
            assert passage.id in anchors
            is_list_below = rule_lines(passage.rule) == [f"diagnosis in {passage.id}"] and "." in passage.id
            assert is_list_below or "\n".join(rule_lines(passage.rule)) in everything
        elif isinstance(passage, Reading):
            assert passage.read_as in everything
            assert passage.because in everything


def test_nothing_is_fetched_and_no_script_runs() -> None:
    html = page("imrt", "2025-10-01")
    assert "<script" not in html
    assert re.findall(r"url\((?!data:)", html) == []
    fetched = {"src", "srcset", "data", "poster", "action"}
    assert [value for name, value in Page(html).attributes if name in fetched] == []
    links = [value for name, value in Page(html).attributes if name == "href"]
    assert all(re.match(r"#\w|https?://\w", link) for link in links), "links lead on; nothing else does"


def test_html_in_a_guideline_is_shown_and_not_obeyed() -> None:
    html = page("imrt", "2025-10-01")
    assert "<b>" not in html
    assert on_screen(html).count("<h1") == 1, "of the first level there is the page's own alone"


@pytest.mark.parametrize(("name", "chosen"), EDITIONS)
def test_the_sheets_that_export_pdf_has_are_in_it_to_be_printed(name: str, chosen: str) -> None:
    sheets = guideline_sheets(program(name).guideline, edition(name, chosen))
    assert f'<div class="on-paper" hidden>\n{sheets}\n</div>' in page(name, chosen)


def test_each_step_of_the_ladder_says_where_it_leads() -> None:
    view = guideline_view(program("imrt").guideline, edition("imrt", "2025-10-01"))
    assert [step.says for step in view.ladder] == [
        "the guideline does not speak of it",
        "no authorization needed",
        "covered without review",
        "leads to a clinician: limitation",
        "leads to approval",
        "leads to a clinician: criteria not met",
    ]


def test_a_reconstructed_edition_says_so() -> None:
    assert "Reconstructed from the revision history" in page("imrt", "2025-01-01@2024-09-19")
    assert "Reconstructed" not in page("imrt", "2025-10-01")


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert page("imrt", "2025-10-01") == page("imrt", "2025-10-01")
