"""The whole application with cases in its record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.site import Site, site


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made
