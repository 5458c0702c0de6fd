"""The release is searched where it lies; it answers as a dictionary of all its codes would."""

import csv
import gzip
import hashlib
import random
import zlib
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isodose.guideline.content import content_folder
from isodose.guideline.icd10cm import IcdCode, Release

FILE = content_folder() / "icd10cm" / "2026-04.csv.gz"


def shipped() -> Release:
    return Release(FILE, date(2025, 10, 1))


def written(tmp_path: Path, text: str) -> Release:
    file = tmp_path / "small.csv.gz"
    file.write_bytes(gzip.compress(text.encode()))
    return Release(file, date(2025, 10, 1))


@pytest.fixture(scope="module")
def all_codes() -> dict[str, IcdCode]:
    rows = csv.reader(StringIO(gzip.decompress(FILE.read_bytes()).decode()))
    assert next(rows) == ["code", "billable", "title"]
    return {code: IcdCode(code, billable == "1", title) for code, billable, title in rows}


def test_the_file_is_sorted_for_else_it_could_not_be_searched(all_codes: dict[str, IcdCode]) -> None:
    assert len(all_codes) > 90_000
    assert list(all_codes) == sorted(all_codes)


def test_every_single_code_of_the_release_is_found(all_codes: dict[str, IcdCode]) -> None:
    release = shipped()
    for code, entry in all_codes.items():
        assert release.find(code) == entry


def test_a_prostate_cancer_is_billable_and_a_colon_cancer_without_its_place_is_a_heading() -> None:
    assert shipped().find("C61") == IcdCode("C61", billable=True, title="Malignant neoplasm of prostate")
    assert shipped().find("C18") == IcdCode("C18", billable=False, title="Malignant neoplasm of colon")


@given(st.text("AC5Z019", max_size=7))
def test_a_code_is_found_exactly_if_the_release_holds_it(code: str) -> None:
    found = shipped().find(code)
    assert (found.code if found else None) == (code if code in codes_of_release() else None)


@cache
def codes_of_release() -> frozenset[str]:
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()[1:]
    return frozenset(line.partition(",")[0] for line in lines)


@pytest.mark.parametrize("code", ["", "A", "A0", "C6", "C610", "ZZZ", "ZZZZZZZZ", "c61", "C61,", "C61.", "0"])
def test_what_the_release_does_not_hold_is_none(code: str) -> None:
    assert shipped().find(code) is None


def test_what_is_below_a_heading_comes_in_order_and_without_it(all_codes: dict[str, IcdCode]) -> None:
    for heading in ("C18", "C50", "C5091", "A00", "Z99", "C61"):
        expected = [entry for code, entry in all_codes.items() if code.startswith(heading) and code != heading]
        assert shipped().below(heading) == expected
    assert [entry.code for entry in shipped().below("C18")][:3] == ["C180", "C181", "C182"]
    assert shipped().below("C61") == []
    assert shipped().below("XYZ") == []


def test_what_is_not_a_code_itself_may_have_codes_below_it() -> None:
    assert next(entry.code for entry in shipped().below("C6")) == "C60"


@pytest.mark.parametrize(
    ("low", "high"), [("C50", "C50"), ("C020", "C023"), ("C00", "C14"), ("A00", "A00"), ("Z98", "Z99"), ("C61", "C60")]
)
def test_codes_between_bounds_are_those_within_them_and_below(
    all_codes: dict[str, IcdCode], low: str, high: str
) -> None:
    expected = [entry for code, entry in all_codes.items() if low <= code and code[: len(high)] <= high]
    assert shipped().between(low, high) == expected


def test_the_whole_release_lies_between_its_ends(all_codes: dict[str, IcdCode]) -> None:
    assert shipped().between("A", "Z") == list(all_codes.values())


