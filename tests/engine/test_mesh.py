"""A mesh maps the flat page to the image as sent, and draws it flat."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mesh import Mesh, Points

sides = st.integers(50, 3000)
share = st.floats(0, 1)


def bent(width: float, height: float, aside: float = 0.1, angle: float = 0.0) -> Mesh:
    """A page that lies in an image of its own size, its lines bent down by a share of its height at most."""
    x, y = np.meshgrid(np.linspace(0, width, 33), np.linspace(0, height, 33))
    nodes: Points = np.stack([x, y + aside * height * np.sin(math.pi * x / width)], axis=2)
    return Mesh(width, height, nodes, (width, height), angle)


@given(sides, sides, share, share, st.floats(-0.2, 0.2))
def test_points_are_where_the_page_bends(width: int, height: int, across: float, down: float, aside: float) -> None:
    x, y = across * width, down * height
    ((sent_x, sent_y),) = bent(width, height, aside).points(np.array([[x, y]]))
    assert sent_x == pytest.approx(x, abs=1e-6)
    assert sent_y == pytest.approx(y + aside * height * math.sin(math.pi * across), abs=0.002 * height)


def test_beside_the_page_it_goes_on_as_at_its_edge() -> None:
    assert bent(100, 100).points(np.array([[50.0, -10.0], [50.0, 110.0]])) == pytest.approx(
        np.array([[50.0, 0.0], [50.0, 120.0]]), abs=0.1
    )


@given(st.integers(10, 289), st.integers(10, 189))
def test_what_is_drawn_flat_stands_in_the_image_where_its_points_say(x: int, y: int) -> None:
    sent = np.full((240, 300, 3), 255, np.uint8)
    mesh = bent(300, 200)
    ((at_x, at_y),) = mesh.points(np.array([[x, y]], np.float64))
    sent[round(at_y) - 2 : round(at_y) + 3, max(0, round(at_x) - 2) : round(at_x) + 3] = 0
    rows, columns = np.nonzero(mesh.upright(sent)[:, :, 0] < 128)
    assert math.dist((columns.mean() + 0.5, rows.mean() + 0.5), (x, y)) < 2


def test_a_page_that_is_flat_already_is_drawn_as_it_is_however_few_its_nodes() -> None:
    sent = np.random.default_rng(1).integers(0, 255, (700, 500, 3), dtype=np.uint8)
    nodes = np.array([[[0.0, 0.0], [500.0, 0.0]], [[0.0, 700.0], [500.0, 700.0]]])
    assert np.array_equal(Mesh(500, 700, nodes, (500, 700), 0.0).upright(sent), sent)


@given(share, share)
def test_a_part_of_it_lies_where_it_lay(across: float, down: float) -> None:
    whole, inside = bent(400, 300), np.array([[across * 100, down * 200]])
    part = whole.part(50, 20, 150, 220)
    assert (part.width, part.height, part.sent) == (100, 200, whole.sent)
    assert part.points(inside) == pytest.approx(whole.points(inside + np.array([50, 20])), abs=0.3)


@given(st.floats(0.001, 2), share, share)
def test_in_another_unit_it_is_the_same(factor: float, across: float, down: float) -> None:
    mesh = bent(400, 300)
    points = np.array([[across * 400, down * 300]])
    assert mesh.scaled(factor).points(points * factor) == pytest.approx(mesh.points(points) * factor)
    assert mesh.scaled(factor).sent == (400 * factor, 300 * factor)


@pytest.mark.parametrize(("angle", "flat", "sent"), [(0, 90, 90), (170, 20, -170), (90, 90, 180), (-90, -90, 180)])
def test_directions_turn_with_the_content(angle: float, flat: float, sent: float) -> None:
    assert bent(10, 10, 0.0, angle).direction(flat) == sent
