"""A guideline as it was read: what its facts, clauses and editions give together, and its content hash."""

import hashlib
import shutil
from pathlib import Path

import pytest
from tests.guideline.samples import CODES, EDITION, FACTS, write

from isodose.guideline.content import shared_facts
from isodose.guideline.load import load_or_raise


def test_a_case_gives_each_fact_in_its_column_but_for_what_is_derived(tmp_path: Path) -> None:
    columns = load_or_raise(write(tmp_path)).columns
    assert columns["diagnosis_codes"].name == "diagnosis"
    assert "age" not in columns
    assert "since_last_study" not in columns
    assert set(columns) == {
        "date_of_service", "member_birth_date", "product", "procedure_code", "diagnosis_codes", "symptoms",
        "home_study_possible", "abnormal_airway", "severity", "setting", "bmi", "studies", "last_study",
    }  # fmt: skip


def test_derived_facts_come_after_those_that_they_need(tmp_path: Path) -> None:
    more = """
c: {type: number, title: T, question: Q?, from: b / bmi}
b: {type: number, title: T, question: Q?, from: a / bmi}
a: {type: number, title: T, question: Q?, from: studies / bmi}
"""
    derived = load_or_raise(write(tmp_path, facts=FACTS + more)).derived
    assert [name for name, _ in derived] == ["since_last_study", "age", "a", "b", "c"]
    assert dict(derived)["b"].inputs == ("a", "bmi")


def test_open_choices_are_those_that_offer_words_and_take_others(tmp_path: Path) -> None:
    more = "site: {type: choice, open: true, title: T, question: Q?}\n"
    found = load_or_raise(write(tmp_path, facts=FACTS + more))
    assert [fact.name for fact in found.open_choices] == ["setting"]


def test_clauses_and_leaves_of_all_editions_are_known_by_name(tmp_path: Path) -> None:
    other = EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01").replace("rule 2", "rule 3")
    other = other.replace("clause 2", "clause 3").replace("bmi >= 30", "bmi >= 35")
    found = load_or_raise(write(tmp_path, **{"2026-01-01": other}))
    assert found.clause_ids == {"1", "2", "3"}
    assert found.leaf_phrases == {
        "procedure_code in codes.required",
        "symptoms",
        "bmi >= 30 kg/m2",
        "bmi >= 35 kg/m2",
        "abnormal_airway",
    }


class TestContentHash:
    """What a determination rests on: the text of its edition, and what all editions share."""

    def hashes(self, folder: Path) -> list[str]:
        found = load_or_raise(folder)
        return [found.content_hash(edition) for edition in (*found.editions, None)]

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return write(tmp_path, **{"2026-01-01": EDITION.replace("effective: 2025-01-01", "effective: 2026-01-01")})

    def test_each_edition_has_its_own_and_what_they_share_has_one(self, folder: Path) -> None:
        assert len(set(self.hashes(folder))) == 3

    def test_a_copy_has_the_same(self, folder: Path, tmp_path: Path) -> None:
        copy = tmp_path / "elsewhere" / "other-name"
        shutil.copytree(folder, copy)
        assert self.hashes(copy) == self.hashes(folder)

    def test_a_change_of_one_edition_changes_its_own_alone(self, folder: Path) -> None:
        before = self.hashes(folder)
        with (folder / "2026-01-01.md").open("a", encoding="utf-8") as file:
            file.write("\nMore.\n")
        after = self.hashes(folder)
        assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]

    def test_a_change_of_what_they_share_changes_all(self, folder: Path) -> None:
        before = self.hashes(folder)
        (folder / "codes.csv").write_text(CODES + "95812,,\n", "utf-8")
        after = self.hashes(folder)
        assert [old == new for old, new in zip(before, after, strict=True)] == [False, False, False]

    def test_files_that_are_no_part_change_nothing(self, folder: Path) -> None:
        before = self.hashes(folder)
        (folder / "notes.txt").write_text("x", "utf-8")
        (folder / "published").mkdir()
        assert self.hashes(folder) == before

    def test_it_is_a_sum_that_others_can_compute(self, folder: Path) -> None:
        found = load_or_raise(folder)
        lines = [
            f"{name}\0{hashlib.sha256((folder / name).read_bytes()).hexdigest()}\n"
            for name in ("2025-01-01.md", "codes.csv", "facts.yaml")
        ]
        shared = hashlib.sha256(shared_facts().read_bytes()).hexdigest()
        lines = [f"../facts.yaml\0{shared}\n", *lines, f"icd10cm 2025-10-01\0{found.release.digest}\n"]
        assert found.content_hash(found.editions[0]) == hashlib.sha256("".join(lines).encode()).hexdigest()
