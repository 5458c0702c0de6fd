"""What happened to the requests of the demonstration: each story is what people did, one after the other, in days since it began."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from isodose.desk.act import AnyAct, Refusal
from isodose.desk.acts import (
    Decide,
    Dismiss,
    DismissalGround,
    Expedite,
    Forward,
    Judge,
    Notify,
    OfferCall,
    Plainly,
    Send,
    Submit,
    Take,
)
from isodose.desk.authorization_acts import AskChange, Cancel
from isodose.desk.case import Case
from isodose.desk.days import day_of
from isodose.desk.decision import Approved, Denied, PartlyApproved
from isodose.desk.determined import determined
from isodose.desk.office import Office, Sent
from isodose.desk.physician import PhysiciansAct
from isodose.desk.role import By, Role
from isodose.desk.same_service import with_same_service
from isodose.desk.transitions import Do
from isodose.determination.request import ShapeError
from isodose.determination.words import in_the_way_of
from isodose.store.accounts import Account
from isodose.store.event import Json
from isodose.store.members import Member
from isodose.store.seen import Look, add_look
from isodose.web.demo.courses import Course, Papers, content_of, line_of, papers_of
from isodose.web.details import MORE
from isodose.web.sign_in.physician import qualification_from

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEAD = timedelta(days=9)
"""How long after a request treatment is to begin."""


@dataclass
class Telling:
    """A story that is being told: the request so far, and the moment at which it stands. Nothing happens after ``end``."""

    office: Office
    people: Mapping[str, Account]
    course: Course
    member: Member
    now: datetime
    end: datetime
    case: Case | None = None

    def by(self, name: str) -> By:
        account = self.people[name]
        return By(account.name, Role(account.role), account.practice or "")

    def wait(self, time: timedelta) -> None:
        self.now += time

    def send(self, course: Course | None = None, code: str = "", *, papers: bool = True, practice: str = "kim") -> None:
        """The practice sends the request."""
        course = course or self.course
        start = day_of(self.now + LEAD, self.office.policy.zone)
        attached = papers_of(course, self.member) if papers else Papers((), {}, ())
        what = Submit(
            (line_of(course, start, code),),
            content_of(course, self.member, start, code),
            self.now,
            documents=tuple(one.sha256 for one in attached.documents),
            evidence=attached.evidence,
            names=attached.names,
            details=_details(course),
        )
        found = self.office.submit(what, self.by(practice), self.now, Sent(attached.documents))
        self.case = _done(found)

    def do(self, what: AnyAct, who: str, sent: Sent | None = None) -> None:
        """Somebody does something, unless the story has come to its end."""
        if self.now < self.end:
            self.case = _done(self.office.act(self.told, what, self.by(who), self.now, sent or Sent()))

    @property
    def told(self) -> Case:
        assert self.case is not None, "a story begins with a request"
        return self.case

    def opens_documents(self, who: str) -> frozenset[str]:
        """A reviewer looks at each document."""
        if self.now < self.end:
            for sha256 in self.told.request.documents:
                look = Look(self.now, who, self.told.tracking, f"document {sha256}")
                add_look(self.office.record.database, look)
        return frozenset(self.told.request.documents)

    def signed(self, who: str, reason: str) -> PhysiciansAct:
        qualification = qualification_from(self.people[who].qualification)
        assert qualification is not None, "a physician has a record"
        return PhysiciansAct(who, qualification.credential, reason, day_of(self.now, self.office.policy.zone))

    def decides(self, who: str, decision: Denied | PartlyApproved) -> None:
        qualification = qualification_from(self.people[who].qualification)
        self.do(Decide(decision, qualification, self.opens_documents(who), clauses=self._rests_on()), who)

    def _rests_on(self) -> tuple[str, ...]:
        """The clauses that the determination names."""
        answers = determined(self.told.request, self.office.program, self.now, self.office.policy)
        assert not isinstance(answers, ShapeError), "a story tells of what can be read"
        return tuple(dict.fromkeys(clause for answer in answers for clause in in_the_way_of(answer)))


Story = Callable[[Telling], None]


def approved_at_once(story: Telling) -> None:
    story.send()
    _is_told(story)


def asked_and_approved(story: Telling) -> None:
    """What was not said is asked for, and the answer approves at once."""
    story.send(papers=False)
    story.wait(2 * DAY)
    _answers(story, story.course)
    _is_told(story)


def asked(story: Telling) -> None:
    """Nothing more: it waits for the practice."""
    story.send()


def without_papers(story: Telling) -> None:
    story.send(papers=False, practice="sam")


def for_review(story: Telling) -> None:
    story.send()


def taken(story: Telling) -> None:
    story.send()
    story.wait(HOUR)
    story.do(Take(story.now + HOUR), "karin")


def judged_and_approved(story: Telling) -> None:
    """A nurse settles what only a reviewer can, and approves."""
    story.send()
    story.wait(DAY)
    story.do(Take(story.now + HOUR), "noor")
    story.opens_documents("noor")
    story.do(Judge("1", met=True, why="The consultation note names the site that clause 1 lists."), "noor")
    lines = tuple(with_same_service(line, story.office.program.guideline.codes) for line in story.told.request.lines)
    reason = "Criterion 1 is met on the consultation note."
    story.do(Decide(Approved(story.told.request.lines, lines, reason=reason)), "noor")
    story.wait(2 * HOUR)
    story.do(Notify(), "noor")


def with_physician(story: Telling) -> None:
    story.send()
    story.wait(DAY)
    story.do(Take(story.now + HOUR), "karin")
    story.opens_documents("karin")
    story.do(Plainly(Do.REFER, "No criterion is met on what was sent; please look at it."), "karin")


def denied(story: Telling) -> None:
    """A physician offers a call, and denies with a reason of their own."""
    with_physician(story)
    story.do(OfferCall((story.now + DAY, story.now + DAY + 3 * HOUR)), "ito")
    story.wait(2 * DAY)
    reason = (
        "Your treatment aims at easing symptoms, and the note gives no reason why a simpler plan of radiation would harm "
        "organs beside the tumor. Radiation itself is not in question."
    )
    story.decides("ito", Denied(story.told.request.lines, story.signed("ito", reason)))
    story.wait(3 * HOUR)
    story.do(Notify(), "ito")


def partly_approved(story: Telling) -> None:
    with_physician(story)
    story.do(OfferCall((story.now + DAY,)), "adele")
    story.wait(2 * DAY)
    reason = (
        "The proton sessions cover part of the target; IMRT for the remaining sessions fits the plan that was sent."
    )
    fewer = tuple(replace(line, units=(line.units or 2) // 2) for line in story.told.request.lines)
    story.decides("adele", PartlyApproved(story.told.request.lines, fewer, story.signed("adele", reason)))
    story.wait(HOUR)
    story.do(Notify(), "adele")


def returned(story: Telling) -> None:
    """A code that has ended: sent back with its successors, and not yet corrected."""
    story.send(code="77385", practice="sam")


def returned_and_corrected(story: Telling) -> None:
    story.send(code="77385", practice="sam")
    story.wait(DAY)
    start = story.told.request.lines[0].start
    content = content_of(story.course, story.member, start)
    papers = papers_of(story.course, story.member)
    what = Send(Do.CORRECT, content, (line_of(story.course, start),), evidence=papers.evidence)
    already = frozenset(story.told.request.documents)
    fresh = tuple(one for one in papers.documents if one.sha256 not in already)
    what = replace(what, documents=tuple(one.sha256 for one in fresh), names=papers.names)
    story.do(what, "sam", Sent(fresh))
    _is_told(story)


def to_pass_on(story: Telling) -> None:
    """A delegate decides for this member: somebody has to pass it on today."""
    story.send()


def passed_on(story: Telling) -> None:
    story.send()
    story.wait(HOUR)
    story.do(Forward("APN-CT", "By secure mail to their utilization management desk, with all documents."), "paz")


def expedited(story: Telling) -> None:
    story.send()
    words = "The tumor presses on the spinal cord; waiting risks lasting paralysis."
    story.do(Expedite(story.now, words, "Dr. Lena Park"), "kim")


def withdrawn(story: Telling) -> None:
    story.send()
    story.wait(DAY)
    story.do(Plainly(Do.WITHDRAW, "The patient chose another hospital."), "kim")


def dismissed(story: Telling) -> None:
    story.send(practice="sam")
    story.wait(DAY)
    notice = "The request was dismissed, because who asked may not ask for you. You can ask us to look at this again."
    story.do(Dismiss(DismissalGround.NO_STANDING, "No representation was shown.", notice), "noor")


def moved(story: Telling) -> None:
    """An authorization whose course moves takes its dates along."""
    approved_at_once(story)
    story.wait(3 * DAY)
    line = story.told.request.authorizations[0].line
    story.do(AskChange(1, replace(line, start=line.start + 4 * DAY), "The machine is serviced that week."), "kim")


def more_sessions(story: Telling) -> None:
    approved_at_once(story)
    story.wait(5 * DAY)
    line = story.told.request.authorizations[0].line
    story.do(AskChange(1, replace(line, units=(line.units or 0) + 3), "A boost of three sessions is planned."), "kim")


def cancelled(story: Telling) -> None:
    approved_at_once(story)
    story.wait(4 * DAY)
    last: date = story.told.request.authorizations[0].line.start
    story.do(Cancel(1, last, "Treatment was stopped by the patient."), "kim")


def _is_told(story: Telling) -> None:
    """The member has notice, which ends the clock."""
    story.wait(2 * HOUR)
    story.do(Notify(), "paz")


def _answers(story: Telling, course: Course) -> None:
    papers = papers_of(course, story.member)
    start = story.told.request.lines[0].start
    what = Send(
        Do.ANSWER,
        content_of(course, story.member, start),
        (line_of(course, start),),
        documents=tuple(one.sha256 for one in papers.documents),
        evidence=papers.evidence,
        names=papers.names,
    )
    story.do(what, "kim", Sent(papers.documents))


def _done(answer: Case | Refusal) -> Case:
    assert isinstance(answer, Case), f"a story that cannot happen: {answer}"
    return answer


def _details(course: Course) -> dict[str, Json]:
    return {
        **{f"{MORE}{fact}": [told] for fact, told in course.more.items()},
        "ordering_name": "Dr. Lena Park",
        "ordering_npi": "1447258397",
        "billing_npi": "1234567893",
        "facility": "Elm Street Radiation Oncology",
        "place_of_service": "49",
        "target": course.site,
        "contact_name": "Kim Ferris",
        "contact_phone": "860-555-0141",
        "contact_times": "Weekdays 9 to 12",
    }
