"""A copy of the shipped content in which faults are seeded, one table row at a time."""

import shutil
from pathlib import Path

import pytest

from isodose.guideline.content import shipped


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    for name in ("imrt", "template"):
        shutil.copytree(shipped(name), folder / name)
    return folder
