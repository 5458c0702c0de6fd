"""The worked cases: the oracle of every engine, as a clinician reads them."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from isodose.guideline.worked_case import WorkedCase
from isodose.web.author.checked import report_of
from isodose.web.spreadsheet import csv_text
from isodose.web.visit import Visit

COLUMNS = (
    "clause",
    "title",
    "why",
    "facts",
    "as_known_on",
    "outcome",
    "review_reason",
    "basis",
    "missing",
    "shows",
    "file",
)


def show(visit: Visit) -> Response:
    """Those of one clause, or of all whose words are sought."""
    every = report_of(visit.services.guideline.folder).cases
    clause, sought = visit.query.get("clause", ""), visit.query.get("find", "")
    found = [one for one in every if _holds(one, clause, sought)]
    return visit.page(
        "author_cases.html",
        clauses=Counter(one.clause for one in every),
        clause=clause,
        sought=sought,
        cases=found if clause or sought else [],
        number=len(every),
    )


def show_json(visit: Visit) -> Response:
    return visit.json([row | {"facts": dict(one.facts)} for one, row in _rows(visit)])


def show_csv(visit: Visit) -> Response:
    return visit.csv("cases", csv_text(COLUMNS, [row for _, row in _rows(visit)]))


def _rows(visit: Visit) -> list[tuple[WorkedCase, dict[str, object]]]:
    clause, sought = visit.query.get("clause", ""), visit.query.get("find", "")
    every = report_of(visit.services.guideline.folder).cases
    return [(one, _row(one)) for one in every if _holds(one, clause, sought)]


def _row(one: WorkedCase) -> dict[str, object]:
    expected = one.expected
    return {
        "clause": one.clause,
        "title": one.title,
        "why": one.why,
        "facts": "; ".join(f"{name} = {value}" for name, value in one.facts.items()),
        "as_known_on": str(one.as_known_on) if one.as_known_on else None,
        "outcome": expected.outcome.value,
        "review_reason": expected.review_reason.value if expected.review_reason else None,
        "basis": list(expected.basis),
        "missing": list(expected.missing),
        "shows": list(one.shows),
        "file": one.place.file,
    }


def _holds(one: WorkedCase, clause: str, sought: str) -> bool:
    text = " ".join((one.title, one.why, *one.facts.values(), one.expected.outcome, *one.shows)).casefold()
    return clause in ("", one.clause) and all(word in text for word in sought.casefold().split())
