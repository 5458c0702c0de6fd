"""The people, the request and the plan's policy that the desk's tests tell their stories with."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import reduce

from isodose.desk.act import AnyAct, Refusal, act
from isodose.desk.acts import Decide, OfferCall, Plainly, Submit
from isodose.desk.decision import Denied, PartlyApproved
from isodose.desk.fold import after
from isodose.desk.line import Line
from isodose.desk.physician import Credential, PhysiciansAct
from isodose.desk.policy import DeskPolicy
from isodose.desk.qualification import Qualification
from isodose.desk.request import Request
from isodose.desk.role import THE_SYSTEM, By, Role
from isodose.desk.transitions import Do
from isodose.store.event import Event, Json

POLICY = DeskPolicy()
PRACTICE = By("kim", Role.REQUESTER, "elm-street")
OTHER_PRACTICE = By("lee", Role.REQUESTER, "oak-avenue")
INTAKE = By("paz", Role.INTAKE)
NURSE = By("noor", Role.NURSE)
SECOND_NURSE = By("olga", Role.NURSE)
PHYSICIAN = By("ito", Role.PHYSICIAN)
ANALYST = By("ada", Role.ANALYST)

MONDAY = datetime(2026, 6, 1, 14, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGES = "a" * 64

LINE = Line(1, frozenset({"77385"}), date(2025, 11, 3), units=35)
FLAT: dict[str, Json] = {
    "line": 1,
    "date_of_service": "2025-11-03",
    "procedure_code": "77385",
    "diagnosis_codes": ["C61"],
    "technique": "imrt",
    "treatment_intent": "curative",
    "dose_escalation_concern": True,
    "previously_irradiated": False,
    "concurrent_proton_therapy": False,
}
CONTENT: dict[str, Json] = {
    "request_id": "T-1",
    "member": {"member_id": "M1", "member_birth_date": "1956-02-01", "product": "ma-hmo"},
    "lines": [FLAT],
}
SUBMIT = Submit((LINE,), CONTENT, MONDAY, documents=(PAGES,))
TO_REVIEW = (SUBMIT, PRACTICE), (Plainly(Do.SEND_TO_REVIEW), THE_SYSTEM)
REFER = Plainly(Do.REFER, "criteria not met on the note"), NURSE
OFFER = OfferCall((MONDAY + 90 * DAY,)), PHYSICIAN

REASON = "The planning note gives no reason why a 3D conformal plan would not spare the rectum."
LICENSE = Credential("MD-1", "CT", date(2027, 6, 30), ("radiation oncology",))
ITO = Qualification(LICENSE, restricted=False, knows_medicare_criteria=True, paid_by_outcome=False)


def signed(on: date = date(2026, 6, 1)) -> PhysiciansAct:
    return PhysiciansAct("ito", LICENSE, REASON, on)


def deny(on: date = date(2026, 6, 1)) -> Decide:
    return Decide(Denied((LINE,), signed(on)), ITO, frozenset({PAGES}))


def approve_partly(granted: Line, on: date = date(2026, 6, 1)) -> Decide:
    return Decide(PartlyApproved((LINE,), (granted,), signed(on)), ITO, frozenset({PAGES}))


def done(request: Request, what: AnyAct, by: By, now: datetime = MONDAY) -> Request:
    """The request after an act that is not refused."""
    answer = act(request, what, by, now, POLICY)
    assert not isinstance(answer, Refusal), answer
    return reduce(after, answer, request)


def after_all(*acts: tuple[AnyAct, By], request: Request | None = None, now: datetime = MONDAY) -> Request:
    for what, by in acts:
        request = done(request or Request(), what, by, now)
    assert request is not None
    return request


def refused(request: Request, what: AnyAct, by: By, now: datetime = MONDAY) -> tuple[str, ...]:
    """Why an act is refused."""
    answer = act(request, what, by, now, POLICY)
    assert isinstance(answer, Refusal), answer
    return answer.reasons


def kinds(events: Sequence[Event]) -> list[str]:
    return [event.kind for event in events]
