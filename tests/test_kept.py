"""A guideline that is kept between runs: found again, never out of date, never trusted from others."""

import shutil
from pathlib import Path

import pytest

from isodose.guideline.content import content_folder
from isodose.kept import kept_guideline

TEMPLATE = content_folder() / "template"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATE, tmp_path / "template"))


def kept(environment: dict[str, str]) -> list[Path]:
    return sorted(Path(environment["XDG_CACHE_HOME"]).rglob("*"))


def test_what_is_kept_is_the_guideline(folder: Path, environment: dict[str, str]) -> None:
    read, found = kept_guideline(folder, environment), kept_guideline(folder, environment)
    assert found is not read
    assert found.facts == read.facts
    assert found.content_hash(found.editions[0]) == read.content_hash(read.editions[0])
    assert found.diagnoses.in_clauses("G4733") == read.diagnoses.in_clauses("G4733")
    assert found.release.find("G4733") == read.release.find("G4733")
    assert len([path for path in kept(environment) if path.is_file()]) == 1


def test_a_changed_file_is_read_anew(folder: Path, environment: dict[str, str]) -> None:
    kept_guideline(folder, environment)
    edition = folder / "2026-01-01.md"
    edition.write_text(edition.read_text("utf-8").replace("title: Home", "title: Changed"), "utf-8")
    assert kept_guideline(folder, environment).editions[0].title == "Changed Sleep Apnea Test"


@pytest.mark.parametrize("damage", [b"", b"not a pickle", b"\x80\x05cos\nsystem\n"])
def test_a_damaged_file_is_read_anew(folder: Path, environment: dict[str, str], damage: bytes) -> None:
    kept_guideline(folder, environment)
    [file] = [path for path in kept(environment) if path.is_file()]
    file.write_bytes(damage)
    assert kept_guideline(folder, environment).id == "template"


def test_what_others_could_have_written_is_not_trusted(folder: Path, environment: dict[str, str]) -> None:
    kept_guideline(folder, environment)
    [file] = [path for path in kept(environment) if path.is_file()]
    file.chmod(0o666)
    before = file.stat().st_mtime_ns
    assert kept_guideline(folder, environment).id == "template"
    assert file.stat().st_mtime_ns != before
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("environment", [{}, {"HOME": ""}, {"XDG_CACHE_HOME": "relative"}])
def test_nothing_is_kept_where_no_folder_is_named(
    folder: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert kept_guideline(folder, environment).id == "template"
    assert [path.name for path in tmp_path.iterdir()] == ["template"]


def test_only_the_latest_are_kept(tmp_path: Path, environment: dict[str, str]) -> None:
    for number in range(12):
        kept_guideline(Path(shutil.copytree(TEMPLATE, tmp_path / str(number) / "template")), environment)
    assert len([path for path in kept(environment) if path.is_file()]) == 8


def test_a_folder_that_cannot_be_written_to_costs_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", "utf-8")
    assert kept_guideline(folder, {"XDG_CACHE_HOME": str(tmp_path / "cache")}).id == "template"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "template"]
