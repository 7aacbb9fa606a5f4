"""What a front is: the points that nothing covers, how much they cover, and where its corners and its knee lie."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klaver.design.fronts import corners, covered, covers, knee, spread, undominated

TWO = st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=1, max_size=8)
THREE = st.lists(st.tuples(*[st.integers(-3, 3)] * 3), min_size=1, max_size=6)


@given(TWO | THREE)
def test_the_hypervolume_is_the_number_of_cells_that_some_point_covers(points: list[tuple[int, ...]]) -> None:
    reference = (-4,) * len(points[0])
    cells = product(*(range(r + 1, 7) for r in reference))
    assert covered(points, reference) == sum(any(covers(p, cell) for p in points) for cell in cells)


@given(TWO | THREE)
def test_nothing_on_a_front_covers_another_and_everything_is_covered(points: list[tuple[int, ...]]) -> None:
    front = undominated(points)
    assert all(any(covers(f, p) for f in front) for p in points)
    assert not any(covers(a, b) for a in front for b in front if a != b)


@given(TWO | THREE)
def test_no_point_is_better_in_an_objective_than_its_corner(points: list[tuple[int, ...]]) -> None:
    for objective, place in enumerate(corners(points)):
        assert points[place][objective] == max(p[objective] for p in points)


def test_the_knee_lies_farthest_beyond_the_line_between_the_corners() -> None:
    assert knee([(10, 0), (9, 6), (5, 8), (0, 10)]) == 1
    assert knee([(10, 0), (9, 6), (8, 9), (0, 10)]) == 2


@pytest.mark.parametrize("points", [[(10, 0), (5, 5), (0, 10)], [(10, 0), (2, 2), (0, 10)], [(3, 3)], [(4, 1), (2, 1)]])
def test_a_straight_or_hollow_front_has_no_knee(points: list[tuple[int, ...]]) -> None:
    assert knee(points) is None


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 20))
def test_floors_are_spread_from_one_end_to_the_other(first: int, last: int, many: int) -> None:
    made = spread(first, last, many)
    assert made[0] == first and len(made) <= max(many, 1) and len(set(made)) == len(made)
    assert many == 1 or made[-1] == last
    steps = [b - a for a, b in pairwise(made)]
    assert not steps or max(steps) - min(steps) <= 1
