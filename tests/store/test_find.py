"""Finding requests by where they stand, and that it always is what their events say."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.events import NOON, event
from tests.store.inside import damage_heads

from isodose.store.errors import StaleError
from isodose.store.event import Event, Stored
from isodose.store.find import Wanted, by_number, counts, newest, unanswered, worklist
from isodose.store.head import Head
from isodose.store.rebuild import differing, rebuild
from isodose.store.record import Record

OPEN = ("submitted", "asked", "answered")


def head_of(chain: Sequence[Stored]) -> Head:
    """A rule as `desk` has one: where a request stands by its events."""
    first, last = chain[0].event, chain[-1].event
    facts = first.facts
    days = facts.get("days", 7)
    due = NOON + timedelta(days=days) if last.kind in OPEN and isinstance(days, int) else None
    takers = [stored.event.by for stored in chain if stored.event.kind == "asked"]
    numbers = tuple(f"A-{stored.hash[:12]}" for stored in chain if stored.event.kind == "decided")
    named = [stored.event.facts["codes"] for stored in chain if "codes" in stored.event.facts]
    return Head(
        last.kind,
        first.by,
        str(facts.get("member", "M1")),
        due,
        takers[-1] if takers else None,
        numbers,
        last.by if last.kind == "decided" else None,
        tuple(named[-1]) if named and due else (),  # type: ignore[arg-type]
    )


def append(record: Record, request: str, *events: Event) -> None:
    """Append as `desk` does: the head is the rule's, for the events as they will stand."""
    from isodose.store.chain import links

    before = record.history(request)
    after = [*before, *links(request, events, before[-1] if before else None)]
    record.append(request, len(before), events, head=head_of(after))


def found(record: Record, wanted: Wanted) -> list[str]:
    return [one.request for one in worklist(record.database, wanted)]


def test_the_worklist_is_by_deadline_without_what_is_closed(record: Record) -> None:
    for request, days in (("PA-1", 7), ("PA-2", 3), ("PA-3", 14), ("PA-4", 3), ("PA-5", 1)):
        append(record, request, event(days=days))
    append(record, "PA-5", event("decided"))
    append(record, "PA-4", event("asked", by="nurse-2"))
    assert found(record, Wanted()) == ["PA-2", "PA-4", "PA-1", "PA-3"]
    assert found(record, Wanted(states=("asked",))) == ["PA-4"]
    assert found(record, Wanted(assigned="nurse-2")) == ["PA-4"]
    assert found(record, Wanted(unassigned=True)) == ["PA-2", "PA-1", "PA-3"]
    assert found(record, Wanted(due_before=NOON + timedelta(days=7))) == ["PA-2", "PA-4"]


def test_what_waits_for_an_answer_is_found_until_it_has_come_what_moved_last_first(record: Record) -> None:
    for seconds, request in enumerate(("PA-1", "PA-2", "PA-3", "PA-4")):
        append(record, request, event(after=seconds))
    append(record, "PA-2", event("noted", after=10))
    append(record, "PA-3", event("letter-written", after=10))
    asks = "submitted", "asked"
    assert unanswered(record.database, asks, "letter-written", NOON) == ["PA-2", "PA-4", "PA-1"]
    assert unanswered(record.database, asks, "letter-written", NOON + timedelta(seconds=3)) == ["PA-4"]
    assert unanswered(record.database, ("noted",), "letter-written", NOON) == ["PA-2"]
    append(record, "PA-3", event("asked", after=11))
    assert unanswered(record.database, asks, "letter-written", NOON) == ["PA-3", "PA-2", "PA-4", "PA-1"]


def test_each_state_is_counted(record: Record) -> None:
    for request, days in (("PA-1", 7), ("PA-2", 3), ("PA-3", 14)):
        append(record, request, event(days=days))
    append(record, "PA-3", event("asked", by="nurse-2"))
    assert counts(record.database) == {"submitted": 2, "asked": 1}
    assert counts(record.database, Wanted(due_before=NOON + timedelta(days=7))) == {"submitted": 1}


def test_pages_of_the_worklist_join_without_gap_or_overlap(record: Record) -> None:
    for number in range(7):
        append(record, f"PA-{number}", event(days=number // 3))
    whole = worklist(record.database)
    read = page = worklist(record.database, most=2)
    while page:
        page = worklist(record.database, after=page[-1], most=2)
        read = read + page
    assert read == whole
    assert len(whole) == 7


def test_what_a_practice_or_a_member_has_is_found_newest_first(record: Record) -> None:
    append(record, "PA-1", event(by="practice-7", member="M1"))
    append(record, "PA-2", event(by="practice-8", member="M1", after=1))
    append(record, "PA-3", event(by="practice-7", member="M2", after=2))
    append(record, "PA-1", event("decided", after=3))
    of_practice = newest(record.database, Wanted(practice="practice-7"))
    assert [one.request for one in of_practice] == ["PA-1", "PA-3"]
    assert [one.request for one in newest(record.database, Wanted(member="M1"))] == ["PA-1", "PA-2"]
    assert newest(record.database, Wanted(practice="practice-7"), after=of_practice[0]) == of_practice[1:]
    assert newest(record.database, Wanted(member="M3")) == []


def test_a_request_is_found_by_its_own_number_and_by_that_of_its_authorization(record: Record) -> None:
    append(record, "PA-1", event(days=3))
    append(record, "PA-1", event("decided", after=60))
    one = by_number(record.database, "PA-1")
    assert one
    assert (one.number, one.at, one.head.state, one.head.due) == (2, NOON + timedelta(minutes=1), "decided", None)
    assert by_number(record.database, one.head.authorizations[0]) == one
    assert by_number(record.database, "PA-2") is None


def test_without_a_new_head_a_request_stands_where_it_stood(record: Record) -> None:
    append(record, "PA-1", event(days=3))
    record.append("PA-1", 1, [event("looked-at", after=60)])
    one = by_number(record.database, "PA-1")
    assert one
    assert (one.number, one.head.state, one.head.due) == (2, "submitted", NOON + timedelta(days=3))


STEPS = st.lists(st.tuples(st.integers(1, 3), st.sampled_from([*OPEN, "decided", "withdrawn"])), max_size=12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_heads_are_always_what_the_events_say(record: Record, steps: list[tuple[int, str]]) -> None:
    for request, kind in steps:
        append(record, f"PA-{request}", event(kind))
    assert differing(record.database, head_of) == []


def test_heads_are_made_anew_from_the_events(record: Record) -> None:
    for request in ("PA-1", "PA-2", "PA-3"):
        append(record, request, event(days=3), event("decided"))
    right = newest(record.database, Wanted())
    damage_heads(
        record, "UPDATE head SET state = 'asked' WHERE request = 'PA-1'", "DELETE FROM head WHERE request = 'PA-2'"
    )
    assert differing(record.database, head_of) == ["PA-1", "PA-2"]
    assert rebuild(record.database, head_of) == 3
    assert differing(record.database, head_of) == []
    assert newest(record.database, Wanted()) == right


def test_a_refused_append_moves_no_head(record: Record) -> None:
    append(record, "PA-1", event(days=3))
    with pytest.raises(StaleError):
        record.append("PA-1", 0, [event("decided")], head=Head("decided"))
    assert differing(record.database, head_of) == []
