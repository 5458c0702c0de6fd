"""The text: editions named after their dates, every sentence accounted for, every word as published, quotations exact."""

from pathlib import Path

import pytest
from tests.guideline.check.told import guideline_of, in_full, told_by
from tests.guideline.samples import EDITION, write

from isodose.guideline.check.text import (
    editions_are_named,
    quotes_are_exact,
    sentences_are_accounted,
    text_is_published,
)
from isodose.guideline.guideline import Guideline
from isodose.guideline.load import load

DATES = "effective: 2025-01-01\ndecided: 2024-11-20\n"


def dated(effective: str, decided: str) -> str:
    """The sample's edition with other dates."""
    assert DATES in EDITION
    return EDITION.replace(DATES, f"effective: {effective}\ndecided: {decided}\n")


def test_an_edition_is_named_after_its_dates(tmp_path: Path) -> None:
    editions = {
        "2025-01-01": dated("2025-01-02", "2024-11-20"),
        "2026-01-01": dated("2026-01-01", "2025-11-20"),
        "2026-01-01@2025-12-20": dated("2026-01-01", "2025-12-20"),
        "2027-01-01@2026-12-20": dated("2027-01-01", "2026-12-20"),
    }
    assert told_by(editions_are_named, tmp_path, **editions) == [
        "error 2025-01-01.md:1:1 this edition's file must be named `2025-01-02.md`",
        "error 2026-01-01.md:1:1 this edition's file must be named `2026-01-01@2025-11-20.md`",
        "error 2027-01-01@2026-12-20.md:1:1 this edition's file must be named `2027-01-01.md`",
    ]


def test_editions_with_the_same_dates_are_told_at_all_but_the_first(tmp_path: Path) -> None:
    editions = {"2025-01-01@2024-11-20": EDITION, "again": EDITION}
    assert told_by(editions_are_named, tmp_path, **editions) == [
        "error 2025-01-01@2024-11-20.md:1:1 this edition has the dates of `2025-01-01.md`; give it its own",
        "error again.md:1:1 this edition has the dates of `2025-01-01.md`; give it its own",
    ]


@pytest.mark.parametrize(
    ("name", "problems"),
    [
        ("2025-01-01@2024-11-20", []),
        (
            "2025-01-01@2024-11-21",
            ["error 2025-01-01@2024-11-21.md:1:1 this edition's file must be named `2025-01-01.md`"],
        ),
    ],
)
def test_an_edition_may_share_its_date_with_one_that_cannot_be_read(
    name: str, problems: list[str], tmp_path: Path
) -> None:
    folder = write(tmp_path, **{"2025-01-01": "no front matter", name: EDITION})
    guideline, unread = load(folder)
    assert guideline is not None
    assert unread != []
    assert in_full(editions_are_named(guideline)) == problems


def test_an_edition_belongs_to_the_guideline_of_its_folder(tmp_path: Path) -> None:
    other = EDITION.replace("guideline: sleep", "guideline: slepe")
    assert told_by(editions_are_named, tmp_path, **{"2025-01-01": other}) == [
        "error 2025-01-01.md:2:12 `guideline` is `slepe`, but the folder is named `sleep` {slepe}"
    ]


TEXT = """\
Sleep Studies
These codes need prior authorization: 95810, 95811.
1. Symptoms, and a body mass index of 30 or more.
2. The airway is abnormal.
"""
"""The sample's text without its blocks."""


def published(folder: Path, edition: str = EDITION, text: str | bytes | None = TEXT) -> Guideline:
    """The sample with an edition that names a published text, and that text unless it is None."""
    named = edition.replace("text: reconstructed", "text: published/a.txt")
    found = guideline_of(folder, **{"2025-01-01": named})
    if text is not None:
        file = found.folder / "published" / "a.txt"
        file.parent.mkdir()
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return found


LONG = "These words are more than twelve of them: four, three, two, one, none at all."
TWELVE = "These words are more than twelve of them: four, three, two, one,"
PLACE = "error 2025-01-01.md:20:1"


def test_text_that_nothing_accounts_for_is_told_where_it_begins(tmp_path: Path) -> None:
    edition = EDITION.replace("# Sleep Studies\n", f"# Sleep Studies\n\n{LONG}\n\nMore.\n\nAnd more.\n")
    later = EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01") + "\nNo end.\n"
    message = "no rule, data, reading or aside accounts for this text:"
    assert told_by(sentences_are_accounted, tmp_path, **{"2025-01-01": edition, "2026-01-01": later}) == [
        f"error 2025-01-01.md:20:1 {message} “{TWELVE} …” and for 2 more below it",
        f"error 2026-01-01.md:40:1 {message} “No end. …”",
    ]


