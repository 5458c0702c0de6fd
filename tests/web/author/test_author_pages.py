"""The guideline's author sees what is in use, what is wrong, what is proved, and whom a revision touches."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

import pytest
from tests.desk.at_the_office import reviewed, submitted
from tests.web.site import Browser, Site, site

from isodose.desk.case import Case
from isodose.determination.program import Program
from isodose.guideline.content import shipped
from isodose.guideline.load import load_or_raise
from isodose.web.services import Services

OLD, NEW = "2025-01-01@2025-02-05", "2025-10-01"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Site]:
    with site(tmp_path) as made:
        yield made


@dataclass
class Small(Site):
    """The application over a small guideline in a folder of its own."""

    folder: Path = Path()

    @property
    def services(self) -> Services:
        made = super().services
        return replace(made, office=replace(made.office, program=Program(load_or_raise(self.folder))))


@pytest.fixture
def small(here: Site, tmp_path: Path) -> Small:
    folder = tmp_path / "template"
    copytree(shipped("template"), folder)
    return Small(here.record, here.now, folder=folder)


def test_what_is_in_use_is_told_with_the_hash_of_what_it_rests_on(here: Site) -> None:
    gus, guideline = here.as_("gus"), here.services.guideline
    data = gus.get("/content.json").json()
    assert [row["edition"] for row in data["editions"]] == [one.id for one in reversed(guideline.editions)]
    assert data["editions"][0]["content_hash"] == guideline.content_hash(guideline.editions[-1])
    assert data["shared"]["cases"] > 400
    page = gus.get("/content").text
    assert data["editions"][0]["content_hash"][:16] in page
    assert "The folder says something else" not in page
    assert gus.get("/content.csv").text.count("\n") == len(guideline.editions) + 1


def test_the_page_comes_at_once_then_the_check_then_the_proofs(small: Small) -> None:
    gus = small.as_("gus")
    at_once = gus.get("/content/check").text
    assert "template: 1 edition" not in at_once
    assert '<meta http-equiv="refresh" content="0; url=/content/check?wait=check">' in at_once
    assert 'hx-get="/content/check?wait=check"' in at_once
    first = gus.get("/content/check?wait=check").text
    assert "template: 1 edition" in first
    assert 'href="/content/check?wait=yes"' in first
    assert "template: 1 edition" in gus.get("/content/check").text
    whole = gus.get("/content/check?wait=yes").text
    assert "each case that can be right has exactly one outcome" in whole
    assert "Settled by reading R4" in whole
    assert "14 rungs and clauses</summary>" in whole
    assert "wait=yes" not in gus.get("/content/check").text


def test_the_check_as_data_is_that_of_the_command(small: Small) -> None:
    gus = small.as_("gus")
    data = gus.get("/content/check.json").json()
    assert [one["level"] for one in data["findings"]] == ["settled", "settled"]
    assert data["proved"][-1] == "all 14 rungs and clauses decide some case by themselves"
    rows = list(csv.DictReader(gus.get("/content/check.csv").text.splitlines()))
    assert rows[0]["message"] == data["findings"][0]["message"]


def test_an_edit_in_the_folder_is_checked_before_it_is_in_use(small: Small) -> None:
    gus = small.as_("gus")
    edition = next(small.folder.glob("20*.md"))
    edition.write_text(edition.read_text("utf-8").replace("clause 1", "clause 17", 1), "utf-8")
    page = gus.get("/content/check?wait=yes").text
    assert "Errors: these have to be put right" in page
    assert page.index("Errors: these") < page.index("Proved, of every possible case")
    broken = gus.get("/content").text
    assert "The folder says something else by now than what is in use here" in broken


def test_worked_cases_by_clause_and_by_words(here: Site) -> None:
    gus = here.as_("gus")
    first = gus.get("/content/cases").text
    assert "Choose a clause" in first
    of_3 = gus.get("/content/cases.json?clause=3").json()
    assert {one["clause"] for one in of_3} == {"3"}
    found = gus.get("/content/cases.json?clause=3&find=C71").json()
    assert 0 < len(found) < len(of_3)
    assert found[0]["title"] in gus.get("/content/cases?clause=3&find=C71").text
    assert "No case is found" in gus.get("/content/cases?find=unicorn").text


def cases(here: Site) -> tuple[Case, Case]:
    office = here.services.office
    return submitted(office), submitted(office, reviewed("T-2"))


def test_a_revision_tells_which_stored_requests_it_would_answer_otherwise(here: Site) -> None:
    decided, open_ = cases(here)
    gus = here.as_("gus")
    data = gus.get(f"/content/touched.json?old={OLD}&new={NEW}").json()
    assert (data["open_requests"], data["decided_requests"], data["more"]) == (1, 1, False)
    assert {(one["before"], one["after"], one["open"], one["decided"]) for one in data["counts"]} == {
        ("clinical review (judgement)", "approved", 0, 1),
        ("clinical review (judgement)", "clinical review (criteria not met)", 1, 0),
    }
    page = gus.get(f"/content/touched?old={OLD}&new={NEW}").text
    assert "2 lines of 2 requests are answered otherwise" in page
    assert decided.tracking in page
    rows = list(csv.DictReader(gus.get(f"/content/touched.csv?old={OLD}&new={NEW}").text.splitlines()))
    assert [(row["tracking"], row["open"]) for row in rows] == [(open_.tracking, "true"), (decided.tracking, "false")]


def test_no_member_is_named_to_an_author(here: Site) -> None:
    cases(here)
    gus = here.as_("gus")
    for form in ("", ".json", ".csv"):
        told = gus.get(f"/content/touched{form}?old={OLD}&new={NEW}").text
        assert "TRACK-" in told
        assert [word for word in ("Alvarez", "1956", "C61", ">M1<", '"M1"', "M1,") if word in told] == []


def test_what_is_over_for_a_year_is_not_looked_at(here: Site) -> None:
    cases(here)
    here.now = here.now.replace(year=2026, month=12)
    data = here.as_("gus").get(f"/content/touched.json?old={OLD}&new={NEW}").json()
    assert (data["open_requests"], data["decided_requests"]) == (1, 0)


def test_two_editions_are_chosen_first(here: Site) -> None:
    gus: Browser = here.as_("gus")
    assert "Choose two editions" in gus.get("/content/touched").text
    assert "That is the same edition twice" in gus.get(f"/content/touched?old={NEW}&new={NEW}").text
    assert "0 lines" not in gus.get(f"/content/touched?old={OLD}&new={NEW}").text
    assert gus.get("/content/touched?old=1999-01-01&new=x").status_code == 404
    assert gus.get("/content/touched.json").status_code == 404
