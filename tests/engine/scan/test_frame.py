"""Quads go from the upright image back to the page as sent, whatever its turn and skew."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.evidence import Quad
from engine.scan.frame import Frame, normalized
from tests.engine.images import marked

turns = st.integers(0, 3)
skews = st.floats(-15, 15).map(lambda skew: round(skew, 1))


def direction(quad: Quad) -> float:
    """Clockwise degrees of the upper side."""
    return math.degrees(math.atan2(quad[3] - quad[1], quad[2] - quad[0]))


@given(turns, skews, st.integers(50, 5000), st.integers(50, 5000))
def test_a_box_keeps_its_size_and_runs_at_the_angle_of_the_frame(
    turn: int, skew: float, width: int, height: int
) -> None:
    frame = Frame(width, height, turn, skew)
    quad = frame.quad((10, 10, 40, 10, 40, 20, 10, 20))
    points = [complex(x, y) for x, y in zip(quad[0::2], quad[1::2], strict=True)]
    sides = [abs(points[(i + 1) % 4] - points[i]) for i in range(4)]
    assert sides == pytest.approx([30, 10, 30, 10], abs=0.05)
    assert normalized(direction(quad) - frame.angle) == pytest.approx(0, abs=0.05)
    area = sum(points[i].real * points[(i + 1) % 4].imag - points[(i + 1) % 4].real * points[i].imag for i in range(4))
    assert area > 0, "clockwise, as y grows downwards"


@given(turns, skews, st.integers(0, 299), st.integers(0, 199))
def test_a_point_of_the_page_goes_there_and_back(turn: int, skew: float, x: int, y: int) -> None:
    page = np.full((200, 300, 3), 255, np.uint8)
    page[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3] = 0
    frame = Frame(300, 200, turn, skew)
    rows, columns = np.nonzero(frame.upright(page)[:, :, 0] < 128)
    u, v = columns.mean() + 0.5, rows.mean() + 0.5
    back = frame.quad((u, v, u, v, u, v, u, v))
    seen_y, seen_x = (places.mean() + 0.5 for places in np.nonzero(page[:, :, 0] == 0))
    assert math.dist(back[:2], (seen_x, seen_y)) < 1.5


@pytest.mark.parametrize("turn", range(4))
def test_the_upright_image_is_the_page_as_it_was_before_it_was_turned(turn: int) -> None:
    page = marked()
    sent = np.asarray(page.rotate(-90 * turn, expand=True))
    assert np.array_equal(Frame(sent.shape[1], sent.shape[0], turn, 0.0).upright(sent), np.asarray(page))


def test_the_upright_image_holds_the_whole_page() -> None:
    page = Image.new("RGB", (300, 200), "black")
    upright = Frame(300, 200, 0, 10.0).upright(np.asarray(page))
    assert (upright[0].min(), upright[-1].min()) < (255, 255)
    assert np.count_nonzero(upright[:, :, 0] == 0) == pytest.approx(300 * 200, rel=0.02)
    assert tuple(upright[0, 0]) == (255, 255, 255)


@pytest.mark.parametrize(("degrees", "same"), [(0, 0), (180, 180), (-180, 180), (270, -90), (359.999, 0), (-0.5, -0.5)])
def test_angles_are_above_minus_180_and_at_most_180(degrees: float, same: float) -> None:
    assert normalized(degrees) == same
