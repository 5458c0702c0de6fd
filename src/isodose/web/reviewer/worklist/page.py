"""The worklist's page, the same as data, and what is done on it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.responses import Response

from isodose.desk.act import Refusal
from isodose.desk.acts import Take
from isodose.desk.around import arrival_day, delegate_of
from isodose.desk.case import Case
from isodose.desk.transitions import Do, step
from isodose.store.accounts import all_accounts
from isodose.store.errors import StaleError
from isodose.store.event import is_name
from isodose.store.practices import all_practices
from isodose.store.preferences import prefer, prefer_no_more, preferences_of
from isodose.web.reviewer.desk.blind import is_to_look
from isodose.web.reviewer.worklist.cases import Page, cases_of, numbers
from isodose.web.reviewer.worklist.filters import LONGEST_NAME, SAVED, WHOSE, Filter, filter_from, saved_filters
from isodose.web.reviewer.worklist.find import found
from isodose.web.reviewer.worklist.keys import KEYS
from isodose.web.reviewer.worklist.tabs import TABS, Tab
from isodose.web.summary import Reason, Summary, summaries
from isodose.web.visit import Visit

Problems = list[tuple[str, str]]

_TO_LOOK = Reason("review", "Second look")


def show(visit: Visit) -> Response:
    chosen = filter_from(visit.query)
    return _page(visit, chosen, cases_of(visit, chosen, visit.query.get("after", "")))


def find(visit: Visit) -> Response:
    """The cases that what was typed can mean. It is posted: it may name a patient."""
    typed, chosen = visit.form.text("find"), filter_from(visit.query)
    if not typed:
        problem = ("find", "Type a member's id or name, a number, or a code")
        return _page(visit, chosen, cases_of(visit, chosen), [problem])
    return _page(visit, chosen, Page(found(visit, typed)), typed=typed)


def take_next(visit: Visit) -> Response:
    """The next case that nobody else has is taken, and shown."""
    form = visit.form
    chosen = filter_from({name: form.text(name) for name in ("tab", "whose", "practice", "within")})
    page = cases_of(visit, chosen)
    for case in page.cases:
        if case.tracking != form.text("not") and _take(visit, case):
            return visit.go(f"/case/{case.tracking}")
    return _page(visit, chosen, page, [("", "There is no next case here that nobody else has. Try another tab.")])


def _take(visit: Visit, case: Case) -> bool:
    """Whether the case is the visitor's: it was already, or it is now."""
    request, account = case.request, visit.by.account
    if request.assigned not in (None, account) or step(request.standing, Do.TAKE, visit.by.role) is None:
        return False
    if request.held_by(visit.now) == account:
        return True
    until = visit.now + visit.services.policy.longest_hold
    try:
        return not isinstance(visit.services.office.act(case, Take(until), visit.by, visit.now), Refusal)
    except StaleError:  # somebody was faster
        return False


def save_filter(visit: Visit) -> Response:
    form = visit.form
    name = form.text("name")
    told = {part: form.text(part) for part in ("tab", "whose", "practice", "within")}
    chosen = filter_from(told)
    if not name or len(name) > LONGEST_NAME or not is_name(f"{SAVED}{name}"):
        problem = ("name", f"Give the filter a name of at most {LONGEST_NAME} letters")
        return _page(visit, chosen, cases_of(visit, chosen), [problem])
    prefer(visit.services.database, visit.by.account, f"{SAVED}{name}", told)
    return visit.go(f"/worklist?{chosen.query()}")


def remove_filter(visit: Visit) -> Response:
    prefer_no_more(visit.services.database, visit.by.account, f"{SAVED}{visit.form.text('name')}")
    return visit.go("/worklist")


def turn_keys(visit: Visit) -> Response:
    """Single keys on or off."""
    prefer(visit.services.database, visit.by.account, KEYS, visit.form.text("keys") != "off")
    return visit.go("/worklist")


def show_json(visit: Visit) -> Response:
    return visit.json([_data(one) for one in _summaries(visit, _listed(visit))])


def show_csv(visit: Visit) -> Response:
    rows = [_data(one) for one in _summaries(visit, _listed(visit))]
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return visit.csv("worklist", text.getvalue())


def _listed(visit: Visit) -> Sequence[Case]:
    return cases_of(visit, filter_from(visit.query), visit.query.get("after", "")).cases


_COLUMNS = ("tracking", "due", "state", "member", "born", "site", "diagnoses", "codes", "units", "start", "why", "with")


def _data(one: Summary) -> dict[str, Any]:
    """A line as data."""
    values = (
        one.tracking,
        one.due.at.isoformat() if one.due else None,
        one.state,
        one.member,
        one.born and str(one.born),
        one.site,
        list(one.diagnoses),
        list(one.codes),
        one.units,
        one.start and str(one.start),
        one.reason.words,
        one.with_,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    text = ";".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(("=", "+", "-", "@", "\t")) else text


def _summaries(visit: Visit, cases: Sequence[Case]) -> list[Summary]:
    """The lines of cases; of one that is to be looked at blind, without what was decided."""
    lines = summaries(cases, visit.services, visit.now)
    return [_blind(visit, case, _to_pass_on(visit, case, line)) for case, line in zip(cases, lines, strict=True)]


def _to_pass_on(visit: Visit, case: Case, line: Summary) -> Summary:
    """The line of a delegate's case that still lies with the plan: what is to be done is to pass it on, the day it came."""
    services, request = visit.services, case.request
    if step(request.standing, Do.FORWARD, visit.by.role) is None:
        return line
    delegate = delegate_of(line.group, arrival_day(request, services.policy.zone), services.guideline.around)
    return replace(line, reason=Reason("review", f"Pass on to {delegate.name}")) if delegate else line


def _blind(visit: Visit, case: Case, line: Summary) -> Summary:
    to_look = is_to_look(case, visit.by, visit.services.policy)
    return replace(line, state="decided", reason=_TO_LOOK) if to_look else line


def _page(visit: Visit, chosen: Filter, page: Page, problems: Problems | None = None, *, typed: str = "") -> Response:
    counted = numbers(visit)
    lines = list(zip(page.cases, _summaries(visit, page.cases), strict=True))
    return visit.page(
        "reviewer_worklist.html",
        422 if problems else 200,
        chosen=chosen,
        tabs=[(tab, told, counted.by_tab.get(tab)) for tab, told in TABS.items()],
        told=TABS[chosen.tab],
        lines=lines,
        after=page.after,
        numbers=counted,
        next_due=_next_due([line for _, line in lines], visit.now),
        names={one.name: one.display_name for one in all_accounts(visit.services.database)},
        practices=[(one.practice_id, one.name) for one in all_practices(visit.services.database)],
        whose=WHOSE,
        saved=saved_filters(visit),
        keys=preferences_of(visit.services.database, visit.by.account).get(KEYS, True),
        typed=typed,
        problems=problems or [],
        Tab=Tab,
    )


def _next_due(lines: Sequence[Summary], now: datetime) -> str:
    """How long until the first deadline of the page that is still to come."""
    coming = [one.due for one in lines if one.due and one.due.at > now]
    return min(coming, key=lambda one: one.at).figure if coming else ""
