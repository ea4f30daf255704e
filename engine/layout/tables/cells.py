"""The words of a table in its cells."""

from __future__ import annotations

from engine.layout.tables.grid import Grid
from engine.layout.tables.kinds import kinds
from engine.reading.direction import Direction
from engine.reading.page import Cell, Table
from engine.reading.read import paragraphs_of


def table(grid: Grid, direction: Direction, places: dict[int, tuple[int, int]]) -> Table:
    """A table of words of a direction; `places`: row and column of each, by its index in the direction."""
    owners = {
        (row, column): number
        for number, span in enumerate(grid.spans)
        for row in range(span.row, span.row + span.row_span)
        for column in range(span.column, span.column + span.column_span)
    }
    held: list[list[int]] = [[] for _ in grid.spans]
    for index in sorted(places):
        held[owners[places[index]]].append(index)
    parts = [direction.part(indices) for indices in held]
    cells = [
        Cell(
            span.row,
            span.column,
            direction.quad(*grid.box_of(span)),
            tuple(paragraphs_of(part)),
            span.row_span,
            span.column_span,
            kind,
        )
        for span, part, kind in zip(grid.spans, parts, kinds(grid, parts), strict=True)
    ]
    return Table(direction.quad(*grid.box), len(grid.rows) - 1, len(grid.columns) - 1, tuple(cells))
