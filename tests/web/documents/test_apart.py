"""A file that hangs, swells or breaks its reader is given up, and nobody else notices."""

import multiprocessing
import time

import pytest
from tests.web.hostile_files import doubling, png
from tests.web.practice.typing import a_pdf

from isodose.store.document import Document
from isodose.web.documents.apart import SECONDS, UnreadableError
from isodose.web.documents.kind import PDF, media_type_of
from isodose.web.documents.pages import page_count, page_picture, page_text

WHOLE = Document(PDF, a_pdf(3))
ENDLESS = Document(PDF, doubling(40))


@pytest.mark.slow
def test_a_page_that_never_ends_is_given_up_and_the_next_document_is_read() -> None:
    with pytest.raises(UnreadableError, match="longer or more memory"):
        page_text(ENDLESS, 1)
    assert page_count(WHOLE) == 3
    began = time.monotonic()
    with pytest.raises(UnreadableError, match="longer or more memory"):
        page_text(ENDLESS, 1)
    assert time.monotonic() - began < SECONDS, "it was tried again"


def test_a_reader_that_is_dead_is_followed_by_another() -> None:
    assert page_count(WHOLE) == 3
    [reader] = [one for one in multiprocessing.active_children() if one.name == "reader of documents"]
    reader.kill()
    reader.join()
    assert page_picture(WHOLE, 3)


def test_what_a_library_says_of_a_broken_file_is_no_fault() -> None:
    broken = png(60, 80)
    assert media_type_of(broken) == "image/png"
    with pytest.raises(UnreadableError, match="OSError"):
        page_picture(Document("image/png", broken), 1)


def test_a_document_that_cannot_be_counted_has_one_page() -> None:
    assert page_count(Document(PDF, b"%PDF-1.7 and nothing more")) == 1
