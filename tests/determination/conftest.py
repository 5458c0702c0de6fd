"""Hypothesis without a clock: the first example loads a guideline, and machines differ."""

import pytest
from hypothesis import settings
from tests.determination.imrt_cases import imrt

settings.register_profile("isodose", deadline=None)
settings.load_profile("isodose")


@pytest.fixture(autouse=True, scope="session")
def read_anew() -> None:
    """Each run reads the guideline itself, also one that is forked from another, as mutants are."""
    imrt.cache_clear()
