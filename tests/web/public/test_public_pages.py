"""What everybody sees without signing in: the guideline, its editions and codes, and whether authorization is needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.site import Browser, site


@pytest.fixture(scope="module")
def anybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with site(tmp_path_factory.mktemp("site")) as here:
        yield here.browser()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/guideline",
        "/guideline/edition/2025-01-01@2025-02-05",
        "/guideline/editions",
        "/guideline/codes",
        "/guideline/compare",
        "/needed",
    ],
)
def test_each_page_is_a_whole_document_with_one_heading(anybody: Browser, path: str) -> None:
    answer = anybody.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert " style=" not in answer.text


def test_the_edition_that_rules_on_the_day_is_shown(anybody: Browser) -> None:
    assert "edition 2025-10-01" in anybody.get("/guideline").text


def test_an_edition_that_is_not_there_names_those_that_are(anybody: Browser) -> None:
    answer = anybody.get("/guideline/edition/1999-01-01")
    assert answer.status_code == 404
    assert "2025-10-01" in answer.text


def test_lists_are_there_as_data(anybody: Browser) -> None:
    assert anybody.get("/guideline/editions.json").json()[0]["edition"] == "2025-10-01"
    assert "77385" in anybody.get("/guideline/codes.csv").text


def test_two_editions_compared_say_whom_the_revision_touches(anybody: Browser) -> None:
    answer = anybody.get("/guideline/compare?old=2025-01-01@2025-02-05&new=2025-10-01")
    assert "Whom it touches" in answer.text


ANSWERS = [
    ("77385", "2025-11-03", "ma-hmo", "1956-02-01", "Yes: authorization is needed"),
    ("77385", "2025-11-03", "ma-hmo", "2015-02-01", "Covered without review"),
    ("77385", "2025-11-03", "", "1956-02-01", "depends on the member&#39;s product"),
    ("99213", "2025-11-03", "ma-hmo", "1956-02-01", "does not speak of it"),
    ("G6017", "2025-11-03", "ma-hmo", "1956-02-01", "No authorization is needed"),
    ("77386", "2026-03-01", "ma-hmo", "1956-02-01", "cannot be answered as it is typed"),
]


@pytest.mark.parametrize(("code", "day", "product", "born", "says"), ANSWERS)
def test_whether_authorization_is_needed(
    anybody: Browser, code: str, day: str, product: str, born: str, says: str
) -> None:
    fields = {"procedure_code": code, "date_of_service": day, "product": product, "member_birth_date": born}
    answer = anybody.post("/needed", fields)
    assert says in answer.text
    assert f'value="{code}"' in answer.text, "what was typed is still there"
