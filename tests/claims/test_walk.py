"""Units drawn one line after the other."""

from isodose.claims.walk import Drawing, drawn_by


def places(*lines: Drawing, **limits: int | None) -> list[int | None]:
    return [one.drawn for one in drawn_by(lines, {int(place[1:]): limit for place, limit in limits.items()})]


def test_a_line_that_does_not_fit_draws_nothing_and_a_smaller_one_may() -> None:
    lines = [Drawing(1, 2, (1,)), Drawing(2, 2, (1,)), Drawing(3, 1, (1,)), Drawing(4, 1, (1,))]
    assert places(*lines, _1=3) == [1, None, 1, None]


def test_a_line_draws_from_one_authorization_alone() -> None:
    assert places(Drawing(1, 3, (1, 2)), _1=2, _2=2) == [None]


def test_the_next_is_drawn_from_where_the_first_has_too_little() -> None:
    assert places(Drawing(1, 2, (1, 2)), Drawing(2, 2, (1, 2)), _1=3, _2=2) == [1, 2]


def test_without_a_limit_there_is_always_enough() -> None:
    assert places(Drawing(1, 99, (1,)), Drawing(2, None, (1,)), _1=None) == [1, 1]


def test_what_needs_nothing_fits_where_nothing_is_left() -> None:
    assert places(Drawing(1, 0, (1,)), _1=0) == [1]


def test_units_that_nobody_knows_decide_while_some_are_left() -> None:
    lines = [Drawing(1, None, (1,)), Drawing(2, 1, (1,)), Drawing(3, None, (1,))]
    drawn = list(drawn_by(lines, {1: 1}))
    assert [one.is_open for one in drawn] == [True, False, False]
    assert [one.drawn for one in drawn] == [None, 1, None]


def test_a_provider_that_nobody_knows_decides_while_enough_is_left() -> None:
    drawn = list(drawn_by([Drawing(1, 2, (), (1,)), Drawing(2, 4, (), (1,))], {1: 3}))
    assert [(one.is_open, one.most, one.left) for one in drawn] == [(True, 1, 3), (False, 1, 3)]


def test_most_left_is_told_where_nothing_fits() -> None:
    [drawn] = drawn_by([Drawing(1, 9, (1, 2, 3))], {1: 2, 2: 5, 3: 5})
    assert (drawn.most, drawn.left) == (2, 5)


def test_an_authorization_that_was_changed_counts_what_was_drawn_before_the_change() -> None:
    """Places 1 and 2 are its days before and after; it was reduced from five units to three, of which two are gone."""
    lines = [Drawing(1, 2, (1,)), Drawing(2, 2, (2,)), Drawing(3, 1, (2,)), Drawing(4, 1, (2,))]
    drawn = list(drawn_by(lines, {1: 5, 2: 3}, {1: 1, 2: 1}))
    assert [one.drawn for one in drawn] == [1, None, 2, None]
    assert [one.left for one in drawn] == [None, 1, None, 0]


def test_what_was_drawn_beyond_a_reduction_leaves_nothing() -> None:
    [_, after] = drawn_by([Drawing(1, 5, (1,)), Drawing(2, 1, (2,))], {1: 5, 2: 3}, {1: 1, 2: 1})
    assert (after.drawn, after.left) == (None, 0)
