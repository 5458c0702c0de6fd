"""Whom a new edition touches among the requests that are open."""

from dataclasses import replace

import pytest
from tests.desk.at_the_office import NOW, moved, office_of, reviewed, sending, submitted
from tests.desk.people import NURSE, POLICY, PRACTICE
from tests.determination.imrt_cases import imrt

from isodose.desk.acts import DisputeFact, Judge, Plainly
from isodose.desk.case import Case
from isodose.desk.office import Office
from isodose.desk.publishing import Answer, Publication, Touched, changed_by, touched_by
from isodose.desk.transitions import Do
from isodose.determination.program import Program
from isodose.guideline.outcome import Outcome, Reason
from isodose.store.record import Record

NEW = imrt().guideline.editions[-1]
BEFORE = Program(replace(imrt().guideline, editions=imrt().guideline.editions[:-1]))
PUBLICATION = Publication(BEFORE, imrt(), NOW, POLICY)
OLD = BEFORE.guideline.editions[-1].id

JUDGED = Answer(Outcome.CLINICAL_REVIEW, Reason.JUDGEMENT, OLD)
"""What the earlier edition says of a request here: its criteria are not held, so a reviewer judges."""


@pytest.fixture
def office(record: Record) -> Office:
    """As it was before the newest edition was published."""
    return replace(office_of(record), program=BEFORE)


def touched(*cases: Case, publication: Publication = PUBLICATION) -> list[Touched]:
    return list(touched_by(publication, cases))


pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_each_line_whose_outcome_changes_is_told_with_from_and_to(office: Office) -> None:
    proven, palliative = submitted(office), submitted(office, reviewed("T-2"))
    unsaid = submitted(office, sending("T-3", {"treatment_intent": None}))
    assert touched(proven, palliative, unsaid) == [
        Touched(proven.tracking, 1, JUDGED, Answer(Outcome.APPROVED, None, NEW.id)),
        Touched(palliative.tracking, 1, JUDGED, Answer(Outcome.CLINICAL_REVIEW, Reason.CRITERIA_NOT_MET, NEW.id)),
        Touched(unsaid.tracking, 1, JUDGED, Answer(Outcome.INFORMATION_NEEDED, None, NEW.id)),
    ]


def test_what_is_decided_or_withdrawn_is_touched_by_no_edition(office: Office) -> None:
    needless = submitted(office, sending("T-1", {"procedure_code": "77301"}))
    gone = moved(office, submitted(office, sending("T-2")), Plainly(Do.WITHDRAW), PRACTICE)
    assert touched(needless, gone) == []


def test_a_course_before_the_edition_rules_is_not_touched(office: Office) -> None:
    earlier = sending("T-1", {"date_of_service": "2025-09-30"})
    assert touched(submitted(office, earlier)) == []


def test_an_edition_that_is_not_decided_yet_touches_nobody(office: Office) -> None:
    case = submitted(office)
    later = replace(PUBLICATION, at=NOW.replace(month=8, day=19))
    assert touched(case, publication=later) == []
    assert len(touched(case, publication=replace(PUBLICATION, at=NOW.replace(month=8, day=20)))) == 1


def test_what_reviewers_found_counts_by_then_too(office: Office) -> None:
    case = submitted(office)
    case = moved(office, case, DisputeFact("treatment_intent", "the note tells of a palliative course"), NURSE)
    assert [one.after for one in touched(case)] == [Answer(Outcome.INFORMATION_NEEDED, None, NEW.id)]


def test_what_cannot_be_read_is_no_matter(office: Office) -> None:
    broken = submitted(office, replace(sending(), content={"member": 7}))
    assert touched(broken) == []


def test_the_same_guideline_touches_nobody(office: Office) -> None:
    assert touched(submitted(office), publication=replace(PUBLICATION, then=BEFORE)) == []


def test_what_is_decided_shows_what_the_edition_would_have_made_of_it(office: Office) -> None:
    gone = moved(office, submitted(office), Plainly(Do.WITHDRAW), PRACTICE)
    assert touched(gone) == []
    [one] = changed_by(PUBLICATION, [gone])
    assert (one.before, one.after.outcome) == (JUDGED, Outcome.APPROVED)


def test_a_judgement_on_a_clause_that_an_edition_lacks_says_nothing_under_it(record: Record) -> None:
    """Else the request would be one that cannot be read, of which only the judgement is at fault."""
    office = office_of(record)
    judged = moved(office, submitted(office, reviewed()), Judge("2", met=True, why="irradiated in 2019"), NURSE)
    alone = Program(replace(imrt().guideline, editions=imrt().guideline.editions[:1]))
    whole = replace(PUBLICATION, now=Program(replace(imrt().guideline, editions=imrt().guideline.editions[-1:])))
    [one] = changed_by(replace(whole, then=alone), [judged])
    assert one.after.outcome is not Outcome.INVALID
