"""Events as values: what they take, how they are written, and that their hash is over all of it."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.events import NOON, event

from isodose.store.event import GENESIS, Event, canonical, instant_from, instant_text, link, whole_milliseconds

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | WORDS
FACTS = st.dictionaries(WORDS, st.recursive(LEAVES, lambda part: st.lists(part, max_size=4) | st.dictionaries(WORDS, part, max_size=4)), max_size=5)  # fmt: skip
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(whole_milliseconds)
EVENTS = st.builds(Event, st.sampled_from(["submitted", "asked", "decided"]), MOMENTS, st.sampled_from(["system", "dr-lee"]), FACTS)  # fmt: skip


def test_an_event_can_be_checked_with_nothing_but_sha_256() -> None:
    stored = link("PA-1", 1, event("asked", by="nurse-2", why="pelvis", lines=[1, None, True]), GENESIS)
    text = (
        f'["{GENESIS}","PA-1",1,"asked","2026-11-27T12:00:00.000Z","nurse-2",{{"lines":[1,null,true],"why":"pelvis"}}]'
    )
    assert stored.hash == hashlib.sha256(text.encode()).hexdigest()


@given(FACTS)
def test_facts_are_written_in_one_way(facts: dict[str, Any]) -> None:
    written = canonical(facts)
    assert json.loads(written) == facts
    assert canonical(json.loads(written)) == written
    assert canonical(dict(reversed(facts.items()))) == written


@given(EVENTS, EVENTS)
def test_other_events_have_other_hashes(one: Event, other: Event) -> None:
    same = link("PA-1", 1, one, GENESIS).hash == link("PA-1", 1, other, GENESIS).hash
    # 1 == True in Python, and is another fact
    assert same == (canonical([one.kind, instant_text(one.at), one.by, one.facts]) == canonical([other.kind, instant_text(other.at), other.by, other.facts]))  # fmt: skip


@given(EVENTS)
def test_request_number_and_place_are_in_the_hash(one: Event) -> None:
    places = [("PA-1", 1, GENESIS), ("PA-2", 1, GENESIS), ("PA-1", 2, GENESIS), ("PA-1", 1, "f" * 64)]
    assert len({link(request, number, one, previous).hash for request, number, previous in places}) == len(places)


@given(MOMENTS)
def test_a_moment_is_text_that_sorts_and_comes_back(at: datetime) -> None:
    assert instant_from(instant_text(at)) == at
    if at < datetime.max.replace(tzinfo=UTC) - timedelta(seconds=1):
        assert instant_text(at) < instant_text(at + timedelta(milliseconds=1))


def test_what_is_below_a_millisecond_is_cut_off() -> None:
    eastern = timezone(timedelta(hours=-5))
    assert whole_milliseconds(datetime(2026, 11, 27, 7, 0, 0, 1999, eastern)) == NOON + timedelta(milliseconds=1)


def test_facts_are_a_copy() -> None:
    given = {"lines": [1]}
    one = Event("asked", NOON, "nurse-2", given)
    given["lines"].append(2)
    assert one.facts == {"lines": [1]}


def test_tuples_and_named_words_become_lists_and_text() -> None:
    from isodose.guideline.outcome import Outcome

    assert event(outcome=Outcome.APPROVED, basis=("1", "1.h")).facts == {"outcome": "approved", "basis": ["1", "1.h"]}


DEEP: list[Any] = []
for _ in range(70):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"dose": 79.2}, "not float"),
        ({"on": NOON}, "not datetime"),
        ({"raw": b"x"}, "not bytes"),
        ({"codes": {"C61"}}, "not set"),
        ({1: "x"}, "a name in facts is text"),
        ({"n": 2**63}, "64 bits"),
        ({"text": "\ud800"}, "surrogate"),
        ({"deep": DEEP}, "64 deep"),
        (["x"], "an object"),
    ],
)
def test_facts_that_have_no_one_way_to_be_written_are_refused(facts: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Event("asked", NOON, "nurse-2", facts)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "Asked"}, "is not a kind of event"),
        ({"kind": ""}, "is not a kind of event"),
        ({"by": ""}, "`by` is one to 200 printable letters"),
        ({"by": " nurse"}, "`by` is one to 200"),
        ({"by": "nurse\n2"}, "`by` is one to 200"),
        ({"at": NOON.replace(tzinfo=None)}, "not in UTC"),
        ({"at": NOON.astimezone(timezone(timedelta(hours=1)))}, "not in UTC"),
        ({"at": NOON.replace(microsecond=1)}, "not in whole milliseconds"),
    ],
)
def test_an_event_that_nobody_could_read_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(event(), **change)


def test_a_request_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="`request` is one to 200"):
        link("PA\x00", 1, event(), GENESIS)
