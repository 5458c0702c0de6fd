"""Whatever is sent, the reader answers with a request or says what it was sent; it never breaks."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isodose.determination.case import Coding
from isodose.fhir import NotARequestError, request_from_bundle
from isodose.guideline.facts import Fact

Json = dict[str, Any]
EXAMPLE = Path(__file__).parents[2] / "examples" / "pas-bundle.json"

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
ANYTHING = st.recursive(
    SCALARS | st.sampled_from(["Claim/imrt-prostate", "#", "#x", "Patient/edwin-marsh", "Bundle"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["reference", "coding", "code", "system", "value", "url", "extension", "id"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
DELETE = object()
CHANGES = st.lists(
    st.tuples(st.integers(min_value=0), st.just(DELETE) | ANYTHING | st.integers(0, 10**6)),
    min_size=1,
    max_size=6,
)
MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(value: object) -> Iterator[tuple[Any, Any]]:
    """Each place in a JSON value: its container and its key."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        yield value, key
        yield from places(value[key])  # type: ignore[index]


def changed(bundle: Json, changes: list[tuple[int, object]]) -> Json:
    """The bundle with parts deleted or replaced, one after the other."""
    result = copy.deepcopy(bundle)
    for number, new in changes:
        found = list(places(result))
        if not found:
            break
        container, key = found[number % len(found)]
        if new is DELETE:
            del container[key]
        else:
            container[key] = copy.deepcopy(new)
    return result


def read_anyhow(bundle: object, facts: dict[str, Fact]) -> None:
    """Read it; if it is a request, its shape is that of a request."""
    before = repr(bundle)
    try:
        request: Json = request_from_bundle(bundle, facts, {"PLAN-001": "ma-hmo"})
    except NotARequestError as error:
        message = str(error)
    else:
        message = "this is a request"
        check_shape(request)
    assert message.startswith("this ")
    assert "\n" not in message
    assert repr(bundle) == before


def check_shape(request: Json) -> None:
    json.dumps(request)
    assert request["lines"]
    numbers = [line["line"] for line in request["lines"]]
    assert len(set(numbers)) == len(numbers)
    for line in request["lines"]:
        assert isinstance(line["procedure_code"], str | Coding | None)
        assert isinstance(line["date_of_service"], str | None)
        assert all(isinstance(code, str) for code in line["diagnosis_codes"])
        assert all(isinstance(note, str) for note in line.get("notes", []))


@MANY
@given(changes=CHANGES)
def test_our_example_in_pieces(changes: list[tuple[int, object]], facts: dict[str, Fact]) -> None:
    read_anyhow(changed(json.loads(EXAMPLE.read_text("utf-8")), changes), facts)


@pytest.mark.slow
@settings(MANY, max_examples=40)
@given(changes=CHANGES)
def test_every_example_in_pieces(
    pas_example: Path,
    changes: list[tuple[int, object]],
    facts: dict[str, Fact],
    load: Callable[[Path], Json],
) -> None:
    read_anyhow(changed(load(pas_example), changes), facts)


@MANY
@given(value=ANYTHING)
def test_any_json(value: object, facts: dict[str, Fact]) -> None:
    read_anyhow(value, facts)
    read_anyhow({"resourceType": "Bundle", "entry": value}, facts)
    read_anyhow(
        {
            "resourceType": "Bundle",
            "entry": [{"resource": {"resourceType": "Claim", "item": value}}],
        },
        facts,
    )


@pytest.mark.slow
def test_one_element_of_the_wrong_shape_at_a_time(facts: dict[str, Fact]) -> None:
    """Every element of the example in turn: gone, null, a number, an empty object, an empty list."""
    bundle = json.loads(EXAMPLE.read_text("utf-8"))
    for number in range(len(list(places(bundle)))):
        for new in (DELETE, None, 0, "", {}, [], [None], {"": []}, True):
            read_anyhow(changed(bundle, [(number, new)]), facts)


def test_references_in_a_circle(pas_bundle: Callable[..., Json], facts: dict[str, Fact]) -> None:
    reason = {"reasonReference": [{"reference": "ServiceRequest/order"}, {"reference": "Condition/a"}]}
    circle = {
        "resourceType": "Condition",
        "id": "a",
        "evidence": [{"detail": [{"reference": "Condition/a"}]}],
    }
    contained = [{"resourceType": "Condition", "id": "x", "subject": {"reference": "#x"}}]
    stated = [{"sequence": 1, "diagnosisReference": {"reference": "#x"}}]
    claim = {"contained": contained, "diagnosis": stated, "patient": {"reference": "#"}}
    read_anyhow(pas_bundle(order=reason, claim=claim, circle=circle), facts)


def test_deep_nesting(pas_bundle: Callable[..., Json], facts: dict[str, Fact]) -> None:
    deep: Json = {}
    for _ in range(900):
        deep = {"url": "x", "extension": [deep]}
    bundle = pas_bundle(order={"extension": [deep]}, claim={"extension": [deep]})
    assert len(request_from_bundle(bundle, facts, {})["lines"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [2_000])
def test_many_items_are_read_in_one_pass(size: int, pas_bundle: Callable[..., Json], facts: dict[str, Fact]) -> None:
    items = [{"sequence": number} for number in range(size, 0, -1)]
    request: Json = request_from_bundle(pas_bundle(claim={"item": items}), facts, {})
    assert [line["line"] for line in request["lines"]] == list(range(size, 0, -1))
