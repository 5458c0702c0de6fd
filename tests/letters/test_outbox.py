"""The way of a letter: by which channel, when it is tried again, and a file that is whole or not there, once."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import which
from subprocess import run

import pytest
from tests.letters.stories import ELM_STREET
from tests.store.test_faults import make_read_only, no_file_grows_beyond, small_disk

from isodose.letters.folder import FolderError, file_name, put
from isodose.letters.kind import Reader
from isodose.letters.outbox import LONGEST_WAIT, PROVES, Channel, needs_a_person, next_try, way_to
from isodose.store.outbox import Parcel

MADE = datetime(2025, 10, 20, 15, tzinfo=UTC)
PDF = b"%PDF-1.7 a letter" * 1000
PARCEL = Parcel("TRACK-0001-2345-9", 4, "member", "folder", "print", sha256(PDF).hexdigest(), MADE)
NAME = f"TRACK-0001-2345-9-member-{PARCEL.sha256[:16]}.pdf"
MINUTE = timedelta(minutes=1)


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_it_is_tried_again_less_and_less_often_and_never_given_up() -> None:
    assert [next_try(tries, MADE) - MADE for tries in (1, 2, 3, 4)] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert next_try(1000, MADE) - MADE == LONGEST_WAIT
    assert [needs_a_person(tries) for tries in (0, 5, 6, 50)] == [False, False, True, True]


def test_a_member_is_written_to_on_paper_and_a_practice_in_the_portal_or_by_fax() -> None:
    assert way_to(Reader.MEMBER, ELM_STREET, has_accounts=True) == (Channel.FOLDER, "print")
    assert way_to(Reader.PROVIDER, ELM_STREET, has_accounts=True) == (Channel.PORTAL, "elm-street")
    assert way_to(Reader.PROVIDER, ELM_STREET, has_accounts=False) == (Channel.FOLDER, "fax/18005550121")
    assert way_to(Reader.PROVIDER, None, has_accounts=False) == (Channel.FOLDER, "print")
    assert set(PROVES) == set(Channel)


def test_a_file_is_whole_and_there_once_with_its_receipt(tmp_path: Path) -> None:
    assert put(tmp_path, PARCEL, PDF) == f"print/{file_name(PARCEL)}" == f"print/{NAME}"
    once = files(tmp_path)
    assert once == {f"print/{NAME}": PDF, f"receipts/{NAME}.sha256": f"{PARCEL.sha256}  {NAME}\n".encode()}
    assert put(tmp_path, PARCEL, PDF) == f"print/{NAME}"
    assert files(tmp_path) == once
    check = [which("sha256sum") or "", "--check", f"../receipts/{NAME}.sha256"]
    assert run(check, cwd=tmp_path / "print", check=False).returncode == 0


def test_what_was_taken_away_is_not_put_there_again(tmp_path: Path) -> None:
    put(tmp_path, PARCEL, PDF)
    (tmp_path / "print" / NAME).unlink()
    assert put(tmp_path, PARCEL, PDF) == f"print/{NAME}"
    assert not (tmp_path / "print" / NAME).exists()


@pytest.mark.parametrize(
    "left",
    [
        {f"making/{NAME}.part": PDF[:5]},
        {f"making/{NAME}": PDF},
        {f"making/{NAME}": PDF, f"receipts/{NAME}.sha256.part": b"1"},
        {f"making/{NAME}": PDF, f"receipts/{NAME}.sha256": f"{PARCEL.sha256}  {NAME}\n".encode()},
    ],
)
def test_where_it_stopped_before_the_file_was_in_its_place_it_goes_on(tmp_path: Path, left: dict[str, bytes]) -> None:
    for name, content in left.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    put(tmp_path, PARCEL, PDF)
    assert files(tmp_path) == {f"print/{NAME}": PDF, f"receipts/{NAME}.sha256": f"{PARCEL.sha256}  {NAME}\n".encode()}


def test_a_disk_that_is_full_leaves_nothing_in_the_place_and_no_receipt(tmp_path: Path) -> None:
    with no_file_grows_beyond(1000), pytest.raises(FolderError, match="file too large"):
        put(tmp_path, PARCEL, PDF)
    assert not any(name.startswith(("print/", "receipts/")) for name in files(tmp_path))
    assert put(tmp_path, PARCEL, PDF) == f"print/{NAME}"


def test_a_disk_that_filled_up_takes_the_letter_once_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64 << 10) as folder:
        others = folder / "others"
        others.write_bytes(bytes(56 << 10))
        with pytest.raises(FolderError, match="no space left on device"):
            put(folder, PARCEL, PDF)
        assert not any(name.startswith(("print/", "receipts/")) for name in files(folder))
        others.unlink()
        assert put(folder, PARCEL, PDF) == f"print/{NAME}"
        assert files(folder)[f"print/{NAME}"] == PDF


def test_a_folder_in_which_not_even_root_may_write_is_a_problem_in_words(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="/proc/self/making: no such file or directory"):
        put(Path("/proc/self"), PARCEL, PDF)
    with small_disk(tmp_path / "disk", 64 << 10) as folder:
        make_read_only(folder)
        with pytest.raises(FolderError, match="disk/making: read-only file system"):
            put(folder, PARCEL, PDF)
        make_read_only(folder, again=True)
        assert files(folder) == {}
        assert put(folder, PARCEL, PDF) == f"print/{NAME}"


def test_what_cannot_be_written_is_a_problem_in_words(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="away: there is no such folder"):
        put(tmp_path / "away", PARCEL, PDF)
    with pytest.raises(FolderError, match="another"):
        put(tmp_path, PARCEL, PDF + b"!")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(FolderError, match="file: there is no such folder"):
        put(tmp_path / "file", PARCEL, PDF)
    (tmp_path / "print").write_text("a file where a folder should be", "utf-8")
    with pytest.raises(FolderError, match="print: file exists"):
        put(tmp_path, PARCEL, PDF)
