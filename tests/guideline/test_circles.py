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
