"""Pages whose lines are not parallel or not straight are made flat; others stay as they are."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.mesh import Mesh
from engine.ocr.detect import Box
from engine.scan.bend import straightened as straightened_by
from engine.scan.frame import Frame

WIDTH, HEIGHT, SIZE = 1000, 1400, 20.0
HEIGHTS = range(200, 1300, 50)
Course = Callable[[float, float], float]
"""The height, at x, of the line that is at a height in the middle of the page."""


def line(at: float, course: Course, left: float = 100.0, right: float = 900.0) -> Box:
    xs = np.linspace(left, right, 20)
    points = tuple((float(x), course(float(x), at)) for x in xs)
    angle = math.degrees(math.atan2(points[-1][1] - points[0][1], right - left))
    return Box(500.0, points[10][1], right - left, SIZE, angle, points)


def page(course: Course) -> list[Box]:
    return [line(at, course) for at in HEIGHTS]


def converging(share: float) -> Course:
    """Lines that meet, in the middle of the page's height, a page taken from aside."""
    return lambda x, at: HEIGHT / 2 + (at - HEIGHT / 2) * (1 + share * (x - WIDTH / 2) / WIDTH)


def curled(share: float) -> Course:
    return lambda x, at: at + share * WIDTH * math.cos(math.pi * (x / WIDTH - 0.5))


FRAME = Frame(WIDTH, HEIGHT, 0, 0.0)


def straightened(frame: Frame, boxes: list[Box]) -> Frame | Mesh:
    """As it is by lines of text alone."""
    return straightened_by(frame, np.full((64, 64, 3), 255, np.uint8), boxes)


@pytest.mark.parametrize(
    "course",
    [lambda x, at: at, converging(0.005), curled(0.004)],
    ids=["straight", "hardly converging", "hardly curled"],
)
def test_a_flat_page_keeps_its_frame(course: Course) -> None:
    assert straightened(FRAME, page(course)) == FRAME


@pytest.mark.parametrize("seed", range(3))
def test_lines_that_are_off_without_order_bend_no_page(seed: int) -> None:
    random = np.random.default_rng(seed)
    slopes = {at: random.normal(0, 0.01) for at in HEIGHTS}
    assert straightened(FRAME, page(lambda x, at: at + slopes[round(at)] * (x - 500))) == FRAME


@settings(max_examples=20)
@given(st.one_of(st.floats(0.1, 0.4).map(converging), st.floats(0.02, 0.06).map(curled)), st.integers(0, 3))
def test_lines_are_level_on_the_flat_page(course: Course, turns: int) -> None:
    frame = Frame(WIDTH, HEIGHT, turns, 0.0) if turns % 2 == 0 else Frame(HEIGHT, WIDTH, turns, 0.0)
    mesh = straightened(frame, page(course))
    assert isinstance(mesh, Mesh)
    for share in (0.3, 0.5, 0.7):
        level = np.array([[x, share * mesh.height] for x in np.linspace(0.2, 0.8, 7) * mesh.width])
        seen = np.array([_upright(point, frame) for point in mesh.points(level)])
        at = float(np.interp(500.0, seen[:, 0], seen[:, 1])) - (course(500.0, 700.0) - 700.0)
        assert seen[:, 1] == pytest.approx([course(x, at) for x in seen[:, 0]], abs=0.25 * SIZE)


def _upright(sent: np.ndarray[tuple[int], np.dtype[np.float64]], frame: Frame) -> tuple[float, float]:
    x, y = float(sent[0]), float(sent[1])
    return ((x, y), (y, frame.width - x), (frame.width - x, frame.height - y), (frame.height - y, x))[frame.turns]


@pytest.mark.parametrize("degrees", [-20, 5, 18])
def test_a_page_further_off_than_its_skew_says_is_turned_on(degrees: float) -> None:
    slope = math.tan(math.radians(degrees))
    boxes = [line(at, lambda x, at: at + slope * (x - 500), 200, 800) for at in HEIGHTS]
    found = straightened(Frame(WIDTH, HEIGHT, 1, 2.0), boxes)
    assert isinstance(found, Frame)
    assert (found.turns, found.skew) == (1, pytest.approx(2 + degrees, abs=0.2))


def test_the_direction_of_a_few_lines_says_nothing() -> None:
    assert straightened(FRAME, page(converging(0.3))[:4]) == FRAME
    assert straightened(FRAME, []) == FRAME
    assert straightened(FRAME, [box._replace(course=()) for box in page(converging(0.3))]) == FRAME


def test_lines_across_the_others_have_no_say() -> None:
    across = [box._replace(angle=45.0) for box in page(converging(0.4))]
    assert straightened(FRAME, page(lambda x, at: at) + across) == FRAME


def test_a_page_that_would_fold_stays_as_it_is() -> None:
    assert straightened(FRAME, page(converging(1.9))) == FRAME


def test_a_page_on_a_desk_is_flat_when_its_sides_meet() -> None:
    picture = np.full((HEIGHT, WIDTH, 3), (60, 50, 40), np.uint8)
    cv2.fillPoly(
        picture, [np.array([[130, 150], [870, 150], [970, 1350], [30, 1350]], np.int32)], (255, 255, 255), cv2.LINE_AA
    )
    mesh = straightened_by(FRAME, picture, page(lambda x, at: at))
    assert isinstance(mesh, Mesh)
    upright = mesh.upright(picture)[:, :, 0] > 128
    at_top, at_foot = (upright[round(share * len(upright))].nonzero()[0] for share in (0.2, 0.8))
    assert (at_top[0], at_top[-1]) == pytest.approx((at_foot[0], at_foot[-1]), abs=0.01 * mesh.width)


def test_a_page_on_a_desk_that_lies_straight_keeps_its_frame() -> None:
    picture = np.full((HEIGHT, WIDTH, 3), (60, 50, 40), np.uint8)
    picture[150:1350, 60:940] = 255
    assert straightened_by(FRAME, picture, page(lambda x, at: at)) == FRAME
