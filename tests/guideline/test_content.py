"""Where content lies, and which files of a folder may be part of a guideline."""

from pathlib import Path

import pytest

from isodose.guideline.content import content_folder, expect_guideline, files_in, release_file, shared_facts, shipped


def test_what_is_shipped_lies_together() -> None:
    assert shipped("imrt") == content_folder() / "imrt"
    assert shipped("imrt").is_dir()
    assert shared_facts() == content_folder() / "facts.yaml"
    assert release_file() == content_folder() / "icd10cm" / "release.yaml"
    assert shared_facts().is_file()
    assert release_file().is_file()


def test_files_of_a_guideline_come_by_name_and_no_others(tmp_path: Path) -> None:
    for name in ("codes.csv", "2026-01-01.md", "facts.yaml", "b.yml", "notes.txt", "md"):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "cases").mkdir()
    assert files_in(tmp_path) == [tmp_path / name for name in ("2026-01-01.md", "b.yml", "codes.csv", "facts.yaml")]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for name in ("nowhere", "file"):
        with pytest.raises(FileNotFoundError, match=f"no folder .*{name}$"):
            files_in(tmp_path / name)


@pytest.mark.parametrize("name", [None, "README.md", "notes.txt"])
def test_a_folder_with_nothing_of_a_guideline_is_told_what_is_expected(tmp_path: Path, name: str | None) -> None:
    if name:
        (tmp_path / name).write_text("", "utf-8")
    with pytest.raises(FileNotFoundError) as told:
        expect_guideline(tmp_path)
    assert str(told.value) == (
        f"{tmp_path} holds no guideline: that is editions like 2025-10-01.md, facts.yaml and codes.csv; "
        "`isodose new FOLDER` makes a small one"
    )


@pytest.mark.parametrize("name", ["2026-01-01.md", "2-drafts.md", "facts.yaml", "codes.csv"])
def test_a_folder_with_something_of_a_guideline_is_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "README.md").write_text("", "utf-8")
    (tmp_path / name).write_text("", "utf-8")
    expect_guideline(tmp_path)
