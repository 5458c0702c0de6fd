"""What people send to the office in the desk's tests, and what always holds of a record that it wrote."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from tests.desk.people import DAY, LINE, POLICY, PRACTICE
from tests.desk.test_automatic import RESTS_ON, submit
from tests.determination.imrt_cases import imrt

from isodose.desk.act import AnyAct, Refusal
from isodose.desk.acts import Submit
from isodose.desk.case import Case
from isodose.desk.determined import DETERMINATIONS
from isodose.desk.fold import place_of
from isodose.desk.head import head_by
from isodose.desk.office import Office, Sent
from isodose.desk.replay import replay
from isodose.desk.request import Evidence
from isodose.desk.role import By
from isodose.store.document import Document
from isodose.store.event import Json
from isodose.store.find import every_request
from isodose.store.rebuild import differing
from isodose.store.record import Record

NOW = datetime(2025, 10, 20, 14, tzinfo=UTC)
"""Two weeks before the course of `people.py` begins."""

SCAN = Document("application/pdf", b"%PDF-1.7 the consultation note")
LATER_SCAN = Document("application/pdf", b"%PDF-1.7 the pathology report")
WITH_SCAN, NOTHING = Sent((SCAN,)), Sent()
Passages = tuple[Evidence, ...]
PROVEN: Passages = tuple(Evidence(fact, SCAN.sha256, 2, "as planned") for fact in RESTS_ON)
MOVED = replace(LINE, start=LINE.start + 7 * DAY)


def office_of(record: Record, seed: int = 1) -> Office:
    chance = random.Random(seed)  # noqa: S311 (numbers of requests that are made up)
    return Office(record, imrt(), POLICY, lambda: chance.randrange(10**8))


def sending(name: str = "T-1", facts: Mapping[str, Json] | None = None, evidence: Passages = PROVEN) -> Submit:
    """The request of `people.py` with a scan and passages that show its facts, some said otherwise."""
    what = submit(**(facts or {}))
    return replace(
        what,
        content={**what.content, "request_id": name},
        first=NOW,
        documents=(SCAN.sha256,),
        names={SCAN.sha256: "note.pdf"},
        evidence=evidence,
        details={"phone": "1"},
    )


def reviewed(name: str = "T-1") -> Submit:
    """One that a reviewer has to decide."""
    return sending(name, {"treatment_intent": "palliative"})


def unproven(name: str = "T-1") -> Submit:
    """One whose facts rest on the requester's word alone, so that its passages are asked for."""
    return sending(name, evidence=())


def submitted(office: Office, what: Submit | None = None, by: By = PRACTICE, sent: Sent = WITH_SCAN) -> Case:
    """The case of a submission that is not refused."""
    case = office.submit(what or sending(), by, NOW, sent)
    assert not isinstance(case, Refusal), case
    return case


def moved(  # noqa: PLR0913 (as the office's own)
    office: Office, case: Case, what: AnyAct, by: By, *, now: datetime = NOW, sent: Sent = NOTHING
) -> Case:
    """The case after an act that is not refused."""
    after = office.act(case, what, by, now, sent)
    assert not isinstance(after, Refusal), after
    return after


def determination_of(case: Case) -> Mapping[str, Json]:
    """The determination that the last event keeps of its only line."""
    kept = case.history[-1].event.facts[DETERMINATIONS]
    assert isinstance(kept, list)
    [determination] = kept
    assert isinstance(determination, dict)
    return determination


def kinds_of(case: Case) -> list[str]:
    return [stored.event.kind for stored in case.history]


def expect_sound(office: Office) -> None:
    """Every head is what its events say, so is the place by their kinds alone, and every answer can be made again, byte for byte."""
    record = office.record
    assert differing(record.database, head_by(office.policy)) == []
    every = every_request(record.database)
    kinds = record.kinds(every)
    for request in every:
        case = office.case(request)
        assert case is not None
        assert (list(kinds[request]), place_of(kinds[request])) == (kinds_of(case), case.request.standing.place)
        answers = replay(case.history, office.program, office.policy)
        assert [one for one in answers if one.differs] == []
