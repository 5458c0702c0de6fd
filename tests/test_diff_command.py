"""`isodose diff` as a user runs it: editions by id, file or folder; a difference is no error."""

import json
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import polars.selectors as cs
import pytest

from isodose.pages import diff_view
from tests.command_line import Run
from tests.proof.revisions import REVISED, SECOND_OPINION, revised, with_changes
from tests.terminal.pages import too_wide


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose newest edition narrows the limitation."""
    return revised("limitation-narrowed", tmp_path_factory.mktemp("revised"))


def test_the_page_says_first_whom_it_touches_and_last_that_nothing_else_changes(run: Run, folder: Path) -> None:
    shown = run("diff", "2025-10-01", folder)
    assert shown.status == 0
    assert too_wide(shown.out) == []
    lines = shown.out.split("\n")
    assert lines.index("Whom it touches") < 8
    assert "  ● 2 changes: easier to be covered" in lines
    assert lines.index("Whom it touches") < next(
        n for n, line in enumerate(lines) if "Nothing else changes. Proved" in line
    )
    assert "    + all:" in lines
    assert "[-covered.-] {+covered in adults of 21" in shown.out


def test_an_edition_is_an_id_a_file_or_a_folder(run: Run, folder: Path) -> None:
    by_file, by_folder = (run("diff", "--json", "2025-10-01", new) for new in (folder / f"{REVISED}.md", folder))
    assert by_file == by_folder
    back = json.loads(run("diff", "--json", folder, "2025-10-01").out)
    assert {change["direction"] for change in back["changes"]} == {"harder", "other"}


def test_json_has_all_that_the_page_shows(run: Run, folder: Path) -> None:
    found = json.loads(run("diff", "--json", "2025-10-01", folder).out)
    assert found["proved"] is True
    assert found["old"]["edition"] == "2025-10-01"
    approved = next(change for change in found["changes"] if change["after"]["outcome"] == "approved")
    assert approved["before"] == {"outcome": "clinical-review", "review_reason": "limitation", "grants": {}}
    assert approved["units"] == [{"kind": "clause", "name": "limitations"}]
    assert approved["example"]["concurrent_proton_therapy"] is True
    assert [rule["name"] for rule in found["rules"]] == ["limitations"]
    assert found["text"][0]["clause"] == "limitations"


REQUESTS = {
    "request_id": ["A", "B"],
    "date_of_service": ["2025-11-03"] * 2,
    "member_birth_date": ["2006-01-01", "1960-01-01"],
    "product": ["ma-hmo"] * 2,
    "procedure_code": ["77386"] * 2,
    "diagnosis_codes": [["C71.9"]] * 2,
    "previously_irradiated": [True] * 2,
    "concurrent_proton_therapy": [True] * 2,
}


def test_a_file_of_requests_is_counted(run: Run, folder: Path, tmp_path: Path) -> None:
    write(pl.DataFrame(REQUESTS), tmp_path / "requests.parquet")
    shown = run("diff", "2025-10-01", folder, "--on", "requests.parquet").out
    assert "In the file: 1 of 2 requests get another answer" in shown
    assert "1  clinical-review (limitation) → approved" in shown


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_own_names_of_columns(suffix: str, run: Run, folder: Path, tmp_path: Path) -> None:
    """A column that has the flat case's name beside the one that is named does not count."""
    own = pl.DataFrame(REQUESTS).rename({"member_birth_date": "DOB", "diagnosis_codes": "DX"})
    own = own.with_columns(diagnosis_codes=pl.lit("Z00.0"), diagnoses=pl.lit("?")).rename({"request_id": "CLAIM"})
    write(own, tmp_path / f"requests.{suffix}")
    names = {"request_id": "CLAIM", "member_birth_date": "DOB", "diagnosis_codes": "DX"}
    (tmp_path / "names.yaml").write_text("".join(f"{ours}: {name}\n" for ours, name in names.items()), "utf-8")
    shown = run("diff", "--json", "2025-10-01", folder, "--on", f"requests.{suffix}", "--columns", "names.yaml")
    found = json.loads(shown.out)["touched"]
    assert (found["rows"], [(one["after"], one["request_ids"]) for one in found["told"]]) == (2, [("approved", ["A"])])


