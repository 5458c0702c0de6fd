"""A new guideline's folder: a copy of the template under its own name, that passes the check."""

from pathlib import Path

import pytest

from isodose.guideline.content import content_folder
from isodose.guideline.load import load_or_raise
from isodose.guideline.new import NewGuidelineError, new_guideline


def test_a_new_guideline_has_its_name_and_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "knee-mri2"
    files = new_guideline(folder)
    found = load_or_raise(folder)
    assert found.id == "knee-mri2"
    assert {edition.guideline for edition in found.editions} == {"knee-mri2"}
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == files


def test_it_holds_all_that_the_template_holds(tmp_path: Path) -> None:
    new_guideline(tmp_path / "knee")
    template = content_folder() / "template"
    for file in (path for path in template.rglob("*") if path.is_file()):
        made = (tmp_path / "knee" / file.relative_to(template)).read_text("utf-8")
        assert made == file.read_text("utf-8").replace("guideline: template", "guideline: knee")


def test_folders_above_it_are_made(tmp_path: Path) -> None:
    assert new_guideline(tmp_path / "a" / "b" / "knee")[0].is_file()


@pytest.mark.parametrize("name", ["Knee", "knee_mri", "knee mri", "1knee", "knee-", "-knee", "knee--mri", "knée"])
def test_a_name_is_lower_case_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(NewGuidelineError) as error:
        new_guideline(tmp_path / name)
    assert str(error.value) == f"`{name}` cannot name a guideline: lower case words joined with `-`, such as knee-mri"
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_not_changed(tmp_path: Path) -> None:
    (tmp_path / "knee").mkdir()
    with pytest.raises(NewGuidelineError) as error:
        new_guideline(tmp_path / "knee")
    assert str(error.value) == f"{tmp_path / 'knee'} exists already; nothing was changed"
    assert list((tmp_path / "knee").iterdir()) == []


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(NewGuidelineError, match=r"file.* cannot be written: not a directory"):
        new_guideline(tmp_path / "file" / "knee")
