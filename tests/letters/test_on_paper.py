"""Letters as PDF: judged by veraPDF, read back, and made again byte for byte."""

import subprocess
import sys
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from tests.letters.stories import MEMBER, PLAN, REASON, STORIES, day_of_letter, sources, sources_of
from tests.pdf_ua import broken_rules

from isodose.letters.kind import Reader
from isodose.letters.render import Rendered, letter_for

US_LETTER = (612, 792)
"""In points, 72 to the inch."""

WINDOW = (0, 792 - 3.6 * 72, 5.375 * 72, 792 - 2.05 * 72)
"""All that the window of a business envelope may show as the paper slides in it: left, bottom, right and top in points."""


ADDRESSES = {
    Reader.MEMBER: ["Maria Gomez", "48 Orchard Road, Apartment 3", "New Haven, CT 06511"],
    Reader.PROVIDER: ["Elm Street Radiation Oncology", "12 Elm Street", "New Haven, CT 06510"],
}

MARGIN = 69
"""A little less than the 25 mm that are left free on each side."""


@cache
def letter(story: str, reader: Reader) -> Rendered:
    return letter_for(reader, sources(story), day_of_letter(sources(story)))


def pages(story: str, reader: Reader) -> list[str]:
    document = pypdfium2.PdfDocument(letter(story, reader).pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.slow
def test_every_letter_passes_pdf_ua(tmp_path: Path) -> None:
    files = []
    for story, reader in product(STORIES, Reader):
        file = tmp_path / f"{story}-{reader}.pdf"
        file.write_bytes(letter(story, reader).pdf)
        files.append(file)
    assert broken_rules(files) == []


@pytest.mark.slow
def test_verapdf_finds_what_is_wrong(tmp_path: Path) -> None:
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(*US_LETTER)
    blank.save(tmp_path / "blank.pdf")
    assert f"{tmp_path / 'blank.pdf'}: failed" in broken_rules([tmp_path / "blank.pdf"])


@pytest.mark.parametrize("reader", Reader)
def test_the_pages_are_numbered_and_hold_the_reason_and_the_window_the_address(reader: Reader) -> None:
    found = pages("denied", reader)
    assert [f"Page {number} of {len(found)}" in page for number, page in enumerate(found, 1)] == [True] * len(found)
    assert REASON in " ".join(found)
    assert all("TRACK-0001-2345-9" in page for page in found)
    assert lines_within(WINDOW, letter("denied", reader).pdf) == ADDRESSES[reader]


def lines_within(part: tuple[float, float, float, float], pdf: bytes) -> list[str]:
    """What stands in a part of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    assert document[0].get_size() == US_LETTER
    lines = document[0].get_textpage().get_text_bounded(*part).split("\r\n")
    document.close()
    return [line for line in lines if line.strip()]


def test_however_long_names_are_the_window_shows_the_address_alone_and_nothing_runs_out_of_the_page() -> None:
    name, site = (
        "CarePartners of Connecticut Medicare Advantage HMO and PPO",
        "plan.example/providers/prior-authorization",
    )
    long = replace(PLAN, name=name, website=f"https://www.{site}/requests/of-a-practice")
    member = replace(MEMBER, name="Maximiliana Theodora Wolfeschlegelsteinhausenbergerdorff-Gomez")
    of = replace(sources_of(STORIES["approved"](), long), member=member)
    pdf = letter_for(Reader.PROVIDER, of, day_of_letter(of)).pdf
    assert lines_within(WINDOW, pdf) == ADDRESSES[Reader.PROVIDER]
    assert lines_within((US_LETTER[0] - MARGIN, 0, *US_LETTER), pdf) == []
    assert lines_within((0, US_LETTER[1] - MARGIN / 4, *US_LETTER), pdf) == []


@pytest.mark.slow
def test_made_again_it_is_the_same_byte_for_byte_in_any_process() -> None:
    again = (
        "from tests.letters.stories import *; from isodose.letters.kind import Reader;"
        "from isodose.letters.render import letter_for;"
        "print(letter_for(Reader.PROVIDER, sources('partly-approved'), TODAY).sha256)"
    )
    made = letter("partly-approved", Reader.PROVIDER)
    assert sha256(made.pdf).hexdigest() == made.sha256
    environment = {"PYTHONHASHSEED": "1", "PATH": "", "TZ": "Asia/Tokyo"}
    told = subprocess.run(
        [sys.executable, "-c", again],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env=environment,
    )
    assert told.stdout.strip() == made.sha256
