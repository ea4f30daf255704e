"""Sides of a grid beyond its last line across, where the lines along it only run on."""

from __future__ import annotations

from collections.abc import Sequence

from engine.layout.tables.grid import Grid, Span
from engine.layout.tables.rulings import Ruling

# In font sizes: how far from the end of a grid a line closes it.
_OFF = 0.8


def without_open_sides(grid: Grid, down: Sequence[Ruling], words: Sequence[float], size: float) -> Grid:
    """The grid without a first or last column that no line closes and where nothing stands.

    `down`: the lines across the text. `words`: where the middles of the words of the grid are along it.
    """
    if not words:
        return grid
    start, end = 0, len(grid.columns) - 1
    if _is_open(grid, start, down, size) and not any(at < grid.columns[1] for at in words):
        start += 1
    if _is_open(grid, end, down, size) and not any(at > grid.columns[-2] for at in words):
        end -= 1
    if end <= start or end - start == len(grid.columns) - 1:
        return grid
    spans = []
    for span in grid.spans:
        first, last = max(span.column, start), min(span.column + span.column_span, end)
        if last > first:
            spans.append(Span(span.row, first - start, span.row_span, last - first))
    return Grid(grid.rows, grid.columns[start : end + 1], spans)


def _is_open(grid: Grid, column: int, down: Sequence[Ruling], size: float) -> bool:
    at, top, bottom = grid.columns[column], grid.rows[0], grid.rows[-1]
    return not any(abs(line.at - at) <= _OFF * size and line.start < bottom and line.end > top for line in down)