def test_words_that_are_not_the_published_ones_need_no_account(tmp_path: Path) -> None:
    edition = EDITION.replace("# Sleep Studies\n", "# Sleep Studies\n\nWords of\nthe plan.\n\nOurs.\n")
    [problem] = in_full(
        sentences_are_accounted(
            published(tmp_path, edition, f"Such are the words of the plan. Words of the plan.\n{TEXT}")
        )
    )
    assert problem.endswith("accounts for this text: “Words of the plan. …”")


@pytest.mark.parametrize("text", [None, b"\xe9"])
def test_where_the_published_words_cannot_be_read_all_text_needs_its_account(
    text: bytes | None, tmp_path: Path
) -> None:
    edition = EDITION.replace("# Sleep Studies\n", "# Sleep Studies\n\nOurs.\n")
    [problem] = in_full(sentences_are_accounted(published(tmp_path, edition, text)))
    assert problem.endswith("accounts for this text: “Ours. …”")


def test_a_text_as_published_is_right_whatever_its_lines_and_markup(tmp_path: Path) -> None:
    assert in_full(text_is_published(published(tmp_path, text=TEXT.replace(" ", "\n")))) == []


def test_a_text_that_is_reconstructed_is_compared_with_none(tmp_path: Path) -> None:
    assert told_by(text_is_published, tmp_path) == []


def test_a_published_text_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    found = published(tmp_path, text=None)
    wrong = "error 2025-01-01.md:7:7 the published text `published/a.txt` is not in the folder"
    assert in_full(text_is_published(found)) == [wrong]
    (found.folder / "published").mkdir()
    (found.folder / "published" / "aa.txt").write_text("")
    assert in_full(text_is_published(found)) == [f"{wrong}; did you mean `published/aa.txt`?"]


def test_a_published_text_that_is_not_utf_8_is_told_in_its_own_file(tmp_path: Path) -> None:
    found = published(tmp_path, text=b"Sleep\nStudi\xe9s")
    assert in_full(text_is_published(found)) == ["error published/a.txt:2:1 this file is not UTF-8"]


THEIRS = "the published text has"
A_LIST = "one two three four five six seven eight nine ten eleven twelve"


@pytest.mark.parametrize(
    ("ours", "theirs", "problems"),
    [
        ("The airway is blocked.", "The airway is abnormal.", [f"error 2025-01-01.md:34:18 {THEIRS} “abnormal.” here, the edition “blocked.”"]),
        ("The abnormal.", "The airway is abnormal.", [f"error 2025-01-01.md:34:8 {THEIRS} “airway is” here, the edition nothing"]),
        ("The airway is so abnormal.", "The airway is abnormal.", [f"error 2025-01-01.md:34:18 {THEIRS} nothing here, the edition “so”"]),
        ("The airway is abnormal. So.", "The airway is abnormal.", [f"error 2025-01-01.md:34:28 {THEIRS} nothing here, the edition “So.”"]),
        ("The airway.", "The airway. So.", [f"error 2025-01-01.md:34:8 {THEIRS} “So.” here, the edition nothing"]),
        ("The is is so.", "The is is.", [f"error 2025-01-01.md:34:11 {THEIRS} “is.” here, the edition “is so.”"]),
        ("The\nairway *is* bad.", "The airway is good.", [f"error 2025-01-01.md:35:13 {THEIRS} “good.” here, the edition “bad.”"]),
        ("Of 95810.", "Of 95811.", [f"error 2025-01-01.md:34:7 {THEIRS} “95811.” here, the edition “95810.”"]),
        ("Of 95810 now.", "Of 95811 now.", [f"error 2025-01-01.md:34:7 {THEIRS} “95811” here, the edition “95810” {{95810}}"]),
        ("A B.", f"A {A_LIST} B.", [f"error 2025-01-01.md:34:6 {THEIRS} “{A_LIST}” here, the edition nothing"]),
        ("A B.", f"A {A_LIST} more B.", [f"error 2025-01-01.md:34:6 {THEIRS} “{A_LIST} …” here, the edition nothing"]),
        ("The\nbad so bad.", "The good so bad.", [f"error 2025-01-01.md:35:1 {THEIRS} “good” here, the edition “bad”"]),
        ("The\nis is so.", "The is so.", [f"error 2025-01-01.md:35:4 {THEIRS} nothing here, the edition “is”"]),
        ("The airway of *a*b is.", "The airway of cd is.", [f"error 2025-01-01.md:34:15 {THEIRS} “cd” here, the edition “ab”"]),
        ("The\n*a*b is.", "The cd is.", [f"error 2025-01-01.md:35:1 {THEIRS} “cd” here, the edition “ab”"]),
    ],
)  # fmt: skip
def test_words_that_differ_are_told_where_ours_stand(
    ours: str, theirs: str, problems: list[str], tmp_path: Path
) -> None:
    last = "The airway is abnormal."
    found = published(tmp_path, EDITION.replace(last, ours), TEXT.replace(last, theirs))
    assert in_full(text_is_published(found)) == problems


