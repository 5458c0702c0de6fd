"""A folder as a guideline: what its files give, and everything that is wrong with them."""

from datetime import date
from pathlib import Path

import pytest
from tests.guideline.samples import CODES, EDITION, FACTS, write

from isodose.guideline.content import shipped
from isodose.guideline.guideline import Guideline, GuidelineError
from isodose.guideline.load import load, load_or_raise, release, text_from
from isodose.guideline.problem import Level, Problem


def read(folder: Path) -> tuple[Guideline | None, list[str]]:
    guideline, problems = load(folder)
    return guideline, [
        f"{problem.place.file}:{problem.place.line}:{problem.place.column} {problem.level}: {problem.message}"
        for problem in problems
    ]


def good(folder: Path) -> Guideline:
    guideline, problems = read(folder)
    assert problems == []
    assert guideline is not None
    return guideline


@pytest.fixture(scope="module")
def imrt() -> Guideline:
    return load_or_raise(shipped("imrt"))


def test_a_guideline_is_its_folder(tmp_path: Path) -> None:
    found = good(write(tmp_path))
    assert (found.id, found.folder) == ("sleep", tmp_path / "sleep")
    assert [edition.id for edition in found.editions] == ["2025-01-01"]
    assert list(found.codes) == ["95810", "95811"]
    assert found.facts["bmi"].unit == "kg/m2"


def test_it_is_named_by_where_it_really_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path))
    assert good(Path()).id == "sleep"


def test_every_guideline_has_the_shared_facts_and_may_word_them_itself(tmp_path: Path) -> None:
    found = good(write(tmp_path))
    shared = {"date_of_service", "member_birth_date", "product", "procedure_code", "diagnosis"}
    assert found.shared == shared
    assert shared < set(found.facts)
    assert found.facts["diagnosis"].question == "Which codes describe the illness?"
    assert found.facts["product"].question == "Which of the plan's products is the member enrolled in?"


def test_editions_come_by_effective_date_and_then_by_the_date_decided(imrt: Guideline) -> None:
    assert [(str(edition.effective), str(edition.decided)) for edition in imrt.editions] == [
        ("2025-01-01", "2024-09-19"),
        ("2025-01-01", "2025-01-15"),
        ("2025-01-01", "2025-02-05"),
        ("2025-10-01", "2025-08-20"),
    ]


def test_the_order_is_that_of_the_dates_and_not_of_the_files(tmp_path: Path) -> None:
    early = EDITION.replace("effective: 2025-01-01", "effective: 2023-01-01")
    found = good(write(tmp_path, z=early))
    assert [edition.file for edition in found.editions] == ["z.md", "2025-01-01.md"]


def test_the_map_of_diagnoses_knows_the_clauses_of_all_editions_and_the_declared_sets(tmp_path: Path) -> None:
    header = "in,codes,status,title,note\n"
    found = good(write(tmp_path, diagnoses=header + "2,G47,clear,,\nsleep-disorder,G47.3,clear,,\n"))
    row = found.diagnoses.in_clauses("G4733")
    assert row is not None
    assert row.home == "2"
    assert found.diagnoses.in_set("sleep-disorder", "G4733") is not None
    assert found.diagnoses.in_set("airway-tumor", "G4733") is None


def test_without_a_map_no_code_belongs_to_a_set(tmp_path: Path) -> None:
    found = good(write(tmp_path))
    assert found.diagnoses.in_clauses("G4733") is None
    assert found.diagnoses.in_set("sleep-disorder", "G4733") is None


def test_the_release_of_icd_10_cm_is_shared(tmp_path: Path) -> None:
    problems: list[Problem] = []
    shared = release(problems)
    assert problems == []
    assert shared.in_force == date(2025, 10, 1)
    assert shared.find("C61") is not None
    assert good(write(tmp_path)).release == shared


