"""The guideline on paper: every word of the text, a cover to sign, lists behind it, tagged, and the same whenever it is made."""

import re
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from tests.pango import needs_pango
from tests.pdf_ua import broken_rules
from tests.terminal.pages import FOLDERS, program

from isodose.guideline.text import words
from isodose.pages.guideline_print import guideline_pdf, guideline_print
from isodose.pages.pdf import pdf_from
from isodose.pages.render import paper

LETTER = (612, 792)
"""US letter, in points."""

MARKER = re.compile(r"-|\d+\.")
"""What begins an entry of a list: it is drawn before its words are."""

LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


@cache
def made(name: str) -> bytes:
    needs_pango()
    guideline = program(name).guideline
    return guideline_pdf(guideline, guideline.editions[-1])


@cache
def texts(name: str) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made(name))]


def squeezed(text: str) -> str:
    """Letters and digits alone: lines break words, and list marks are drawn."""
    return "".join(letter for letter in text if letter.isalnum())


@pytest.mark.parametrize("name", ["template", pytest.param("imrt", marks=pytest.mark.slow)])
def test_every_word_of_the_text_is_on_paper_in_its_order(name: str) -> None:
    shown, place = squeezed("".join(texts(name))), 0
    for piece in program(name).guideline.editions[-1].pieces:
        said = [word for word in words(LINK.sub(r"\1", piece.text)) if not MARKER.fullmatch(word)]
        for word in map(squeezed, said):
            assert word in shown[place:], (piece.text, word)
            place = shown.index(word, place)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_cover_has_the_dates_the_rule_for_each_code_the_fax_numbers_and_what_is_signed(name: str) -> None:
    guideline = program(name).guideline
    edition = guideline.editions[-1]
    view = guideline_print(guideline, edition)
    said = {"required": "is required", "not-required": "No prior", "undetermined": "has not said"}
    for _, part, _ in edition.parts_stated("codes"):
        assert part not in said or any(said[part] in one.says for one in view.codes)
    assert {edition.data_names("products")} == {tuple(product.id for product in view.products)}
    cover = squeezed(texts("template")[0])
    for words_there in ("January 1, 2026", "November 12, 2025", "95800, 95806", "Fax 555-0100", "Signature"):
        assert squeezed(words_there) in cover
    template = program("template").guideline
    assert template.content_hash(template.editions[-1]) in cover


def test_lists_of_codes_and_diagnoses_readings_and_history_stand_behind_the_text() -> None:
    guideline = program("imrt").guideline
    view = guideline_print(guideline, guideline.editions[-1])
    assert [one.codes for one in view.codes] == [
        "77385, 77386, G6015, G6016",
        "77387, G6017, 77301, 77338",
        "77407, 77412",
    ]
    assert view.codes[0].rows[0].valid == "2015-01-01 to 2025-12-31"
    rows = [row for note in view.diagnoses for row in note.codes]
    assert len(rows) == sum(bool(row.home) for row in guideline.diagnoses.of_clauses)
    assert {one.id for one in view.readings} == set(guideline.editions[-1].readings)
    assert [one.decided for one in view.revisions][-1] == "2025-08-20"
    assert view.decided_by == "MPAC"


def test_the_contents_lead_to_pages_and_the_outline_to_sections() -> None:
    document = pypdfium2.PdfDocument(made("template"))
    outline = [entry.get_title() for entry in document.get_toc()]
    assert outline[0] == "Home Sleep Apnea Test"
    assert {"Contents", "How the text decides", "Criteria", "Procedure codes", "Readings of unclear places"} <= set(
        outline
    )
    [numbered] = re.findall(r"Readings of unclear places\W+(\d+)", texts("template")[1])
    assert "Readings of unclear places" in texts("template")[int(numbered) - 1]


def test_each_page_but_the_cover_says_edition_and_number() -> None:
    _, *pages = texts("template")
    for number, text in enumerate(pages, start=2):
        assert f"{number} / {len(pages) + 1}" in text
        assert "Edition 2026-01-01, decided 2025-11-12" in text


def test_pages_are_letter_tagged_and_say_their_language() -> None:
    assert {page.get_size() for page in pypdfium2.PdfDocument(made("template"))} == {LETTER}
    inside = _uncompressed(made("template"))
    for sign in (
        rb"/Marked true",
        rb"/Lang \(en\)",
        rb"pdfuaid:part=.1.|<pdfuaid:part>1<",
        rb"/S /TH\b",
        rb"/DisplayDocTitle true",
    ):
        assert re.search(sign, inside), sign


@pytest.mark.slow
def test_verapdf_finds_nothing_against_pdf_ua(tmp_path: Path) -> None:
    file = tmp_path / "template.pdf"
    file.write_bytes(made("template"))
    assert broken_rules([file]) == []


def test_made_again_it_is_the_same_byte_for_byte() -> None:
    first, guideline = made("template"), program("template").guideline
    assert guideline_pdf(guideline, guideline.editions[-1]) == first


def test_its_own_faces_alone_are_used() -> None:
    faces = set(re.findall(rb"/FontName /[A-Z]{6}\+([A-Za-z0-9-]+)", _uncompressed(made("template"))))
    assert faces
    assert all(face.startswith((b"Inter", b"Source-Serif-4", b"Signs")) for face in faces), faces


def _uncompressed(raw: bytes) -> bytes:
    """A PDF with what lies compressed in it beside it."""
    import zlib

    parts = [raw]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            parts.append(stream)
    return b"".join(parts)


def test_nothing_is_fetched() -> None:
    needs_pango()
    html = paper("document.html", ()).replace("<main", '<img src="file:///etc/hostname" alt="x"><main')
    assert pdf_from(html) == pdf_from(html.replace("/etc/hostname", "/etc/nowhere"))
