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

AT_ONCE = 500
"""Heads that are read at once where most of them may not belong to the tab."""

MOST = 5000
"""Decisions that are looked through for one page where none of them was drawn; the next page goes on after them."""

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
            return _to_look(visit, before)
        case Tab.LATE:
            return _late(visit, chosen, before)
        case _:
            return _whose_turn(visit, chosen, before)


def _whose_turn(visit: Visit, chosen: Filter, before: Found | None) -> Page:
    """Those whose turn it is by the tab. Heads call an overdue one overdue, wherever it lies: its case tells."""
    places = TABS[chosen.tab].places
    states = (*(state.value for state in places), State.OVERDUE.value)
    page = _page(visit, worklist(visit.services.database, chosen.wanted(visit, states), before))
    return replace(page, cases=tuple(case for case in page.cases if case.request.standing.place in places))


def _late(visit: Visit, chosen: Filter, before: Found | None) -> Page:
    wanted = chosen.wanted(visit, (State.OVERDUE.value, *DECIDED_STATES))
    heads = worklist(visit.services.database, wanted, before, AT_ONCE)
    found = cases_named(visit, (one.request for one in heads))
    owed = (case for case in found if due(case.request, visit.now, visit.services.policy) is not None)
    return Page(tuple(owed), _after(heads, AT_ONCE))


def _to_look(visit: Visit, before: Found | None) -> Page:
    """Few are drawn: decisions are looked through until some are found, and the next page goes on from there."""
    wanted = Wanted(DECIDED_STATES, decided_by_others=visit.by.account)
    found: tuple[Case, ...] = ()
    heads: list[Found] = []
    for _ in range(0, MOST, AT_ONCE):
        heads = newest(visit.services.database, wanted, before, AT_ONCE)
        found = _drawn(visit, heads)
        if found or len(heads) < AT_ONCE:
            break
        before = heads[-1]
    return Page(found, _after(heads, AT_ONCE))


def _drawn(visit: Visit, heads: Sequence[Found]) -> tuple[Case, ...]:
    """Those of some decisions that were drawn, and that the visitor may look at."""
    policy = visit.services.policy
    drawn = (one.request for one in heads if is_drawn(one.request, one.head.decided_by or "", policy))
    return tuple(case for case in cases_named(visit, drawn) if is_to_look(case, visit.by, policy))


def _page(visit: Visit, heads: Sequence[Found]) -> Page:
    return Page(cases_named(visit, (one.request for one in heads)), _after(heads, PAGE))


def _after(heads: Sequence[Found], most: int) -> str:
    """After which request the next page begins; empty if no more were read than there are."""
    return heads[-1].request if len(heads) == most else ""


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
    overdue = found.get(State.OVERDUE.value, 0)
    late = worklist(database, Wanted((State.OVERDUE.value,), due_before=visit.now + LONGEST_WAIT), most=overdue)
    kinds = visit.services.office.record.kinds([one.request for one in late])
    places = [place_of(of_it) for of_it in kinds.values()]
    by_tab = {
        tab: sum(found.get(place.value, 0) + places.count(place) for place in TABS[tab].places)
        for tab in (Tab.REVIEW, Tab.PRACTICE, Tab.PHYSICIAN, Tab.DELEGATE)
    }
    return Numbers(sum(found.values()), overdue, by_tab)
