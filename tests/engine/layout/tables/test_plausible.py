"""What stands in a grid that is drawn is a table or not."""

from __future__ import annotations

from engine.layout.tables.grid import Grid, Span
from engine.layout.tables.plausible import is_comb, is_cut, is_filled

EDGES = [0.0, 1.0, 2.0, 3.0]
PLACES = {(row, column) for row in range(3) for column in range(3)}


def test_cells_that_all_go_from_top_to_bottom_are_the_panels_of_a_chart() -> None:
    panels = Grid(EDGES, EDGES, [Span(0, column, 3, 1) for column in range(3)])
    assert not is_filled(panels, PLACES, pictured=True)
    cells = Grid(EDGES, EDGES, [Span(row, column) for row, column in sorted(PLACES)])
    assert is_filled(cells, PLACES, pictured=True)


def test_cells_for_one_character_each_stay_such_where_a_dash_is_written() -> None:
    edges = [0.0, 400.0, 430.0, *[445.0 + 15.0 * cell for cell in range(9)]]
    assert is_comb(Grid([0.0, 20.0, 40.0], edges, []), 10.0)
    assert not is_comb(Grid([0.0, 20.0, 40.0], [0.0, 15.0, 30.0, 60.0, 90.0, 150.0], []), 10.0)


def test_sides_of_cells_that_run_through_words_are_not_drawn_for_them() -> None:
    edges = [0.0, 100.0, 200.0]
    words = [(10.0, 10.0 + 20 * line, 90.0, 20.0 + 20 * line) for line in range(4)]
    apart = Grid(edges, edges, [Span(row, column) for row in range(2) for column in range(2)])
    assert not is_cut(apart, words, 10.0)
    assert is_cut(apart, [*words, (60.0, 10.0, 140.0, 20.0)], 10.0)
    assert is_cut(apart, [*words, (10.0, 95.0, 90.0, 105.0)], 10.0)
    over_both = Grid(edges, edges, [Span(0, 0, 1, 2), Span(1, 0), Span(1, 1)])
    assert not is_cut(over_both, [*words, (60.0, 10.0, 140.0, 20.0)], 10.0)
