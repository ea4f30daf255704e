"""Points go from a bent page to the flat one and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.bow import Bow
from engine.reading.direction import Direction

shares = st.lists(st.tuples(st.floats(-8, 8), st.floats(-8, 8)), min_size=2, max_size=2).map(np.array)
points = st.lists(st.tuples(st.floats(-500, 1500), st.floats(-500, 1500)), min_size=1, max_size=9).map(np.array)


def bow(down: object, across: object) -> Bow:
    return Bow(np.array((500.0, 500.0)), np.array((400.0, 400.0)), np.array(down), np.array(across))


@given(shares, shares, points)
def test_flat_and_bent_undo_each_other(down: object, across: object, there: np.ndarray) -> None:
    found = bow(down, across)
    assert found.flat(found.bowed(there)) == pytest.approx(there, abs=0.5)


def test_lines_bow_more_where_their_share_grows() -> None:
    bowed = bow([(0.0, 0.0), (20.0, 10.0)], [(0.0, 0.0)])
    middle, edge, lower, beyond = bowed.bowed(np.array([(500, 500), (900, 500), (900, 900), (1300, 900)], float))
    assert middle.tolist() == [500, 500]
    assert edge == pytest.approx((900, 520.5), abs=0.2)
    assert lower == pytest.approx((900, 930), abs=0.2)
    assert beyond == pytest.approx((1300, 930), abs=0.2)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("angle", [0.0, 30.0, 180.0])
def test_quads_of_a_bent_page_come_back_as_boxes(angle: float, mirrored: bool) -> None:
    direction = Direction(angle, mirrored, [], [], bow([(3.0, 1.0), (20.0, 10.0)], [(9.0, 2.0), (0.0, 0.0)]))
    box = (300.0, 400.0, 800.0, 450.0)
    assert direction.around(direction.quad(*box)) == pytest.approx(box, abs=0.1)
