"""Was there an authorization for this claim line? One line in; the answer, what would help, and what is on record beside it."""

from __future__ import annotations

import json
from dataclasses import asdict

from starlette.responses import Response

from isodose.batch.job import JobError
from isodose.claims.authorizations import ClaimAuthorization
from isodose.claims.from_record import authorizations_of, left
from isodose.desk.case import Case
from isodose.store.drawn import units_drawn
from isodose.store.find import Wanted, newest
from isodose.store.seen import Look, add_look
from isodose.web.claims.answer import Answer, answer
from isodose.web.claims.typed import FIELDS, OnRoster, Typed, on_roster, problems, typed_in
from isodose.web.visit import Visit

MOST = 200
"""Requests of one member that are looked at, the newest."""

Problems = list[tuple[str, str]]


def show(visit: Visit) -> Response:
    """The form, empty."""
    return _page(visit, dict.fromkeys(FIELDS, "") | {"units": "1"})


def check(visit: Visit) -> Response:
    """The form with the answer. It is posted, as it names a member."""
    typed = typed_in(visit.form)
    if wrong := problems(typed):
        return _page(visit, typed, wrong)
    roster, known = on_roster(typed, visit.services), _known(visit, typed)
    try:
        found = answer(visit.services.guideline, typed, roster, known)
    except JobError as error:
        return _page(visit, typed, [("", message) for message in error.messages])
    if visit.form.text("form") == "json":
        rows = json.dumps([asdict(one) for one in known], default=str)
        return visit.json({**asdict(found), "authorizations": json.loads(rows)})
    return _page(visit, typed, found=found, roster=roster, known=known)


def _known(visit: Visit, typed: Typed) -> list[ClaimAuthorization]:
    """What was asked for the member and what came of it, with the units that are left; each request is noted as seen."""
    services = visit.services
    found = newest(services.database, Wanted(member=typed["member_id"]), most=MOST)
    histories = services.office.record.histories([one.request for one in found])
    known: list[ClaimAuthorization] = []
    for one in found:
        of_request = list(authorizations_of(Case.of(histories[one.request]), services.policy.zone))
        if of_request:
            add_look(services.database, Look(visit.now, visit.by.account, one.request, "claim"))
        known += of_request
    drawn = units_drawn(services.database, {one.authorization_number for one in known})
    return [left(one, drawn) for one in known]


def _page(  # noqa: PLR0913 (one page, before and after)
    visit: Visit,
    typed: Typed,
    wrong: Problems | None = None,
    *,
    found: Answer | None = None,
    roster: OnRoster | None = None,
    known: list[ClaimAuthorization] | None = None,
) -> Response:
    technique = visit.services.guideline.facts.get("technique")
    return visit.page(
        "claims_line.html",
        422 if wrong else 200,
        typed=typed,
        problems=wrong or [],
        found=found,
        roster=roster,
        known=known or [],
        techniques=technique.values if technique else (),
    )
