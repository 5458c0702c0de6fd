"""A story for each kind of letter, told with the desk's real acts; what a letter is made from when each ends."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from tests.desk.people import (
    CONTENT,
    DAY,
    FLAT,
    HOUR,
    INTAKE,
    ITO,
    LICENSE,
    LINE,
    NURSE,
    PAGES,
    PHYSICIAN,
    POLICY,
    PRACTICE,
    SUBMIT,
)
from tests.determination.imrt_cases import imrt

from isodose.desk.act import AnyAct, Refusal, act
from isodose.desk.acts import (
    Ask,
    Decide,
    Dismiss,
    DismissalGround,
    Expedite,
    Extend,
    OfferCall,
    Plainly,
    RefuseExpedite,
    Submit,
)
from isodose.desk.authorization import GoodCause
from isodose.desk.authorization_acts import Amend, AskChange, Cancel, Confirm, Reopen, TakeAway
from isodose.desk.automatic import settle
from isodose.desk.clock import Ground
from isodose.desk.decision import Approved, Denied, PartlyApproved
from isodose.desk.determined import determined
from isodose.desk.fold import request_from
from isodose.desk.physician import PhysiciansAct
from isodose.desk.role import THE_SYSTEM, By
from isodose.desk.same_service import with_same_service
from isodose.desk.sweep import sweep
from isodose.desk.transitions import Do
from isodose.determination.words import questions
from isodose.letters.plan import ELDERCARE, MEDICARE, Helper, Plan
from isodose.letters.sources import Sources
from isodose.store.event import Event, Json
from isodose.store.members import Coverage, Member
from isodose.store.practices import Practice

PLAN = Plan(
    name="CarePartners of Connecticut",
    address=("Utilization Management", "1 Example Plaza", "Hartford, CT 06103"),
    phone="1-800-555-0100",
    tty="711",
    hours="8 a.m. to 8 p.m., seven days a week",
    fax="857-304-6463",
    appeals_address=("Appeals and Grievances", "PO Box 100", "Hartford, CT 06103"),
    appeals_fax="1-800-555-0101",
    fast_appeals_phone="1-800-555-0102",
    fast_appeals_fax="1-800-555-0103",
    peer_to_peer_phone="1-800-555-0104",
    website="plan.example/requests",
    helpers=(MEDICARE, Helper("CHOICES", "1-800-994-9422", "the state’s free advice on Medicare"), ELDERCARE),
    services={"imrt": "Intensity-modulated radiation therapy (IMRT), a kind of radiation treatment"},
)
MEMBER = Member(
    "M1",
    date(1956, 2, 1),
    "Maria Gomez",
    (Coverage(date(2024, 1, 1), None, "ma-hmo"),),
    "48 Orchard Road, Apartment 3\nNew Haven, CT 06511",
)
ELM_STREET = Practice(
    "elm-street",
    "Elm Street Radiation Oncology",
    "1234567893",
    "1-800-555-0120",
    "1-800-555-0121",
    "12 Elm Street, New Haven, CT 06510",
)

OCTOBER = datetime(2025, 10, 20, 15, tzinfo=UTC)
SERIAL = 12345
COURSE = replace(LINE, end=date(2026, 1, 16), provider="1234567893")
GRANTED = with_same_service(COURSE, imrt().guideline.codes)
REASON = (
    "Your doctor’s notes do not say why the usual kind of radiation would not be safe for you. "
    "They do not say which part of the body near the tumor must be spared."
)


SUBMITTED = replace(SUBMIT, lines=(COURSE,), first=OCTOBER)
APPROVE = Decide(Approved((COURSE,), (GRANTED,), "Criterion 1 is met on the consultation note."))

Step = tuple[AnyAct, By]


def told(*steps: Step, at: datetime = OCTOBER) -> tuple[Event, ...]:
    """The events of acts that are not refused, up to that of the last act; each act an hour after the one before."""
    events: tuple[Event, ...] = ()
    for number, (what, by) in enumerate(steps):
        answer = act(request_from(events), what, by, at + number * HOUR, POLICY)
        assert not isinstance(answer, Refusal), answer
        events += answer
    last = max(number for number, event in enumerate(events) if event.kind == steps[-1][0].do)
    return events[: last + 1]


def signed(day: date, reason: str = REASON) -> PhysiciansAct:
    return PhysiciansAct("ito", LICENSE, reason, day)


def facts(**said: Json) -> Mapping[str, Json]:
    return {**CONTENT, "lines": [{**FLAT, **said}]}


TO_REVIEW = (SUBMITTED, PRACTICE), (Plainly(Do.SEND_TO_REVIEW), THE_SYSTEM)
OFFERED = OfferCall((OCTOBER + DAY, OCTOBER + 2 * DAY)), PHYSICIAN
TODAY = OCTOBER.date()


def asked() -> tuple[Event, ...]:
    """What the determination misses, and what a nurse asks in words of her own."""
    unknown = replace(SUBMITTED, content=facts(treatment_intent=None, dose_escalation_concern=None))
    [answer] = (one for one in determined(request_from(told((unknown, PRACTICE))), imrt(), OCTOBER, POLICY))  # type: ignore[union-attr]
    texts = (*(one.question for one in questions(answer)), "Please send the page that is missing from the fax.")
    return told((unknown, PRACTICE), (Ask(texts), NURSE))


def settled(submit: Submit) -> tuple[Event, ...]:
    """The system's own answer to a submission."""
    events = told((submit, PRACTICE))
    return (*events, *settle(request_from(events), imrt(), OCTOBER, POLICY))


