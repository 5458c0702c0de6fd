"""A new guideline's folder: a small one that passes the check and shows every construct of the format."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from isodose.guideline.content import content_folder

TEMPLATE = "template"
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class NewGuidelineError(ValueError):
    """Why the folder cannot be made."""


def new_guideline(folder: Path) -> list[Path]:
    """Make the folder, named after the guideline; the files made. Raises ``NewGuidelineError`` and then leaves nothing."""
    name = folder.resolve().name
    if not NAME.fullmatch(name):
        raise NewGuidelineError(f"`{name}` cannot name a guideline: lower case words joined with `-`, such as knee-mri")
    if os.path.lexists(folder):
        raise NewGuidelineError(f"{folder} exists already; nothing was changed")
    template = content_folder() / TEMPLATE
    made: list[Path] = []
    try:
        for file in sorted(path for path in template.rglob("*") if path.is_file()):
            _copy(file, folder / file.relative_to(template), name, made)
    except BaseException as error:
        _take_back(made)
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise NewGuidelineError(f"{error.filename or folder} cannot be written: {reason}") from None
        raise
    return [path for path in made if path.is_file()]


def _copy(file: Path, to: Path, name: str, made: list[Path]) -> None:
    """Copy a file of the template; each folder and file that is made is noted as soon as it stands."""
    for folder in reversed(to.parents):
        if not folder.exists():
            folder.mkdir()
            made.append(folder)
    text = file.read_text("utf-8").replace(f"guideline: {TEMPLATE}", f"guideline: {name}")
    with to.open("x", encoding="utf-8") as stream:
        made.append(to)
        stream.write(text)


def _take_back(made: list[Path]) -> None:
    """Remove what was made, one by one and nothing else: a folder only if it is empty."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
