"""Copies of guidelines in which slips are seeded, one at a time."""

import shutil
from pathlib import Path

import pytest
from tests.proof.seed import DIABETES, IMRT, TEMPLATE

from isodose.guideline.content import shipped

SECOND = Path(__file__).parents[1] / "second_guideline" / DIABETES


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proof")
    for name, source in ((IMRT, shipped(IMRT)), (TEMPLATE, shipped(TEMPLATE)), (DIABETES, SECOND)):
        shutil.copytree(source, folder / name)
    return folder
