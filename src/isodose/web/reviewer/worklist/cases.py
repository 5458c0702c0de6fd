"""The cases of a tab: their heads in one query, their histories in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from isodose.desk.case import Case
from isodose.desk.fold import place_of
from isodose.desk.second_look import is_drawn
from isodose.desk.state import DECIDED, State
from isodose.desk.worklists import OPEN_STATES
from isodose.store.find import PAGE, Found, Wanted, by_number, counts, newest, worklist
from isodose.web.due import due
from isodose.web.reviewer.desk.blind import is_to_look
from isodose.web.reviewer.worklist.filters import LONGEST_WAIT, Filter
from isodose.web.reviewer.worklist.tabs import TABS, Tab
from isodose.web.visit import Visit

LOOKED_AT = 500
"""Of the last decisions that nobody has looked at again, how many are looked through for those that were drawn; of those owed, as many."""

DECIDED_STATES = tuple(state.value for state in DECIDED)


@dataclass(frozen=True, slots=True)
class Page:
    """Cases in order, and after which one the next page begins; empty if this is the last."""

    cases: tuple[Case, ...]
    after: str = ""


def cases_named(visit: Visit, requests: Iterable[str]) -> tuple[Case, ...]:
    """The cases of some requests, in their order, read in one go."""
    wanted = list(dict.fromkeys(requests))
    found = visit.services.office.record.histories(wanted)
    return tuple(Case.of(found[request]) for request in wanted if request in found)


def cases_of(visit: Visit, chosen: Filter, after: str = "") -> Page:
    """The cases of a filter's tab that a page shows."""
    before = by_number(visit.services.database, after) if after else None
    match chosen.tab:
        case Tab.DECIDED:
            wanted = replace(chosen.wanted(visit, DECIDED_STATES), due_before=None)
            return _page(visit, newest(visit.services.database, wanted, before))
        case Tab.SECOND_LOOK:
            return Page(_to_look(visit))
        case Tab.LATE:
            return Page(_late(visit, chosen))
        case _:
            return _whose_turn(visit, chosen, before)


def _whose_turn(visit: Visit, chosen: Filter, before: Found | None) -> Page:
    """Those whose turn it is by the tab. Heads call an overdue one overdue, wherever it lies: its case tells."""
    places = TABS[chosen.tab].places
    states = (*(state.value for state in places), State.OVERDUE.value)
    page = _page(visit, worklist(visit.services.database, chosen.wanted(visit, states), before))
    return replace(page, cases=tuple(case for case in page.cases if case.request.standing.place in places))


def _late(visit: Visit, chosen: Filter) -> tuple[Case, ...]:
    wanted = chosen.wanted(visit, (State.OVERDUE.value, *DECIDED_STATES))
    heads = worklist(visit.services.database, wanted, most=LOOKED_AT)
    found = cases_named(visit, (one.request for one in heads))
    return tuple(case for case in found if due(case.request, visit.now, visit.services.policy) is not None)


def _to_look(visit: Visit) -> tuple[Case, ...]:
    wanted, policy = Wanted(DECIDED_STATES, decided_by_others=visit.by.account), visit.services.policy
    heads = newest(visit.services.database, wanted, most=LOOKED_AT)
    drawn = (one.request for one in heads if is_drawn(one.request, one.head.decided_by or "", policy))
    found = cases_named(visit, drawn)
    return tuple(case for case in found if is_to_look(case, visit.by, policy))


def _page(visit: Visit, heads: Sequence[Found]) -> Page:
    return Page(cases_named(visit, (one.request for one in heads)), heads[-1].request if len(heads) == PAGE else "")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many requests are open, in all and by tab, and how many are overdue."""

    open: int
    overdue: int
    by_tab: dict[Tab, int]


def numbers(visit: Visit) -> Numbers:
    """Counts for the page's head. An overdue request counts where it lies."""
    database = visit.services.database
    found = counts(database, Wanted(OPEN_STATES, due_before=visit.now + LONGEST_WAIT))
    late = worklist(database, Wanted((State.OVERDUE.value,), due_before=visit.now + LONGEST_WAIT), most=LOOKED_AT)
    kinds = visit.services.office.record.kinds([one.request for one in late])
    places = [place_of(of_it) for of_it in kinds.values()]
    by_tab = {
        tab: sum(found.get(place.value, 0) + places.count(place) for place in TABS[tab].places)
        for tab in (Tab.REVIEW, Tab.PRACTICE, Tab.PHYSICIAN)
    }
    return Numbers(sum(found.values()), found.get(State.OVERDUE.value, 0), by_tab)
