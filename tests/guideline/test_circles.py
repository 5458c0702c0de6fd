"""Names that refer to themselves, found once each."""

import pytest

from isodose.guideline.circles import circles


@pytest.mark.parametrize(
    ("refers", "found"),
    [
        ({}, []),
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
        ({"a": ["a"]}, [("a",)]),
        ({"a": ["b"], "b": ["a"]}, [("a", "b")]),
        ({"b": ["a"], "a": ["b"]}, [("b", "a")]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [("b", "c")]),
        ({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, [("a", "b"), ("a", "c")]),
        ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["d"]}, [("a", "b", "c"), ("d",)]),
        ({"a": ["elsewhere"]}, []),
    ],
)
def test_circles_start_at_their_first_name(refers: dict[str, list[str]], found: list[tuple[str, ...]]) -> None:
    assert circles(refers) == found


def test_many_ways_to_the_same_name_take_no_time() -> None:
    """Forty layers of two names, each naming both of the next: a million million paths."""
    refers = {f"{side}{layer}": [f"a{layer + 1}", f"b{layer + 1}"] for layer in range(40) for side in ("a", "b")}
    assert circles(refers) == []
