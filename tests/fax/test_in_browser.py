"""The kit's pages as HTML in a real Chromium: what a screen reader is told of them keeps nobody out."""

import pytest
from tests.browser import browser_page
from tests.fax.kits import blank, fax
from tests.pango import needs_pango
from tests.web.browsing import barriers

from isodose.fax.fax import Fax
from isodose.fax.kit import kit, kit_paper


@pytest.mark.parametrize("of", [fax(), pytest.param(blank(), marks=pytest.mark.slow)], ids=["case", "blank"])
def test_the_pages_keep_nobody_out(of: Fax) -> None:
    needs_pango()
    with browser_page() as page:
        page.set_content(kit_paper(kit(of, 3)))
        assert barriers(page) == []
