"""Beginning a request: whose it is; everything else is asked in its draft."""

from __future__ import annotations

from starlette.responses import Response

from isodose.desk.role import Role
from isodose.store.event import Json
from isodose.store.practices import find_practice
from isodose.web.practice.draft.member import BORN, ID
from isodose.web.practice.draft.typed import saved_body
from isodose.web.practice.drafts import begin_draft, own_drafts
from isodose.web.practice.summary import draft_lines
from isodose.web.visit import Visit


def new(visit: Visit) -> Response:
    """The first step, and the drafts that are under way."""
    drafts = draft_lines(own_drafts(visit), visit.services)
    return visit.page("practice_new.html", drafts=drafts, is_intake=visit.by.role is Role.INTAKE)


def begin(visit: Visit) -> Response:
    """A draft with what was typed, right or wrong, and with what is known of the practice."""
    typed = saved_body({ID: visit.form.text(ID), BORN: visit.form.text(BORN)}, {})
    draft = begin_draft(visit, {**_of_practice(visit), **typed})
    return visit.go(f"/draft/{draft.id}")


def _of_practice(visit: Visit) -> dict[str, Json]:
    """Who bills and whom to call, as the plan's list has it: a start, to be changed."""
    practice = find_practice(visit.services.database, visit.by.practice) if visit.by.practice else None
    if practice is None:
        return {}
    assert visit.account is not None, "the route's right takes an account"
    return {
        "billing_name": practice.name,
        "billing_npi": practice.npi,
        "facility": practice.name,
        "contact_name": visit.account.display_name,
        "contact_phone": practice.phone or "",
    }
