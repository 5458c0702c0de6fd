"""A new guideline's folder: a small one that passes the check and shows every construct of the format."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from isodose.guideline.content import content_folder

TEMPLATE = "template"
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class NewGuidelineError(ValueError):
    """Why the folder cannot be made."""


def new_guideline(folder: Path) -> list[Path]:
    """Make the folder, named after the guideline; the files made. Raises ``NewGuidelineError`` and then makes nothing."""
    name = folder.resolve().name
    if not NAME.fullmatch(name):
        raise NewGuidelineError(f"`{name}` cannot name a guideline: lower case words joined with `-`, such as knee-mri")
    if os.path.lexists(folder):
        raise NewGuidelineError(f"{folder} exists already; nothing was changed")
    template = content_folder() / TEMPLATE
    files = sorted(path for path in template.rglob("*") if path.is_file())
    made = next(path for path in (*reversed(folder.resolve().parents), folder.resolve()) if not path.exists())
    try:
        return [_copied(file, folder / file.relative_to(template), name) for file in files]
    except BaseException as error:
        shutil.rmtree(made, ignore_errors=True)
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise NewGuidelineError(f"{error.filename or folder} cannot be written: {reason}") from None
        raise


def _copied(file: Path, to: Path, name: str) -> Path:
    text = file.read_text("utf-8").replace(f"guideline: {TEMPLATE}", f"guideline: {name}")
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(text, "utf-8")
    return to
