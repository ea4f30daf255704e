"""Lines of a table that run on beyond its last line across make no column."""

from __future__ import annotations

import pytest

from engine.layout.tables.grid import Grid, Span
from engine.layout.tables.rulings import Ruling
from engine.layout.tables.sides import without_open_sides

# Two rows of four columns; a cell spans the last two, and one the first two.
GRID = Grid(
    [0, 20, 40],
    [0, 100, 200, 300, 400],
    [Span(0, 0), Span(0, 1), Span(0, 2, 1, 2), Span(1, 0, 1, 2), Span(1, 2), Span(1, 3)],
)
CLOSED = [Ruling(at, 0, 40) for at in (0, 100, 200, 300, 400)]
INNER = Grid([0, 20, 40], [100, 200, 300], [Span(0, 0), Span(0, 1), Span(1, 0), Span(1, 1)])


def test_sides_that_are_open_and_empty_are_left_out() -> None:
    assert without_open_sides(GRID, CLOSED[1:-1], [150, 250], 12) == INNER


@pytest.mark.parametrize(("down", "words"), [(CLOSED, [150, 250]), (CLOSED[1:-1], [50, 150, 250, 350])])
def test_sides_that_are_closed_or_hold_words_stay(down: list[Ruling], words: list[float]) -> None:
    assert without_open_sides(GRID, down, words, 12) is GRID


def test_a_grid_of_open_sides_alone_stays() -> None:
    grid = Grid([0, 20], [0, 100], [Span(0, 0)])
    assert without_open_sides(grid, [], [], 12) is grid
    assert without_open_sides(GRID, [], [], 12) is GRID
