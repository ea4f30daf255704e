"""How far lines down a page lean is told by their ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scan.lean import Lean, lean

leans = st.builds(Lean, st.floats(-0.15, 0.15), st.floats(-0.15, 0.15))
places = st.floats(-0.7, 0.7)


@given(leans, places, places)
def test_points_are_upright_where_they_lean_from(found: Lean, x: float, y: float) -> None:
    there = found.leaning(np.array([x]), np.array([y]))
    assert found.upright(there, np.array([y])) == pytest.approx([x])


@given(leans)
def test_lines_and_a_few_others_tell_the_lean(leaning: Lean) -> None:
    x, y = np.linspace(-0.7, 0.7, 8), np.linspace(-0.8, -0.3, 8)
    starts = np.stack([leaning.leaning(x, y), y], axis=1)
    ends = np.stack([leaning.leaning(x, -y), -y], axis=1)
    starts[3], ends[3] = (0.0, 0.0), (0.05, 0.2)
    assert lean(np.stack([starts, ends], axis=1)) == pytest.approx(leaning, abs=0.02)


def test_without_lines_enough_nothing_leans() -> None:
    assert lean(np.array([[[0.0, 0.0], [0.05, 0.4]]])) == Lean()
    assert lean(np.empty((0, 2, 2))) == Lean()
    assert lean(np.array([[[0.0, 0.0], [0.5, 0.5]], [[0.0, 0.0], [0.5, 0.0]]])) == Lean()
