"""The pages of a fax: the right number to call, nothing of the patient on the cover, and nothing that a fax would lose."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests.fax.kits import BORN, MEMBER, NUMBER, blank, determined, fax, grey_pages, pdf, texts
from tests.pdf_ua import broken_rules

from isodose.fax.kit import fax_pdf, kit
from isodose.fax.label import BAR_DOTS, FAX_DOT, QR_DOTS, Label

KITS = ["case", "imrt", "template"]
THINNEST = 0.3
"""Millimetres that a line needs to survive a fax."""

POINT = 25.4 / 72


def test_the_cover_has_the_fax_number_of_the_product_the_number_and_the_count_of_pages() -> None:
    cover = texts("case")[0]
    assert "857-304-6463" in cover
    assert "CarePartners of Connecticut Medicare Advantage HMO" in cover
    assert "PPO" not in cover
    assert NUMBER in cover
    assert "a tracking number, which authorizes nothing" in cover
    own = len(texts("case"))
    assert [own, 7, own + 7] == [int(word) for word in cover.split("Pages")[1].split() if word.isdecimal()][:3]


def test_the_cover_says_nothing_of_the_patient_and_the_worksheet_does() -> None:
    cover, sheet = texts("case")[0], "".join(texts("case")[1:])
    for private in (MEMBER, BORN, "C61", "77386", "2025-11-03", "curative intent"):
        assert private not in cover
        assert private in sheet


def test_a_label_says_which_sheet_it_is_and_nothing_of_the_patient() -> None:
    view = kit(fax())
    said = [view.says, *(sheet.says for sheet in view.sheets)]
    plain = NUMBER.replace("-", "")
    assert said == [f"isodose imrt 2025-10-01 {plain} cover", f"isodose imrt 2025-10-01 {plain} line-1"]
    assert Label("imrt", "2025-10-01", None, "cover").text == "isodose imrt 2025-10-01 - cover"


def test_a_blank_kit_names_all_products_and_has_no_number() -> None:
    cover = texts("imrt")[0]
    assert "None yet" in cover
    assert "HMO" in cover
    assert "PPO" in cover
    assert cover.count("857-304-6463") == 1, "both products have the same"
    assert kit(blank()).bars is None


def test_each_line_has_a_worksheet_of_its_own() -> None:
    view = kit(fax(determined(), determined(line=2, procedure_code="G6015")))
    assert [sheet.of.line for sheet in view.sheets] == [1, 2]
    assert [sheet.says.split()[-1] for sheet in view.sheets] == ["line-1", "line-2"]


def test_a_module_is_a_whole_number_of_dots_of_a_fax() -> None:
    view = kit(fax())
    assert view.bars is not None
    for drawing, dots in ((view.code, QR_DOTS), (view.bars, BAR_DOTS)):
        modules = drawing.width / (dots * FAX_DOT)
        assert abs(modules - round(modules)) < 0.01


@pytest.mark.slow
@pytest.mark.parametrize("name", KITS)
def test_verapdf_finds_nothing_against_pdf_ua(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(pdf(name))
    assert broken_rules([file]) == []


def test_made_again_it_is_the_same_byte_for_byte() -> None:
    first = pdf("case")
    assert fax_pdf(fax()) == first


def objects(name: str) -> Iterator[tuple[pypdfium2.PdfObject, int]]:
    for number, page in enumerate(pypdfium2.PdfDocument(pdf(name)), start=1):
        yield from ((one, number) for one in page.get_objects(max_depth=15))


def colour(one: pypdfium2.PdfObject, ask: str) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    assert getattr(pdfium, ask)(one.raw, *parts)
    return tuple(part.value for part in parts)


@pytest.mark.parametrize("name", KITS)
def test_all_ink_is_black(name: str) -> None:
    inked = [
        colour(one, "FPDFPageObj_GetFillColor")
        for one, _ in objects(name)
        if one.type in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH)
    ]
    assert len(inked) > 100
    assert set(inked) <= {(0, 0, 0, 255), (255, 255, 255, 255)}


@pytest.mark.parametrize("name", KITS)
def test_no_line_is_too_thin(name: str) -> None:
    sides = []
    for one, _ in objects(name):
        if one.type == pdfium.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = one.get_bounds()
            sides.append(min(right - left, top - bottom) * POINT)
    assert len(sides) > 20
    assert min(sides) >= THINNEST


@pytest.mark.parametrize("name", KITS)
def test_black_and_white_is_all_that_is_left_at_the_resolution_of_a_fax(name: str) -> None:
    """What is grey are edges: there is no more of it than of black."""
    for page in grey_pages(name):
        counts = page.histogram()
        assert sum(counts[64:192]) < sum(counts[:64])
