"""The cells of a grid tile it."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from engine.evidence import Rule
from engine.layout.tables.grid import Grid
from engine.layout.tables.lattice import lattices
from engine.layout.tables.rulings import rulings
from engine.reading.direction import Direction

UPRIGHT = Direction(0.0, False, [], [])
NUMBERS = st.floats(0, 8)
RULES = st.lists(st.builds(Rule, NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.just(0.01)), max_size=30)
STRAIGHT = st.lists(
    st.builds(
        lambda x, y, length, down: Rule(x, y, x if down else x + length, y + length if down else y, 0.01),
        st.integers(0, 6),
        st.integers(0, 6),
        st.integers(1, 6),
        st.booleans(),
    ),
    max_size=40,
)


def assert_tiled(grid: Grid) -> None:
    places = [
        (row, column)
        for span in grid.spans
        for row in range(span.row, span.row + span.row_span)
        for column in range(span.column, span.column + span.column_span)
    ]
    assert sorted(places) == [
        (row, column) for row in range(len(grid.rows) - 1) for column in range(len(grid.columns) - 1)
    ]
    assert grid.rows == sorted(grid.rows)
    assert grid.columns == sorted(grid.columns)


@given(st.one_of(RULES, STRAIGHT))
def test_whatever_lines_there_are_each_place_is_in_one_cell(rules: list[Rule]) -> None:
    for grid in lattices(rulings(rules, UPRIGHT, 0.15), 0.15):
        assert_tiled(grid)


def test_a_page_full_of_lines_takes_little_time() -> None:
    rules = [Rule(0, 0.001 * number, 8, 0.001 * number, 0.0) for number in range(10_000)]
    rules += [Rule(0.001 * number, 0, 0.001 * number, 8, 0.0) for number in range(10_000)]
    begin = time.process_time()
    lattices(rulings(rules, UPRIGHT, 0.001), 0.001)
    assert time.process_time() - begin < 5
