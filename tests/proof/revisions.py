"""Invented revisions of the IMRT guideline: a copy of its folder with a new edition, in which one thing of the newest is changed."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

from isodose.guideline.content import shipped

NEWEST = "2025-10-01.md"
REVISED = "2026-07-01"

Change = Callable[[Path], None]
"""Changes files of a copied folder."""


def replaced(file: str, old: str, new: str) -> Change:
    """Some words of a file in place of others, which stand there once."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times in {file}: {old}"
        (folder / file).write_text(text.replace(old, new), "utf-8")

    return change


def in_text(old: str, new: str) -> Change:
    """Some words of the new edition in place of others."""
    return replaced(f"{REVISED}.md", old, new)


INTENT = """  - any:
      - treatment_intent is curative
      - all:
          - treatment_intent is local-control
          - none: diagnosis in malignant
      - diagnosis in cns-metastasis
"""

REVISIONS: dict[str, list[Change]] = {
    "age-moved": [
        in_text("(age less than 21)", "(age less than 26)"),
        in_text("  - age < 21 years\n", "  - age < 26 years\n"),
    ],
    "site-added": [
        in_text("ureteral, and penile.\n\n```rule", "ureteral, penile, and testicular.\n\n```rule"),
        replaced("diagnoses.csv", "1.h,C62,ambiguous,", "1.h,C62,clear,"),
    ],
    "intent-test-dropped": [in_text(INTENT, "")],
    "limitation-narrowed": [
        in_text(
            "is considered investigational and not covered.",
            "is considered investigational and not covered in adults of 21 years and older.",
        ),
        in_text(
            "proton therapy\nconcurrent_proton_therapy\n",
            "proton therapy\nall:\n  - concurrent_proton_therapy\n  - age >= 21 years\n",
        ),
    ],
    "code-replaced": [
        in_text(
            "| G6016 | Compensator-based beam modulation treatment delivery of inverse planned treatment using three or more "
            "high resolution (milled or cast) compensator, convergent beam modulated fields, per treatment session |",
            "| 77402 | Radiation treatment delivery, level 1 |",
        ),
    ],
    "several": [
        in_text("  - age < 21 years\n", "  - age < 26 years\n"),
        replaced("diagnoses.csv", "1.h,C62,ambiguous,", "1.h,C62,clear,"),
        replaced("diagnoses.csv", "1.e.i,C34,clear,", "1.e.i,C34,ambiguous,"),
        replaced("codes.csv", "77386,2015-01-01,2025-12-31", "77386,2015-01-01,2026-12-31"),
    ],
}

SECOND_OPINION: list[Change] = [
    replaced(
        "facts.yaml",
        "\nage:\n",
        """
second_opinion:
  type: yes/no
  says:
    yes: there was a second opinion
    no: there was no second opinion
  title: Second opinion
  question: Was there a second opinion?

age:
""",
    ),
    in_text(
        "proton therapy\nconcurrent_proton_therapy\n",
        "proton therapy\nall:\n  - concurrent_proton_therapy\n  - none: second_opinion\n",
    ),
]
"""A limitation that asks what no edition before asked."""


def revised(name: str, folder: Path) -> Path:
    """The folder of a revision, made below a folder."""
    return with_changes(REVISIONS[name], folder / name)


def with_changes(changes: list[Change], folder: Path) -> Path:
    """A copy of the guideline in which the newest edition has a successor with some changes."""
    copytree(shipped("imrt"), folder)
    text = (folder / NEWEST).read_text("utf-8")
    dated = text.replace(
        "effective: 2025-10-01\ndecided: 2025-08-20\n", f"effective: {REVISED}\ndecided: 2026-05-20\n", 1
    )
    (folder / f"{REVISED}.md").write_text(dated, "utf-8")
    for change in changes:
        change(folder)
    return folder
