"""The clauses that an adverse decision rests on: kept by its event, and known to the guideline. Events of before have none."""

from dataclasses import replace

import pytest
from tests.desk.at_the_office import NOW, moved, reviewed, submitted
from tests.desk.people import DAY, ITO, PHYSICIAN
from tests.letters.stories import REASON

from isodose.desk.act import Refusal
from isodose.desk.acts import Decide, OfferCall
from isodose.desk.case import Case
from isodose.desk.decision import Denied
from isodose.desk.fold import request_from
from isodose.desk.office import Office
from isodose.desk.physician import PhysiciansAct
from isodose.desk.recorded import clauses_in

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def before(office: Office) -> tuple[Case, Decide]:
    """A case on which a call was offered, and the denial of it."""
    case = moved(office, submitted(office, reviewed()), OfferCall((NOW + DAY,)), PHYSICIAN)
    signed = PhysiciansAct("ito", ITO.credential, REASON, NOW.date())
    return case, Decide(Denied(case.request.lines, signed), ITO, frozenset(case.request.documents))


def test_they_are_kept_by_the_event(office: Office) -> None:
    case, deny = before(office)
    denied = moved(office, case, replace(deny, clauses=("1", "limitations")), PHYSICIAN)
    assert clauses_in(denied.history[-1].event) == ("1", "limitations")


def test_one_that_the_guideline_does_not_have_is_refused(office: Office) -> None:
    case, deny = before(office)
    answer = office.act(case, replace(deny, clauses=("1", "limitation")), PHYSICIAN, NOW)
    assert answer == Refusal(("the guideline has no clause `limitation`; did you mean `limitations`?",))


def test_a_decision_of_before_they_were_kept_is_read_as_it_was(office: Office) -> None:
    case, deny = before(office)
    denied = moved(office, case, deny, PHYSICIAN)
    assert "clauses" not in denied.history[-1].event.facts
    assert clauses_in(denied.history[-1].event) == ()
    assert request_from(stored.event for stored in denied.history).decision
