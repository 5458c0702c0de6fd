"""Questionnaires in LHC-Forms, in a real browser: the form is filled in, and its own conditions and answers are looked at."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.browser import browser_page, without

from isodose.compile.questionnaire.fhirpath_answers import ABSENT_ITEM
from isodose.guideline.facts import Fact, FactType
from isodose.guideline.guideline import Guideline

Json = dict[str, Any]
Row = Mapping[str, Any]

PROJECT = Path(__file__).parents[1] / "lforms"


@contextmanager
def page_of_forms() -> Iterator[Page]:
    """A page with LHC-Forms; nothing on it may ask for anything but its own files."""
    if not (PROJECT / "node_modules" / "lforms").is_dir():
        without("LHC-Forms in tests/lforms, which ./test installs")
    with browser_page((1000, 900)) as page:
        open_forms(page)
        yield page


def open_forms(page: Page) -> None:
    """An empty page with LHC-Forms."""
    page.goto((PROJECT / "page.html").as_uri())
    page.wait_for_function("window.LForms?.FHIR?.R4")


def answered(page: Page, questionnaire: Json, rows: Iterable[Row], guideline: Guideline) -> list[Json]:
    """For each row what the form hides of it, and the response that it gives back."""
    responses = [response_of(row, questionnaire, guideline) for row in rows]
    found: list[Json] = page.evaluate("([form, responses]) => answered(form, responses)", [questionnaire, responses])
    return found


def draw(page: Page, questionnaire: Json, response: Json) -> None:
    """Draw the form on the page."""
    page.evaluate("([form, response]) => draw(form, response)", [questionnaire, response])


def drawn(page: Page, questionnaire: Json) -> Json:
    """What stands on the page, and the response that it gives back."""
    found: Json = page.evaluate("form => drawn(form)", questionnaire)
    return found


def response_of(row: Row, questionnaire: Json, guideline: Guideline) -> Json:
    """The response of somebody who answers all questions, as far as the row has answers to them."""
    items = {item["linkId"]: item for item in questionnaire["item"]}
    given = [
        answer
        for column, fact in guideline.columns.items()
        if column in items and row.get(column) is not None
        for answer in [_answer(items, fact, row[column])]
    ]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": given}


def _answer(items: Mapping[str, Json], fact: Fact, value: Any) -> Json:
    box = fact.column + ABSENT_ITEM
    if value == "absent" and box in items:
        return {"linkId": box, "answer": [{"valueBoolean": True}]}
    values = value if isinstance(value, (list, tuple)) else [value]
    return {"linkId": fact.column, "answer": [_value(items[fact.column], fact, one) for one in values]}


def _value(item: Json, fact: Fact, value: Any) -> Json:
    if "answerOption" in item:
        word = {True: "yes", False: "no"}.get(value, value)
        options = [option for option in item["answerOption"] if option["valueCoding"]["code"] == word]
        return dict(options[0]) if options else {"valueString": value}
    if fact.type is FactType.NUMBER:
        return {"valueDecimal": float(value)}
    name = {FactType.YES_NO: "valueBoolean", FactType.DATE: "valueDate"}.get(fact.type, "valueString")
    return {name: str(value) if isinstance(value, date) else value}
