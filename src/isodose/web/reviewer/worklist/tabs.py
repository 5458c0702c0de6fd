"""The tabs of the worklist: whose turn it is, what is late, what is to be looked at again, what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from isodose.desk.state import DECIDED, State


class Tab(StrEnum):
    """A tab by its name in the address."""

    REVIEW = "review"
    PRACTICE = "practice"
    PHYSICIAN = "physician"
    DELEGATE = "delegate"
    LATE = "late"
    SECOND_LOOK = "second-look"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Told:
    """A tab's title, the places of the requests in it, and what an empty one says."""

    title: str
    places: tuple[State, ...]
    empty: str
    would_fill: str


TABS: Mapping[Tab, Told] = {
    Tab.REVIEW: Told(
        "For review",
        (State.SUBMITTED, State.IN_REVIEW),
        "Nothing waits for a review.",
        "Requests that the guideline does not settle by itself come here, and those that a practice has answered.",
    ),
    Tab.PRACTICE: Told(
        "Waiting for the practice",
        (State.ASKED, State.RETURNED),
        "No practice owes an answer.",
        "Requests for which more was asked, or that were returned for correction. Their clocks run on.",
    ),
    Tab.PHYSICIAN: Told(
        "For a physician",
        (State.WITH_PHYSICIAN,),
        "Nothing lies before a physician.",
        "Requests that a nurse sends on, because only a physician may decide against the member.",
    ),
    Tab.DELEGATE: Told(
        "With a delegate",
        (State.WITH_DELEGATE,),
        "Nothing lies with a delegate.",
        "Requests that were passed on to who decides for their members. Their clocks run on, and stay the plan's.",
    ),
    Tab.LATE: Told(
        "Overdue or notice owed",
        DECIDED,
        "Nothing is late, and every member has notice.",
        "Requests whose time has run out, and decisions of which the member was not told yet.",
    ),
    Tab.SECOND_LOOK: Told(
        "Second look",
        DECIDED,
        "No decision waits for your second look.",
        "A sample of decisions is drawn; whoever did not decide looks at each, without knowing the answer.",
    ),
    Tab.DECIDED: Told(
        "Decided", DECIDED, "Nothing was decided yet.", "Every decision stands here, the last one first."
    ),
}


def tab_named(name: str) -> Tab:
    """The tab of an address; the first if it names none."""
    return Tab(name) if name in list(Tab) else Tab.REVIEW
