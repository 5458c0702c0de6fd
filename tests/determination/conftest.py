"""The guideline that the cases of this folder are about."""

import pytest
from tests.determination.imrt_cases import imrt


@pytest.fixture(autouse=True, scope="session")
def read_anew() -> None:
    """Each run reads the guideline itself, also one that is forked from another, as mutants are."""
    imrt.cache_clear()
