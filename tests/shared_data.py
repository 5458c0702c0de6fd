"""Data for tests that is no part of the repository: a folder `shared` beside it or above it, which CI has."""

import os
from pathlib import Path

import pytest


def shared(*parts: str) -> Path | None:
    """The folder of that name in `shared`, or None where it is absent."""
    folders = (folder.joinpath("shared", *parts) for folder in Path(__file__).parents)
    return next((folder for folder in folders if folder.is_dir()), None)


def absent() -> object:
    """A parameter that stands for files that are not here: its test skips, but in CI it fails."""
    marks = (
        () if os.environ.get("CI") else (pytest.mark.skip("the files of `shared` beside the repository are not here"),)
    )
    return pytest.param(None, marks=marks)


def needed(*parts: str) -> Path:
    """The folder; where it is absent the test skips, but in CI it fails."""
    folder = shared(*parts)
    if folder is None:
        reason = f"shared/{'/'.join(parts)} beside the repository is not here"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