def test_words_that_are_published_elsewhere_are_told_once_with_the_words_before_them(tmp_path: Path) -> None:
    moved = EDITION.replace("# Sleep Studies\n", "# Sleep Studies\n\nAsk your own doctor.\n")
    found = published(tmp_path, moved, TEXT + "Ask your own doctor.")
    assert in_full(text_is_published(found)) == [
        f"{PLACE} {THEIRS} “Ask your own doctor.” at another place: after “airway is abnormal.”"
    ]


def test_moved_words_may_be_turned_if_there_are_enough_of_them_to_be_known_again(tmp_path: Path) -> None:
    moved = EDITION.replace("# Sleep Studies\n", "# Sleep Studies\n\nDoctor. Ask your own\n")
    found = published(tmp_path, moved, TEXT + "Ask your own Doctor.")
    assert in_full(text_is_published(found)) == [
        f"{PLACE} {THEIRS} “Doctor. Ask your own” at another place: after “airway is abnormal.”"
    ]


def test_two_words_that_are_turned_and_words_that_others_replace_are_told_at_both_places(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    turned = EDITION.replace("# Sleep Studies\n", "# Sleep Studies\n\nDoctor. Ask\n")
    assert in_full(text_is_published(published(tmp_path / "a", turned, TEXT + "Ask Doctor."))) == [
        f"{PLACE} {THEIRS} nothing here, the edition “Doctor. Ask”",
        f"error 2025-01-01.md:36:18 {THEIRS} “Ask Doctor.” here, the edition nothing",
    ]
    replaced = EDITION.replace("# Sleep Studies\n", "# Sleep Studies\n\nAsk your own doctor.\n")
    theirs = TEXT.replace("Sleep Studies\n", "Sleep Studies\nNot so.\n") + "Ask your own doctor."
    assert in_full(text_is_published(published(tmp_path, replaced, theirs))) == [
        f"{PLACE} {THEIRS} “Not so.” here, the edition “Ask your own doctor.”",
        f"error 2025-01-01.md:36:18 {THEIRS} “Ask your own doctor.” here, the edition nothing",
    ]


def test_an_edition_whose_published_text_is_not_there_keeps_no_other_from_being_compared(tmp_path: Path) -> None:
    later = EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01")
    named = [text.replace("text: reconstructed", f"text: {name}.txt") for name, text in (("a", EDITION), ("b", later))]
    found = guideline_of(tmp_path, **{"2025-01-01": named[0], "2026-01-01": named[1]})
    (found.folder / "b.txt").write_text(f"So. {TEXT}", "utf-8")
    assert [problem.place.file for problem in text_is_published(found)] == ["2025-01-01.md", "2026-01-01.md"]


def test_an_edition_without_any_text_lacks_all_that_is_published(tmp_path: Path) -> None:
    head = EDITION[: EDITION.index("# Sleep")].replace("procedure_code in codes.required", "symptoms")
    found = published(tmp_path, head.replace("{any: [clause 1, clause 2]}", "symptoms"), "All of it.")
    assert in_full(text_is_published(found)) == [
        f"error 2025-01-01.md:1:1 {THEIRS} “All of it.” here, the edition nothing"
    ]


READING = """
```reading {name}
quote: {quote}
read as: So.
because: Why.
answered by: us
since: 2026-11-24
could also mean: Otherwise.
```
"""


def test_a_reading_quotes_words_of_the_edition_or_of_the_published_text(tmp_path: Path) -> None:
    quotes = {
        "A1": "body *mass* index  of 30",
        "A2": "a body mass index of 40",
        "A3": "30 or more. 2. The airway",
        "A4": "as published",
    }
    edition = EDITION + "".join(READING.format(name=name, quote=quote) for name, quote in quotes.items())
    assert in_full(quotes_are_exact(published(tmp_path, edition, TEXT + "So it is as\npublished."))) == [
        "error 2025-01-01.md:49:1 reading A2 quotes words that the text does not have: “a body mass index of 40”"
    ]


def test_where_no_text_is_published_the_edition_alone_is_quoted(tmp_path: Path) -> None:
    edition = (
        EDITION
        + READING.format(name="A1", quote="XXXX")
        + READING.format(name="A2", quote="The airway")
        + READING.format(name="A3", quote="30 or more. 2. The airway")
    )
    assert told_by(quotes_are_exact, tmp_path, **{"2025-01-01": edition}) == [
        "error 2025-01-01.md:40:1 reading A1 quotes words that the text does not have: “XXXX”"
    ]
