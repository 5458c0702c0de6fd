"""Whatever is done to the events of a chain, the first that is not as it was is found; an untouched chain holds."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.store.events import event

from isodose.store.chain import Fault, Wrong, first_fault, links
from isodose.store.event import Event, Stored

EVENTS = st.builds(
    event, st.sampled_from(["asked", "answered", "decided"]), after=st.integers(0, 9), dose=st.integers(0, 9)
)
CHAINS = st.lists(EVENTS, min_size=2, max_size=6, unique_by=repr)


def chain(events: list[Event]) -> list[Stored]:
    return list(links("PA-1", events, None))


def fault(stored: list[Stored]) -> Fault:
    found = first_fault(stored)
    assert found
    return found


@given(CHAINS)
def test_an_untouched_chain_holds_however_it_grew(events: list[Event]) -> None:
    whole = chain(events)
    assert first_fault(whole) is None
    assert whole == [*chain(events[:1]), *links("PA-1", events[1:], whole[0])]


@given(CHAINS, st.data())
def test_a_changed_event_is_the_first_fault(events: list[Event], data: st.DataObject) -> None:
    whole = chain(events)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(EVENTS.filter(lambda one: one != events[place]))
    whole[place] = replace(whole[place], event=other)
    assert fault(whole) == Fault("PA-1", place + 1, Wrong.CHANGED, "it does not fit its hash")


@given(CHAINS, st.data())
def test_a_removed_event_is_the_first_fault(events: list[Event], data: st.DataObject) -> None:
    whole = chain(events)
    place = data.draw(st.integers(0, len(whole) - 2))
    del whole[place]
    assert (fault(whole).number, fault(whole).wrong) == (place + 1, Wrong.REMOVED)


@given(CHAINS, st.data())
def test_two_events_that_changed_places_are_found_at_the_first(events: list[Event], data: st.DataObject) -> None:
    whole = chain(events)
    first, second = sorted(data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=2, max_size=2, unique=True)))
    one, other = whole[first], whole[second]
    whole[first], whole[second] = replace(other, number=one.number), replace(one, number=other.number)
    assert (fault(whole).number, fault(whole).wrong) == (first + 1, Wrong.REORDERED)


@given(CHAINS, st.data())
def test_an_event_of_another_request_does_not_fit(events: list[Event], data: st.DataObject) -> None:
    whole = chain(events)
    place = data.draw(st.integers(0, len(whole) - 1))
    moved = list(links("PA-2", events, None))[place]
    whole[place] = replace(moved, request="PA-1")
    assert fault(whole).number == place + 1


@given(CHAINS)
def test_what_only_a_checkpoint_can_find(events: list[Event]) -> None:
    assert first_fault(chain(events)[:-1]) is None
    assert first_fault(chain([event("forged"), *events])) is None


def test_a_fault_says_where_and_why() -> None:
    [first, _, third] = chain([event(), event("asked"), event("decided")])
    assert str(first_fault([first, third])) == "PA-1: event 2 was removed: the next one is event 3"


def test_damage_of_any_field_is_found() -> None:
    whole = chain([event(), event("asked")])
    changes: list[dict[str, Any]] = [{"number": 3}, {"previous": "f" * 64}, {"hash": "f" * 64}, {"request": "PA-2"}]
    for change in changes:
        assert fault([whole[0], replace(whole[1], **change)]).number == 2
