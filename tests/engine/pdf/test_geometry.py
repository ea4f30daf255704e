"""User space becomes the page as displayed, whichever way it is turned."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.pdf.geometry import POINTS_PER_INCH, Frame

TURNS = st.integers(0, 3)
POINTS = st.floats(0, 500, width=32)
NEAR = 2e-4


def frame(turns: int) -> Frame:
    return Frame(left=10, bottom=20, right=622, top=812, quarter_turns=turns)


@given(TURNS, POINTS, POINTS)
def test_a_point_within_the_box_is_on_the_page(turns: int, x: float, y: float) -> None:
    width, height = frame(turns).size
    across, down = frame(turns).displayed(10 + x, 20 + y)
    assert 0 <= across <= width
    assert 0 <= down <= height


@given(POINTS, POINTS)
def test_four_quarter_turns_come_back(x: float, y: float) -> None:
    corners = [(10.0, 812.0), (10.0, 20.0), (622.0, 20.0), (622.0, 812.0)]
    for turns, corner in enumerate(corners):
        # Turned clockwise once, the bottom-left corner of user space is displayed at the top left.
        assert frame(turns).displayed(*corner) == (0.0, 0.0)
    upright, turned = frame(0).displayed(x, y), frame(2).displayed(x, y)
    assert upright[0] + turned[0] == pytest.approx(612 / POINTS_PER_INCH, abs=NEAR)
    assert upright[1] + turned[1] == pytest.approx(792 / POINTS_PER_INCH, abs=NEAR)


@given(TURNS, TURNS, POINTS, POINTS, st.floats(1, 100), st.floats(1, 20))
def test_a_quad_goes_clockwise_from_the_top_left_of_its_text(
    page_turns: int, text_turns: int, x: float, y: float, width: float, height: float
) -> None:
    left, bottom = 10 + x, 20 + y
    quad = frame(page_turns).upright_quad(left, bottom, left + width, bottom + height, text_turns)
    points = list(zip(quad[0::2], quad[1::2], strict=True))
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2
    # With y downwards, clockwise is positive.
    assert area == pytest.approx(width * height / POINTS_PER_INCH**2, rel=0.05, abs=1e-3)
    direction = math.degrees(math.atan2(points[1][1] - points[0][1], points[1][0] - points[0][0]))
    assert direction % 360 == pytest.approx(frame(page_turns).angle(-text_turns * math.pi / 2) % 360, abs=1e-6)


@given(TURNS, st.floats(-3.1, 3.1))
def test_an_angle_is_between_half_turns(turns: int, radians: float) -> None:
    assert -180 < frame(turns).angle(radians) <= 180


@given(st.floats(0.05, 1.5), st.integers(1, 12))
def test_a_slanted_quad_has_the_height_and_direction_of_its_text(radians: float, count: int) -> None:
    width, height = 6.0, 12.0
    cosine, sine = math.cos(radians), math.sin(radians)
    boxes = []
    for number in range(count):
        along = 100 + number * width
        corners = [(along + dx, dy) for dx in (0, width) for dy in (-height / 2, height / 2)]
        xs = [200 + u * cosine - v * sine for u, v in corners]
        ys = [200 + u * sine + v * cosine for u, v in corners]
        boxes.append((min(xs), min(ys), max(xs), max(ys)))
    quad = frame(0).slanted_quad(boxes, radians, height)
    length = math.hypot(quad[2] - quad[0], quad[3] - quad[1]) * POINTS_PER_INCH
    across = math.hypot(quad[4] - quad[2], quad[5] - quad[3]) * POINTS_PER_INCH
    assert across == pytest.approx(height, abs=0.1)
    assert length == pytest.approx(count * width, abs=0.1)
    assert math.atan2(quad[1] - quad[3], quad[2] - quad[0]) == pytest.approx(radians, abs=0.02)