class TestWhatIsWrong:
    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError, match=r"no folder .*nowhere"):
            load(tmp_path / "nowhere")

    def test_a_folder_with_nothing_in_it(self, tmp_path: Path) -> None:
        assert read(tmp_path) == (
            None,
            [
                "facts.yaml:1:1 error: the guideline lacks facts.yaml",
                "codes.csv:1:1 error: the guideline lacks codes.csv",
                ".:1:1 error: no edition is here: a file like 2025-10-01.md",
            ],
        )

    def test_a_guideline_without_facts_does_not_blame_its_rules(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "facts.yaml").unlink()
        assert read(folder)[1] == ["facts.yaml:1:1 error: the guideline lacks facts.yaml"]

    def test_a_guideline_without_codes(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "codes.csv").unlink()
        guideline, problems = read(folder)
        assert problems == ["codes.csv:1:1 error: the guideline lacks codes.csv"]
        assert guideline is not None
        assert guideline.codes == {}

    def test_files_that_are_no_part_of_it(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "fact.yaml").write_text("", "utf-8")
        (folder / "notes.txt").write_text("", "utf-8")
        (folder / "cases").mkdir()
        assert read(folder)[1] == ["fact.yaml:1:1 warning: this file is not part of a guideline"]

    def test_a_file_that_is_not_utf_8(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "codes.csv").write_bytes(CODES.encode() + b"\n95812,,\xff\n")
        (folder / "facts.yaml").write_bytes(b"\xe9: x")
        assert read(folder)[1] == [
            "codes.csv:5:1 error: this file is not UTF-8",
            "facts.yaml:1:1 error: this file is not UTF-8",
        ]

    def test_faults_of_all_files_are_told_at_once(self, tmp_path: Path) -> None:
        folder = write(
            tmp_path,
            facts=FACTS + "x: {type: date}\n",
            codes=CODES + "9581,,\n",
            diagnoses="in,codes,status,title,note\n9,C61,clear,,\n",
            other="Text.",
        )
        assert [problem.split(" ", 1)[0] for problem in read(folder)[1]] == [
            "facts.yaml:70:4",
            "facts.yaml:70:4",
            "other.md:1:1",
            "diagnoses.csv:2:1",
            "codes.csv:4:1",
        ]

    def test_a_fact_whose_formula_asks_for_what_is_not_there(self, tmp_path: Path) -> None:
        folder = write(tmp_path, facts=FACTS.replace("to date_of_service", "to date_of_servise", 1))
        assert read(folder)[1] == [
            (
                "facts.yaml:57:1 error: `since_last_study`: no fact `date_of_servise` is declared in facts.yaml; "
                "did you mean `date_of_service`?"
            )
        ]

    def test_a_map_is_not_blamed_where_the_diagnosis_could_not_be_read(self, tmp_path: Path) -> None:
        facts = FACTS.replace("type: codes", "type: code_s")
        header = "in,codes,status,title,note\n"
        folder = write(tmp_path, facts=facts, diagnoses=header + "sleep-disorder,G47,clear,,\n")
        [problem] = read(folder)[1]
        assert problem.startswith("facts.yaml:2:9 error: `type` is ")

    def test_an_error_is_raised_where_a_right_guideline_is_needed(self, tmp_path: Path) -> None:
        folder = write(tmp_path, codes=CODES + "9581,,\n9582,,\n")
        with pytest.raises(GuidelineError) as error:
            load_or_raise(folder)
        assert str(error.value) == (
            f"{folder}/codes.csv:4:1: `9581` is not a procedure code: five digits, a letter and four digits, or "
            f"four digits and a letter; `isodose check {folder}` lists all problems"
        )
        assert len(error.value.problems) == 2

    def test_a_guideline_without_an_edition_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(GuidelineError, match=r"the guideline lacks facts\.yaml"):
            load_or_raise(tmp_path)

    def test_a_warning_is_no_error(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "fact.yaml").write_text("", "utf-8")
        assert load_or_raise(folder).id == "sleep"

    def test_the_first_error_is_named_and_not_a_warning_before_it(self, tmp_path: Path) -> None:
        folder = write(tmp_path, codes="code\n")
        (folder / "a.yaml").write_text("", "utf-8")
        guideline, problems = load(folder)
        assert guideline is not None
        assert problems[0].level is Level.WARNING
        with pytest.raises(GuidelineError, match=r"codes\.csv:1:1"):
            load_or_raise(folder)


class TestHowFilesAreRead:
    def test_a_byte_order_mark_and_lines_of_windows_do_not_matter(self, tmp_path: Path) -> None:
        plain = good(write(tmp_path))
        folder = tmp_path / "windows" / "sleep"
        folder.mkdir(parents=True)
        for name in ("facts.yaml", "codes.csv", "2025-01-01.md"):
            text = (tmp_path / "sleep" / name).read_text("utf-8")
            (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        found = good(folder)
        assert found.facts == plain.facts
        assert found.codes == plain.codes
        assert found.editions[0].clauses == plain.editions[0].clauses

    def test_only_the_folder_itself_is_read(self, tmp_path: Path) -> None:
        folder = write(tmp_path)
        (folder / "published").mkdir()
        (folder / "published" / "2020-01-01.md").write_text("Text.", "utf-8")
        assert len(good(folder).editions) == 1


def test_text_is_utf_8_with_or_without_a_mark_and_lines_of_any_system() -> None:
    problems: list[Problem] = []
    assert text_from("é\r\nb\n".encode(), "x.csv", problems) == "é\nb\n"
    assert text_from(b"\xef\xbb\xbfa", "x.csv", problems) == "a"
    assert problems == []
    assert text_from(b"a\nb\n\xe9", "x.csv", problems, "1.a") is None
    [problem] = problems
    assert (problem.place.file, problem.place.line, problem.clause) == ("x.csv", 3, "1.a")
    assert problem.message == "this file is not UTF-8"


@pytest.mark.parametrize(
    ("written", "meant"), [("fact.yaml", "facts.yaml"), ("codes_.csv", "codes.csv"), ("diagnosis.csv", "diagnoses.csv")]
)
def test_a_file_that_seems_to_be_one_that_is_missing_is_an_error(tmp_path: Path, written: str, meant: str) -> None:
    folder = write(tmp_path)
    if (folder / meant).exists():
        (folder / meant).rename(folder / written)
    else:
        (folder / written).write_text("", "utf-8")
    _, problems = read(folder)
    assert problems == [f"{written}:1:1 error: this file is not part of a guideline; did you mean `{meant}`?"]


def test_a_map_is_not_blamed_for_the_clauses_of_an_edition_that_could_not_be_read(tmp_path: Path) -> None:
    folder = write(tmp_path, diagnoses="in,codes,status,title,note\n9,C61,clear,,\n")
    assert "diagnoses.csv:2:1" in read(folder)[1][0]
    (folder / "2026-01-01.md").write_bytes(b"\xff")
    assert read(folder)[1] == ["2026-01-01.md:1:1 error: this file is not UTF-8"]


def test_codes_are_not_blamed_for_a_choice_that_could_not_be_read(tmp_path: Path) -> None:
    codes = "code,valid_from,valid_to,severity\n95810,,,mild\n95811,,,\n"
    folder = write(tmp_path, codes=codes, facts=FACTS.replace("  type: choice\n  values: {mild", "  values: {mild"))
    assert all("facts.yaml" in problem for problem in read(folder)[1])
    assert len(read(folder)[1]) == 1
