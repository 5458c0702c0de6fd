"""A practice's requests: what waits for the practice, what waits for the plan, what was decided, what ends soon; and its drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response

from isodose.desk.case import Case
from isodose.desk.number import Kind, number_problem, request_number, serial_of
from isodose.desk.role import Role
from isodose.desk.state import DECIDED, GONE, OPEN, State
from isodose.store.event import is_name
from isodose.store.find import Found, Wanted, by_number, newest, worklist
from isodose.web.errors import NotFoundError
from isodose.web.practice.drafts import own_drafts
from isodose.web.practice.listing import as_csv, as_data
from isodose.web.practice.summary import draft_lines
from isodose.web.summary import summaries
from isodose.web.visit import Visit

MOST = 50
"""Requests on one page."""

MOST_OPEN = 300
"""Open requests that are looked through for those that wait for the practice."""

SOON = timedelta(days=14)
"""An authorization that ends within this is told of."""

_OPEN = (*(state.value for state in OPEN), State.OVERDUE.value)
_FOR_US = frozenset({State.ASKED, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Tab:
    """A list of requests: its name in the address, its title, and what would fill it."""

    name: str
    title: str
    empty: str


TABS = (
    Tab(
        "waiting",
        "Waits for you",
        "When the plan asks for something, or returns a request for correction, it stands here.",
    ),
    Tab(
        "plan",
        "With the plan",
        "What you have sent and the plan has not answered yet stands here, with the time that is left.",
    ),
    Tab("decided", "Decided", "Approved, denied and withdrawn requests stand here, the newest first."),
    Tab(
        "ending",
        "Ending soon",
        f"Authorizations that end within {SOON.days} days stand here, so that a change can be asked for in time.",
    ),
    Tab("drafts", "Drafts", "A new request is a draft until you send it. Begin one, and it is kept here as you type."),
)


def dashboard(visit: Visit) -> Response:
    """One of the lists; the first that has something, if none is named."""
    tab, cases = _chosen(visit)
    return _page(visit, tab, cases, None)


def find(visit: Visit) -> Response:
    """By tracking or authorization number, or by member id. What is sought is posted, and stands in no address."""
    sought = visit.form.text("sought")
    return _page(visit, None, _sought(visit, sought), sought)


def requests_json(visit: Visit) -> Response:
    _, cases = _chosen(visit)
    return visit.json({"requests": as_data(summaries(cases[:MOST], visit.services, visit.now))})


def requests_csv(visit: Visit) -> Response:
    tab, cases = _chosen(visit)
    return visit.csv(f"requests-{tab.name}", as_csv(summaries(cases[:MOST], visit.services, visit.now)))


def _page(visit: Visit, tab: Tab | None, cases: list[Case], sought: str | None) -> Response:
    """A list, or what was found; both beside the same tabs."""
    shown = cases[:MOST]
    return visit.page(
        "practice_requests.html",
        tabs=TABS,
        tab=tab,
        rows=summaries(shown, visit.services, visit.now),
        numbers={case.tracking: _numbers(case) for case in shown},
        open={case.tracking for case in shown if case.request.standing.place in OPEN},
        ends={case.tracking: _end(case) for case in shown} if tab and tab.name == "ending" else {},
        more=shown[-1].tracking if tab and tab.name == "decided" and len(cases) > MOST else "",
        drafts=draft_lines(own_drafts(visit), visit.services),
        waiting=len(_waiting(visit)),
        sought=sought,
    )


def _chosen(visit: Visit) -> tuple[Tab, list[Case]]:
    """The list that the address names, with one more case than a page shows if there are more."""
    name = visit.query.get("show", "")
    if name and name not in {tab.name for tab in TABS}:
        raise NotFoundError("There is no such list.")
    if name:
        return next(tab for tab in TABS if tab.name == name), _LISTS[name](visit)
    waiting = _waiting(visit)
    return (TABS[0], waiting) if waiting else (TABS[1], _with_the_plan(visit))


def _wanted(visit: Visit, states: Sequence[str]) -> Wanted:
    """A practice's own requests; the plan's intake sees all."""
    return Wanted(states=states, practice=visit.by.practice if visit.by.role is Role.REQUESTER else None)


def _waiting(visit: Visit) -> list[Case]:
    return [case for case in _open(visit) if case.request.standing.place in _FOR_US]


def _with_the_plan(visit: Visit) -> list[Case]:
    return [case for case in _open(visit) if case.request.standing.place not in _FOR_US]


def _open(visit: Visit) -> list[Case]:
    """The next deadline first."""
    return _cases(visit, worklist(visit.services.database, _wanted(visit, _OPEN), most=MOST_OPEN))


def _decided(visit: Visit) -> list[Case]:
    states = [state.value for state in (*DECIDED, *GONE)]
    after = by_number(visit.services.database, visit.query.get("after", "")) if "after" in visit.query else None
    return _cases(visit, newest(visit.services.database, _wanted(visit, states), after, MOST + 1))


def _ending(visit: Visit) -> list[Case]:
    """The authorization that ends next first."""
    states = [State.APPROVED.value, State.PARTLY_APPROVED.value]
    today = visit.services.today()
    found = _cases(visit, worklist(visit.services.database, _wanted(visit, states), most=MOST_OPEN))
    ends = {case.tracking: _end(case) for case in found}
    soon = [case for case in found if (end := ends[case.tracking]) and today <= end <= today + SOON]
    return sorted(soon, key=lambda case: (str(ends[case.tracking]), case.tracking))


def _end(case: Case) -> date | None:
    """The next day that is an authorization's last one; None if none that stands has a last day."""
    return min((one.line.end for one in case.request.authorizations if one.line.end and not one.ended), default=None)


def _numbers(case: Case) -> list[str]:
    """The authorizations that were given."""
    found = (case.authorization(one.line.number) for one in case.request.authorizations)
    return [number for number in found if number]


def _none(_: Visit) -> list[Case]:
    return []


_LISTS: Mapping[str, Callable[[Visit], list[Case]]] = {
    "waiting": _waiting,
    "plan": _with_the_plan,
    "decided": _decided,
    "ending": _ending,
    "drafts": _none,
}


def _sought(visit: Visit, sought: str) -> list[Case]:
    number = _tracking(sought)
    if number:
        found = by_number(visit.services.database, number)
        practice = _wanted(visit, ()).practice
        return _cases(visit, [found] if found and practice in (None, found.head.practice) else [])
    wanted = _wanted(visit, ())
    if not is_name(sought):
        return []
    return _cases(visit, newest(visit.services.database, Wanted(member=sought, practice=wanted.practice)))


def _tracking(sought: str) -> str:
    """The tracking number of the request that a number belongs to, however it was typed; empty for no number."""
    is_one = not (number_problem(sought, Kind.TRACKING) and number_problem(sought, Kind.AUTHORIZATION))
    return request_number(Kind.TRACKING, serial_of(sought)) if is_one else ""


def _cases(visit: Visit, found: Sequence[Found]) -> list[Case]:
    histories = visit.services.office.record.histories([one.request for one in found])
    return [Case.of(histories[one.request]) for one in found]