def denied(reason: str = REASON, **said: Json) -> tuple[Event, ...]:
    submit = replace(SUBMITTED, content=facts(**{"dose_escalation_concern": False, **said}))
    deny = Decide(Denied((COURSE,), signed(TODAY, reason)), ITO, frozenset({PAGES}))
    return told((submit, PRACTICE), TO_REVIEW[1], OFFERED, (deny, PHYSICIAN))


def denied_under_an_old_edition() -> tuple[Event, ...]:
    early = replace(COURSE, start=date(2025, 2, 3))
    submit = replace(SUBMITTED, lines=(early,), content=facts(date_of_service="2025-02-03"))
    deny = Decide(Denied((early,), signed(TODAY)), ITO, frozenset({PAGES}))
    return told((submit, PRACTICE), TO_REVIEW[1], OFFERED, (deny, PHYSICIAN))


def one_of_two() -> tuple[Event, ...]:
    """Two lines, of which one is granted."""
    lines = COURSE, replace(COURSE, number=2, codes=frozenset({"G6015"}))
    stated: list[Json] = [FLAT, {**FLAT, "line": 2, "procedure_code": "G6015"}]
    submit = replace(SUBMITTED, lines=lines, content={**CONTENT, "lines": stated})
    part = Decide(PartlyApproved(lines, (GRANTED,), signed(TODAY)), ITO, frozenset({PAGES}))
    return told((submit, PRACTICE), TO_REVIEW[1], OFFERED, (part, PHYSICIAN))


def partly_approved() -> tuple[Event, ...]:
    part = PartlyApproved((COURSE,), (replace(GRANTED, units=28, end=date(2025, 12, 12)),), signed(TODAY))
    return told(*TO_REVIEW, OFFERED, (Decide(part, ITO, frozenset({PAGES})), PHYSICIAN))


def reopened() -> tuple[Step, ...]:
    reopen = Reopen(1, GoodCause.NEW_EVIDENCE, "a second plan was made")
    return (*TO_REVIEW, (APPROVE, NURSE), (reopen, PHYSICIAN), OFFERED)


def taken_away(do: Do, notice: str, **what: object) -> AnyAct:
    whole = TakeAway(Do.END_EARLY, 1, signed(TODAY), notice, ITO, frozenset({PAGES}), last=date(2025, 11, 28))
    return replace(whole, do=do, **what)  # type: ignore[arg-type]


def change_refused() -> tuple[Event, ...]:
    more = AskChange(1, replace(GRANTED, units=60), "a boost is planned")
    refuse = taken_away(Do.REFUSE_CHANGE, "We denied the change that your doctor asked for.", last=None)
    return told(*TO_REVIEW, (APPROVE, NURSE), (more, PRACTICE), OFFERED, (refuse, PHYSICIAN))


def reduced() -> tuple[Event, ...]:
    notice = "We looked at your approval again. From November 29 on it covers fewer sessions."
    return told(*reopened(), (taken_away(Do.REDUCE, notice, to=replace(GRANTED, units=30)), PHYSICIAN))


def ended_early() -> tuple[Event, ...]:
    notice = "We looked at your approval again. It will end on November 28."
    return told(*reopened(), (taken_away(Do.END_EARLY, notice), PHYSICIAN))


def amended() -> tuple[Event, ...]:
    wanted = replace(GRANTED, units=37)
    ask = AskChange(1, wanted, "two sessions were lost to a breakdown")
    return told(*TO_REVIEW, (APPROVE, NURSE), (ask, PRACTICE), (Amend(1, wanted, "Two sessions are added."), NURSE))


def expedite_refused() -> tuple[Event, ...]:
    ask = Expedite(OCTOBER + HOUR, "I am afraid of waiting")
    why = "Your treatment is planned for November 3. You will have our answer before that day."
    return told((SUBMITTED, PRACTICE), (ask, INTAKE), (RefuseExpedite(OCTOBER + HOUR, why), NURSE))