def test_a_wrong_map_is_explained_all_at_once(run: Run, folder: Path, tmp_path: Path) -> None:
    write(pl.DataFrame(REQUESTS), tmp_path / "requests.parquet")
    (tmp_path / "names.yaml").write_text("procedure_cod: CPT\nproduct: []\n", "utf-8")
    said = run("diff", "2025-10-01", folder, "--on", "requests.parquet", "--columns", "names.yaml")
    assert said.status == 2
    assert said.faults == [
        "names.yaml:1:1: `procedure_cod` is no column of a flat case; did you mean `procedure_code`?",
        "names.yaml:2:10: `product` needs the name of one column; write a line for each column, such as `procedure_code: CPT_CODE`",
    ]


def test_names_of_columns_without_a_file_are_asked_back(run: Run, folder: Path) -> None:
    said = run("diff", "2025-10-01", folder, "--columns", "names.yaml")
    assert (said.status, said.faults) == (
        2,
        ["`--columns` says how the columns of a file are called; name the file with `--on`"],
    )


def test_what_looks_odd_or_cannot_be_read_is_told_beside_what_is_counted(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    write(pl.DataFrame(REQUESTS).rename({"request_id": "request_idd"}), tmp_path / "requests.jsonl")
    with (tmp_path / "requests.jsonl").open("a", encoding="utf-8") as lines:
        lines.write("no JSON\n")
    said = run("diff", "2025-10-01", folder, "--on", "requests.jsonl")
    assert "In the file: 1 of 2 requests get another answer" in said.out
    assert said.status == 2
    odd, unreadable = said.faults
    assert odd.startswith("the column `request_idd` is no fact of this guideline and was not used")
    assert unreadable.startswith("requests.jsonl: line 3")


def test_a_fact_that_only_the_new_edition_asks_is_read(run: Run, tmp_path: Path) -> None:
    new = with_changes(SECOND_OPINION, tmp_path / "second-opinion")
    write(pl.DataFrame(REQUESTS | {"SECOND": [False, True]}), tmp_path / "requests.parquet")
    (tmp_path / "names.yaml").write_text("second_opinion: SECOND\n", "utf-8")
    found = run("diff", "--json", "2025-10-01", new, "--on", "requests.parquet", "--columns", "names.yaml")
    assert [one["request_ids"] for one in json.loads(found.out)["touched"]["told"]] == [["B"]]


def write(rows: pl.DataFrame, file: Path) -> None:
    """A table in the format of the suffix; CSV has lists in one cell."""
    if file.suffix == ".csv":
        rows.with_columns(cs.list().list.join(";")).write_csv(file)
    elif file.suffix == ".jsonl":
        rows.write_ndjson(file)
    else:
        rows.write_parquet(file)


class Words(HTMLParser):
    """The words and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def test_the_document_holds_everything_and_fetches_nothing(run: Run, folder: Path) -> None:
    html = run("diff", "--html", "2025-10-01", folder).out
    page = Words(html)
    text = " ".join(page.words)
    assert "Nothing else changes. Proved" in text
    assert "It touches only requests where all of this holds" in text
    assert "<del>covered.</del>" in html
    assert all(address.startswith("#") for address in page.addresses)
    assert diff_view.MANY > 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["2025-10-1", "2025-10-01"],
            "`2025-10-1` is no edition of imrt, no file and no folder; did you mean `2025-10-01`?",
        ),
        (["2025-10-01", "nothing.md"], "nothing.md: no file is there"),
        (["2025-10-01", "."], ". holds no guideline"),
        (["2025-10-01", "2025-10-01", "--on", "nothing.parquet"], "nothing.parquet: no file is there"),
    ],
)
def test_what_cannot_be_read_is_one_line(run: Run, arguments: list[str], message: str) -> None:
    said = run("diff", *arguments)
    assert said.status == 2
    assert said.faults[0].startswith(message)
    assert len(said.faults) == 1


def test_editions_of_two_guidelines_are_not_compared(run: Run) -> None:
    run("new", "knee-mri")
    said = run("diff", "2025-10-01", "knee-mri")
    assert said.status == 2
    assert said.faults == [
        "2025-10-01 is an edition of `imrt`, knee-mri of `knee-mri`: give two editions of one guideline"
    ]