def test_titles_may_hold_commas_quotes_and_letters_of_any_language(tmp_path: Path) -> None:
    release = written(tmp_path, 'code,billable,title\nC84,0,"Mature T, ""NK"""\nC841,1,Sézary disease\n')
    assert release.find("C84") == IcdCode("C84", billable=False, title='Mature T, "NK"')
    assert release.find("C841") == IcdCode("C841", billable=True, title="Sézary disease")
    assert release.between("C84", "C84")[1].title == "Sézary disease"


@pytest.mark.parametrize("count", range(6))
def test_releases_of_any_length_are_searched(tmp_path: Path, count: int) -> None:
    codes = [f"C{10 * number + 5}" for number in range(1, count + 1)]
    release = written(tmp_path, "code,billable,title\n" + "".join(f"{code},1,x\n" for code in codes))
    for number in range(10, 80):
        code = f"C{number}"
        assert release.find(code) == (IcdCode(code, billable=True, title="x") if code in codes else None)
        assert [entry.code for entry in release.between(code, code)] == [found for found in codes if found == code]
        assert release.below(code) == []


def test_lines_of_any_length_are_searched(tmp_path: Path) -> None:
    codes = [f"C{number}" for number in range(10, 40)]
    lines = (f"{code},1,{'long ' * (number * number % 23)}title\n" for number, code in enumerate(codes))
    release = written(tmp_path, "code,billable,title\n" + "".join(lines))
    assert [code for code in codes if release.find(code)] == codes
    assert [release.find(f"{code}0") for code in codes] == [None] * len(codes)


def large(tmp_path: Path, *, broken_from: float = 2) -> tuple[Release, list[IcdCode]]:
    """Many codes with titles that do not pack well; the file is cut off and goes on with rubbish from a share on."""
    rng = random.Random(20261124)  # noqa: S311
    codes = sorted({f"{rng.choice('ACZ')}{rng.randrange(100, 100_000)}" for _ in range(6000)})
    entries = [IcdCode(code, rng.random() < 0.8, "".join(rng.choices(ascii_letters, k=40))) for code in codes]
    lines = [f"{entry.code},{int(entry.billable)},{entry.title}\n" for entry in entries]
    packed = gzip.compress(("code,billable,title\n" + "".join(lines)).encode())
    cut = int(len(packed) * broken_from)
    file = tmp_path / "large.csv.gz"
    file.write_bytes(packed[:cut] + b"\xff" * (len(packed) - cut))
    return Release(file, date(2025, 10, 1)), entries


@pytest.mark.parametrize("step", [1, 7])
def test_a_release_may_be_asked_in_any_order(tmp_path: Path, step: int) -> None:
    for asked in (0, -1, 3000, 17, 5000):
        release, entries = large(tmp_path)
        for entry in (entries[asked], *entries[:: 500 * step], *entries[::-700]):
            assert release.find(entry.code) == entry
            assert release.find(f"{entry.code}0") is None
            assert release.find(f"{entry.code[:-1]}/") is None


def test_whatever_is_asked_first_nothing_is_skipped(tmp_path: Path) -> None:
    for first, last in ((0, 2), (-9, -1), (0, -1), (100, 4000)):
        release, entries = large(tmp_path)
        low, high = entries[first].code, entries[last].code
        assert release.between(low, high) == [
            entry for entry in entries if entry.code >= low and entry.code[: len(high)] <= high
        ]
    release, entries = large(tmp_path)
    assert release.below("A1") == [entry for entry in entries if entry.code.startswith("A1")]
    assert release.below("ZZ") == []


def test_a_release_is_unpacked_only_as_far_as_it_is_asked(tmp_path: Path) -> None:
    """So a code near its start is found though its end is broken."""
    release, entries = large(tmp_path, broken_from=0.7)
    assert [release.find(entry.code) for entry in entries[:100]] == entries[:100]
    assert release.find(f"{entries[50].code}0") is None
    with pytest.raises(zlib.error):
        release.find(entries[-1].code)


def test_a_release_is_named_by_the_content_of_its_file(tmp_path: Path) -> None:
    assert shipped().digest == hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert shipped().digest != written(tmp_path, "code,billable,title\n").digest
