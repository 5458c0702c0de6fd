"""Where content lies: what is shipped with the program, and which files make up a guideline."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".md", ".yaml", ".yml", ".csv")
"""Files of these kinds in a guideline's folder are read, or said to be strangers."""

SHARED_FACTS = "../facts.yaml"
"""The facts that every guideline has; a guideline gives its own wording under the same name."""


def content_folder() -> Path:
    """Where the shipped content lies: in the installed package, or beside ``src`` in a clone."""
    package = Path(__file__).parents[1]
    shipped_inside = package / "content"
    return shipped_inside if shipped_inside.is_dir() else package.parents[1] / "content"


def shipped(name: str) -> Path:
    """The folder of a shipped guideline."""
    return content_folder() / name


def shared_facts() -> Path:
    """The file of the facts that every guideline has."""
    return content_folder() / "facts.yaml"


def release_file() -> Path:
    """The file that names the ICD-10-CM release."""
    return content_folder() / "icd10cm" / "release.yaml"


def files_in(folder: Path) -> list[Path]:
    """The files that may be part of the guideline in a folder, by name. Raises ``FileNotFoundError`` if it is none."""
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder {folder}")
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)


def expect_guideline(folder: Path) -> None:
    """Raises ``FileNotFoundError`` with what is expected if the folder has nothing of a guideline."""
    if all(path.suffix == ".md" and not path.name[:1].isdigit() for path in files_in(folder)):
        raise FileNotFoundError(
            f"{folder} holds no guideline: that is editions like 2025-10-01.md, facts.yaml and codes.csv; "
            "`isodose new FOLDER` makes a small one"
        )
