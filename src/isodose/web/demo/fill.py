"""Fills a new record for the demonstration: people, practices, members, and 60 days of requests in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, cycle

from isodose.store.accounts import all_accounts
from isodose.store.members import load_members
from isodose.store.practices import load_practices
from isodose.store.roster_file import RosterFile
from isodose.web.demo import courses, stories
from isodose.web.demo.members import MEMBERS
from isodose.web.demo.people import PRACTICES, add_people, people
from isodose.web.demo.stories import Story, Telling
from isodose.web.services import Services

DAYS = 60

_MINORS = (12, 13)
"""Places in the list of members of those under 21; all others are older."""

_DELEGATED = (16, 17)
"""Places of those for whom a delegate decides."""

# fmt: off
TOLD: tuple[tuple[float, Story, courses.Course], ...] = (
    # days ago, what happened, what the request was about
    (59, stories.approved_at_once,       courses.PROSTATE),
    (58, stories.judged_and_approved,    courses.EAR),
    (57, stories.denied,                 courses.PALLIATIVE),
    (55, stories.approved_at_once,       courses.TONGUE),
    (54, stories.moved,                  courses.LUNG),
    (52, stories.asked_and_approved,     courses.BRAIN),
    (50, stories.approved_at_once,       courses.AGAIN),
    (49, stories.partly_approved,        courses.PROTON),
    (47, stories.withdrawn,              courses.EAR),
    (45, stories.approved_at_once,       courses.PROSTATE),
    (43, stories.cancelled,              courses.BRAIN),
    (41, stories.returned_and_corrected, courses.PROSTATE),
    (40, stories.approved_at_once,       courses.LUNG),
    (38, stories.judged_and_approved,    courses.METASTASIS),
    (36, stories.dismissed,              courses.EAR),
    (34, stories.approved_at_once,       courses.YOUNG),
    (33, stories.denied,                 courses.PALLIATIVE),
    (31, stories.approved_at_once,       courses.TONGUE),
    (29, stories.asked_and_approved,     courses.PROSTATE),
    (27, stories.more_sessions,          courses.LUNG),
    (25, stories.approved_at_once,       courses.BRAIN),
    (23, stories.judged_and_approved,    courses.EAR),
    (21, stories.approved_at_once,       courses.PROSTATE),
    (19, stories.partly_approved,        courses.PROTON),
    (17, stories.approved_at_once,       courses.TONGUE),
    (15, stories.asked_and_approved,     courses.LUNG),
    (13, stories.approved_at_once,       courses.AGAIN),
    (11, stories.denied,                 courses.PALLIATIVE),
    (10, stories.approved_at_once,       courses.YOUNG),
    (8,  stories.for_review,             courses.PALLIATIVE),
    (6,  stories.with_physician,         courses.PALLIATIVE),
    (6,  stories.without_papers,         courses.PROSTATE),
    (5,  stories.for_review,             courses.EAR),
    (4,  stories.approved_at_once,       courses.BRAIN),
    (4,  stories.asked,                  courses.UNSAID),
    (3,  stories.taken,                  courses.METASTASIS),
    (3,  stories.for_review,             courses.PROTON),
    (2.6, stories.expedited,             courses.EAR),
    (2,  stories.returned,               courses.TONGUE),
    (2,  stories.for_review,             courses.PALLIATIVE),
    (1.5, stories.more_sessions,         courses.PROSTATE),
    (1,  stories.asked,                  courses.UNSAID),
    (1,  stories.approved_at_once,       courses.LUNG),
    (.5, stories.for_review,             courses.EAR),
    (.3, stories.without_papers,         courses.BRAIN),
    (.1, stories.approved_at_once,       courses.TONGUE),
    (.9, stories.passed_on,              courses.METASTASIS),
    (.05, stories.to_pass_on,            courses.EAR),
)
# fmt: on


def fill(services: Services) -> None:
    """Everything that the demonstration shows, unless somebody is there already."""
    database, now = services.database, services.clock()
    if all_accounts(database):
        return
    add_people(database, services.sign_in, now)
    began = now - timedelta(days=DAYS + 1)
    source = RosterFile("made up for the demonstration", "0" * 64, ())
    load_practices(database, source, PRACTICES, "rosa", began)
    load_members(database, source, MEMBERS, "rosa", began)
    _tell(services, now)


def _tell(services: Services, now: datetime) -> None:
    """Each story from its day on; the numbers of requests are small and easy to read out."""
    serials = count(4171)
    office = replace(services.office, serial=lambda: next(serials))
    who = {account.name: account for account in people(now)}
    adults = cycle(member for place, member in enumerate(MEMBERS) if place not in (*_MINORS, *_DELEGATED))
    minors, delegated = (cycle(MEMBERS[place] for place in places) for places in (_MINORS, _DELEGATED))
    for days, story, course in TOLD:
        of = delegated if story in (stories.passed_on, stories.to_pass_on) else adults
        member = next(minors if course is courses.YOUNG else of)
        story(Telling(office, who, course, member, now - timedelta(days=days), now))
