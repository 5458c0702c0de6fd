"""The check of the content: what is wrong, what a reading settles, and what is proved of every possible case."""

from __future__ import annotations

from itertools import groupby

from starlette.responses import Response

from isodose.guideline.problem import Level
from isodose.web.author.checked import Checked, at_hand, checked, report_at_hand, report_of
from isodose.web.spreadsheet import csv_text
from isodose.web.visit import Visit

COLUMNS = ("level", "file", "line", "column", "clause", "message")

WAIT, CHECK, PROOFS = "wait", "check", "yes"
"""What an address may wait for: the check takes seconds, the proofs half a minute."""

TITLES = {
    Level.ERROR: "Errors: these have to be put right",
    Level.WARNING: "Warnings: look at these",
    Level.SETTLED: "Settled: found, and answered by a reading that the edition cites",
}


def show(visit: Visit) -> Response:
    """What is made already, all of it in the end; and a way to wait for the check, and then for the proofs."""
    folder, wait = visit.services.guideline.folder, visit.query.get(WAIT)
    whole = checked(folder) if wait == PROOFS else at_hand(folder)
    report = whole.report if whole else report_of(folder) if wait == CHECK else report_at_hand(folder)
    if report is None:
        return visit.page("author_check_waits.html", waits_for=f"{visit.route}?{WAIT}={CHECK}")
    found = whole or Checked(report, None)
    proof = found.proof
    return visit.page(
        "author_check.html",
        report=found.report,
        levels=[(level.value, TITLES[level], found.of(level)) for level in Level],
        proved=proof.statements if proof else (),
        not_settled=proof.not_settled if proof else (),
        decides=_by_edition(found),
        waits_for="" if whole else f"{visit.route}?{WAIT}={PROOFS}",
    )


def show_json(visit: Visit) -> Response:
    found = _checked(visit)
    proof = found.proof
    return visit.json(
        {
            "summary": found.report.summary,
            "findings": [one.record for one in found.problems],
            "proved": list(proof.statements) if proof else [],
            "not_settled": list(proof.not_settled) if proof else [],
        }
    )


def show_csv(visit: Visit) -> Response:
    return visit.csv("check", csv_text(COLUMNS, [one.record for one in _checked(visit).problems]))


def _checked(visit: Visit) -> Checked:
    return checked(visit.services.guideline.folder)


def _by_edition(found: Checked) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each edition its rungs and clauses, each with the smallest case that it alone decides."""
    decides = found.proof.decides if found.proof else ()
    parts = groupby(decides, key=lambda one: one.edition)
    return [(edition, [(one.alive.name, one.alive.message) for one in group]) for edition, group in parts]