def extended() -> tuple[Event, ...]:
    why = "We wait for the report of the hospital where you were treated in the spring."
    return told(*TO_REVIEW, (Extend(10, Ground.EVIDENCE, why), NURSE))


def dismissed() -> tuple[Event, ...]:
    why = "A neighbor sent the request. We have no paper that lets the neighbor act for you."
    notice = "We told your neighbor the same by phone."
    return told(*TO_REVIEW, (Dismiss(DismissalGround.NO_STANDING, why, notice), NURSE))


def denied_for(*clauses: str, **said: Json) -> tuple[Event, ...]:
    """A denial that rests on clauses."""
    submit = replace(SUBMITTED, content=facts(**{"dose_escalation_concern": False, **said}))
    deny = Decide(Denied((COURSE,), signed(TODAY)), ITO, frozenset({PAGES}), clauses=clauses)
    return told((submit, PRACTICE), TO_REVIEW[1], OFFERED, (deny, PHYSICIAN))


def denial_reopened() -> tuple[Event, ...]:
    deny = Decide(Denied((COURSE,), signed(TODAY)), ITO, frozenset({PAGES}))
    why = "The practice found the planning comparison that was missing."
    return told(*TO_REVIEW, OFFERED, (deny, PHYSICIAN), (Plainly(Do.REOPEN_DENIAL, why), PHYSICIAN))


def vacated() -> tuple[Event, ...]:
    dismiss = Dismiss(DismissalGround.NO_STANDING, "We have no paper of the sender.", "We told the sender so.")
    why = "The paper had come with another request of the same day."
    return told(*TO_REVIEW, (dismiss, NURSE), (Plainly(Do.VACATE, why), NURSE))


def approval_reopened() -> tuple[Event, ...]:
    why = "Your doctor sent a second plan. It shows that fewer sessions may be enough."
    return told(*TO_REVIEW, (APPROVE, NURSE), (Reopen(1, GoodCause.NEW_EVIDENCE, why), PHYSICIAN))


def overdue() -> tuple[Event, ...]:
    """Fifteen days after it came nobody has decided."""
    events = told(*TO_REVIEW)
    return (*events, *sweep(request_from(events), OCTOBER + 15 * DAY, POLICY.zone))


def confirmed() -> tuple[Event, ...]:
    confirm = Confirm(1, "The second plan shows the same need.")
    return told(*reopened(), (confirm, PHYSICIAN))


def cancelled() -> tuple[Event, ...]:
    cancel = Cancel(1, date(2025, 11, 14), "She will go on in Boston, near her daughter.")
    return told(*TO_REVIEW, (APPROVE, NURSE), (cancel, PRACTICE))


AFTER_2026 = replace(LINE, start=date(2026, 3, 2), codes=frozenset({"77386"}))
STORIES: Mapping[str, Callable[[], tuple[Event, ...]]] = {
    "received": lambda: told((SUBMITTED, PRACTICE)),
    "expedited": lambda: told((SUBMITTED, PRACTICE), (Expedite(OCTOBER, "her airway is at risk", "Dr. Lee"), PRACTICE)),
    "information-needed": asked,
    "returned": lambda: settled(
        replace(SUBMITTED, lines=(AFTER_2026,), content=facts(procedure_code="77386", date_of_service="2026-03-02"))
    ),
    "approved": lambda: told(*TO_REVIEW, (APPROVE, NURSE)),
    "partly-approved": partly_approved,
    "denied": denied,
    "denied-for": lambda: denied_for("1"),
    "not-required": lambda: settled(
        replace(SUBMITTED, lines=(replace(COURSE, codes=frozenset({"77387"})),), content=facts(procedure_code="77387"))
    ),
    "extension": extended,
    "expedite-refused": expedite_refused,
    "withdrawn": lambda: told(*TO_REVIEW, (Plainly(Do.WITHDRAW, "She will be treated in Boston."), PRACTICE)),
    "dismissed": dismissed,
    "open-again": vacated,
    "denial-reopened": denial_reopened,
    "approval-reopened": approval_reopened,
    "overdue": overdue,
    "amended": amended,
    "change-refused": change_refused,
    "reduced": reduced,
    "ended-early": ended_early,
    "confirmed": confirmed,
    "cancelled": cancelled,
}
"""How each letter comes about, by the kind of letter, or of the act where several share a kind."""


def sources_of(history: tuple[Event, ...], plan: Plan = PLAN, practice: Practice | None = ELM_STREET) -> Sources:
    return Sources(
        history=history,
        serial=SERIAL,
        program=imrt(),
        policy=POLICY,
        plan=plan,
        member=MEMBER,
        practice=practice,
    )


@cache
def sources(story: str) -> Sources:
    return sources_of(STORIES[story]())


def day_of_letter(of: Sources) -> date:
    return of.event.at.date()
