"""What is appended is there, in order, once; a writer who looked too long ago is told what came meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from tests.store.events import LETTER, NOON, event, with_document
from tests.store.inside import damage, rows

from isodose.store.document import Document
from isodose.store.errors import DamagedError, KeyReusedError, StaleError, StoreError, TakenError
from isodose.store.event import GENESIS, Event
from isodose.store.find import by_number
from isodose.store.head import Head
from isodose.store.receipt import content_hash
from isodose.store.record import Record
from isodose.store.tables import DOCUMENT


def test_what_is_appended_is_read_in_order(record: Record) -> None:
    first = record.append("PA-1", 0, [event("submitted", member="M1"), event("asked", after=1)])
    second = record.append("PA-1", 2, [event("answered", after=2)])
    chain = record.history("PA-1")
    assert chain == first.events + second.events
    assert [(stored.number, stored.event.kind) for stored in chain] == [(1, "submitted"), (2, "asked"), (3, "answered")]
    assert [stored.previous for stored in chain] == [GENESIS, chain[0].hash, chain[1].hash]
    assert chain[0].event == event("submitted", member="M1")


def test_a_request_that_nobody_made_has_no_events(record: Record) -> None:
    assert record.history("PA-1") == ()


def test_many_histories_are_read_together(record: Record) -> None:
    for request in ("PA-1", "PA-2", "PA-3"):
        record.append(request, 0, [event("submitted", member=request), event("asked", after=1)])
    found = record.histories(["PA-3", "PA-1", "PA-9"])
    assert found == {request: record.history(request) for request in ("PA-1", "PA-3")}
    assert record.histories([]) == {}
    damage(record, "UPDATE event SET facts = '{\"member\":\"M2\"}' WHERE request = 'PA-1' AND number = 1")
    with pytest.raises(DamagedError, match="PA-1"):
        record.histories(["PA-1", "PA-2"])


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_kinds_of_any_number_of_requests(record: Record, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr("isodose.store.record._MOST_NAMED", at_once)
    for request in ("PA-1", "PA-2", "PA-3"):
        record.append(request, 0, [event("submitted", member=request), event("asked", after=1)])
    assert record.kinds(["PA-3", "PA-9", "PA-1", "PA-2"]) == dict.fromkeys(
        ("PA-1", "PA-2", "PA-3"), ("submitted", "asked")
    )
    assert record.kinds([]) == {}


def test_any_text_comes_back_as_it_was(record: Record) -> None:
    odd = event(note="Zoë A\u030a \u202e \x00 🩺", number=2**63 - 1, nested={"b": [None, True], "a": []})
    record.append("PA-1", 0, [odd])
    assert record.history("PA-1")[0].event == odd


def test_who_looked_too_long_ago_is_told_what_came(record: Record) -> None:
    record.append("PA-1", 0, [event("submitted")])
    record.append("PA-1", 1, [event("withdrawn", after=1)])
    before = rows(record)
    with pytest.raises(
        StaleError, match=r"PA-1: event 1 was taken for the last one; since then: 2 \(withdrawn\)"
    ) as stale:
        record.append("PA-1", 1, [with_document()], [LETTER], key="k", content="c", head=Head("asked"))
    assert [stored.event.kind for stored in stale.value.meanwhile] == ["withdrawn"]
    assert rows(record) == before


def test_a_new_key_does_not_make_a_stale_look_a_new_submission(record: Record) -> None:
    record.append("PA-1", 0, [event("submitted")], key="k1", content="c1")
    before = rows(record)
    with pytest.raises(StaleError, match=r"event 0 was taken for the last one; since then: 1 \(submitted\)"):
        record.append("PA-1", 0, [event("submitted", a=2)], key="k2", content="c2")
    assert rows(record) == before


def test_an_event_that_is_still_to_come_cannot_be_built_on(record: Record) -> None:
    with pytest.raises(StaleError, match="since then: no such event"):
        record.append("PA-1", 3, [event()])


def test_of_two_decisions_at_once_one_is_refused(record: Record) -> None:
    record.append("PA-1", 0, [event()])

    def decide(by: str) -> str:
        try:
            record.append("PA-1", 1, [event("decided", by=by)])
        except StaleError as stale:
            return stale.meanwhile[0].event.by
        return "stored"

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(decide, [f"nurse-{number}" for number in range(8)]))
    assert said.count("stored") == 1
    [_, decided] = record.history("PA-1")
    assert set(said) == {"stored", decided.event.by}


def test_a_key_that_comes_again_finds_the_first(record: Record) -> None:
    first = record.append("PA-1", 0, [event(a=1)], key="k1")
    again = record.append("PA-2", 0, [event(a=1, after=60)], key="k1")
    assert (again.request, again.events, again.repeated) == ("PA-1", first.events, True)
    assert record.history("PA-2") == ()


def test_the_same_content_finds_the_first_without_a_key(record: Record) -> None:
    content = content_hash([with_document()], [LETTER])
    assert content == content_hash(
        [Event("submitted", NOON.replace(hour=13), "practice-7", with_document().facts)], [LETTER]
    )
    first = record.append("PA-1", 0, [with_document()], [LETTER], key="k1", content=content)
    again = record.append("PA-2", 0, [with_document()], [LETTER], key="k2", content=content)
    assert (again.events, again.repeated) == (first.events, True)


def test_a_later_step_can_be_repeated_too(record: Record) -> None:
    record.append("PA-1", 0, [event()], key="k1")
    answered = record.append("PA-1", 1, [event("answered"), event("determined")], key="k2")
    record.append("PA-1", 3, [event("decided")])
    assert record.append("PA-1", 1, [event("answered"), event("determined")], key="k2").events == answered.events


def test_a_key_that_stands_for_another_content_is_refused(record: Record) -> None:
    record.append("PA-1", 0, [event(a=1)], key="k1", content="c1")
    with pytest.raises(KeyReusedError, match="the key `k1` stands for another content, PA-1; use a new key"):
        record.append("PA-2", 0, [event(a=2)], key="k1", content="c2")


def fifty_at_once(record: Record, name: str) -> None:
    """Half of the senders have one key, all have one content; each proposes a tracking id of its own."""

    def send(number: int) -> str:
        key = f"{name}-key" if number % 2 else None
        sent = with_document(about=name)
        content = content_hash([sent], [LETTER])
        return record.append(
            f"{name}-{number}", 0, [sent], [LETTER], key, content=content, head=Head("submitted")
        ).request

    before = rows(record)
    with ThreadPoolExecutor(50) as threads:
        requests = set(threads.map(send, range(50)))
    assert len(requests) == 1
    after = rows(record)
    assert {table: after[table] - before[table] for table in ("event", "receipt", "head")} == dict.fromkeys(
        ("event", "receipt", "head"), 1
    )


def test_fifty_equal_submissions_at_once_are_one(record: Record) -> None:
    for number in range(3):
        fifty_at_once(record, f"PA-{number}")


@pytest.mark.slow
def test_fifty_equal_submissions_at_once_are_one_two_hundred_times(record: Record) -> None:
    for number in range(200):
        fifty_at_once(record, f"PA-{number}")


def test_a_document_comes_back_byte_for_byte(record: Record) -> None:
    scan = Document("application/pdf", bytes(range(256)) * 5000)
    record.append("PA-1", 0, [with_document(scan), with_document(LETTER)], [scan, LETTER, scan])
    assert record.document(scan.sha256) == scan
    record.append("PA-2", 0, [with_document(scan)], [scan])
    record.append("PA-3", 0, [with_document(scan)])
    assert rows(record)["document"] == 2


def test_a_document_that_is_not_there_is_said(record: Record) -> None:
    with pytest.raises(StoreError, match="no document 00 is stored"):
        record.document("00")
    with pytest.raises(StoreError, match=f"names the document {LETTER.sha256}, which is not stored; send it along"):
        record.append("PA-1", 0, [with_document()])
    assert record.history("PA-1") == ()


def test_a_document_outside_the_chain_is_refused(record: Record) -> None:
    with pytest.raises(ValueError, match=f"no event names the document {LETTER.sha256}"):
        record.append("PA-1", 0, [event()], [LETTER])


def test_nothing_cannot_be_appended(record: Record) -> None:
    with pytest.raises(ValueError, match="nothing to append"):
        record.append("PA-1", 0, [])


def test_a_changed_document_is_not_handed_out(record: Record) -> None:
    record.append("PA-1", 0, [with_document()], [LETTER])
    damage(record, update(DOCUMENT).values(content=b"Simulation on 2026-11-21"))
    with pytest.raises(DamagedError, match=f"the document {LETTER.sha256} is not what was stored"):
        record.document(LETTER.sha256)


@pytest.mark.parametrize(
    "change",
    [
        "facts = '{\"dose\":80}'",
        "facts = '{ }'",
        "facts = 'x'",
        "at = '2026-11-27T12:00:01.000Z'",
        "at = 'noon'",
        "\"by\" = 'nurse-1'",
        "kind = 'decided'",
        "hash = previous",
    ],
)
def test_a_changed_event_is_not_read_and_not_built_on(record: Record, change: str) -> None:
    record.append("PA-1", 0, [event(), event("asked")])
    damage(record, f"UPDATE event SET {change} WHERE number = 2")  # noqa: S608 (our own)
    with pytest.raises(DamagedError, match="PA-1: event 2 was changed"):
        record.history("PA-1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET facts = '{}'",
        "DELETE FROM event",
        "UPDATE document SET content = ''",
        "DELETE FROM document",
        "UPDATE receipt SET key = 'k2'",
        "DELETE FROM receipt",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove(record: Record, statement: str) -> None:
    record.append("PA-1", 0, [with_document()], [LETTER], key="k1")
    with pytest.raises(DBAPIError, match="is never changed or removed"), record.database.engine.connect() as connection:
        connection.execute(text(statement))
    assert record.history("PA-1")[0].event == with_document()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "values",
    ["(1, 'PA-9', 9, 'x', '', '', '', '', '')", "(NULL, 'PA-1', 1, 'x', '', '', '', '', '')"],
    ids=["position", "request and number"],
)
def test_sqlite_refuses_to_replace(record: Record, values: str) -> None:
    record.append("PA-1", 0, [event()])
    with pytest.raises(DBAPIError, match="is never changed"), record.database.engine.connect() as connection:
        connection.execute(text(f"REPLACE INTO event VALUES {values}"))  # noqa: S608 (our own)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_truncate(record: Record) -> None:
    with pytest.raises(DBAPIError, match="is never changed"), record.database.engine.connect() as connection:
        connection.execute(text("TRUNCATE event CASCADE"))


def test_a_number_of_an_authorization_is_one_requests_alone(record: Record) -> None:
    record.append("PA-1", 0, [event()], head=Head("decided", authorizations=("A-1",)))
    record.append("PA-1", 1, [event("amended")], head=Head("decided", authorizations=("A-1", "A-2")))
    before = rows(record)
    with pytest.raises(TakenError, match="PA-2: the authorization number A-2 belongs to another request"):
        record.append("PA-2", 0, [event()], key="k", head=Head("decided", authorizations=("A-2",)))
    assert rows(record) == before
    found = by_number(record.database, "A-2")
    assert found
    assert (found.request, found.head.authorizations) == ("PA-1", ("A-1", "A-2"))


def test_all_requests_are_read_in_the_order_of_what_happened(record: Record) -> None:
    for request in ("PA-2", "PA-1", "PA-3"):
        record.append(request, 0, [event()])
    [(first, stored), *others] = record.since(0)
    assert stored.request == "PA-2"
    assert [stored.request for _, stored in others] == ["PA-1", "PA-3"]
    assert [stored.request for _, stored in record.since(first, most=1)] == ["PA-1"]
