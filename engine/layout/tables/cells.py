"""The words of a table in its cells."""

from __future__ import annotations

import msgspec

from engine.layout.tables.grid import Grid
from engine.layout.tables.kinds import kinds
from engine.reading.direction import Direction
from engine.reading.page import Cell, Table
from engine.reading.read import paragraphs_of

Parts = dict[tuple[int, int], list[Direction]]
"""What stands at places of a grid (row and column), by the direction of the words."""


def table(grid: Grid, direction: Direction, inside: Parts, headers: frozenset[tuple[int, int]] | None = None) -> Table:
    """A table whose grid is in the frame of a direction. `headers`: places of cells that are stated to be headers."""
    owners = grid.owners()
    held: list[list[Direction]] = [[] for _ in grid.spans]
    for place in sorted(inside):
        held[owners[place]] += inside[place]
    parts = [_together(found) for found in held]
    cells = [
        Cell(
            span.row,
            span.column,
            direction.quad(*grid.box_of(span)),
            tuple([paragraph for one in part for paragraph in paragraphs_of(one)]),
            span.row_span,
            span.column_span,
            kind,
        )
        for span, part, kind in zip(grid.spans, parts, kinds(grid, parts, headers), strict=True)
    ]
    return Table(direction.quad(*grid.box), len(grid.rows) - 1, len(grid.columns) - 1, tuple(cells))


def _together(found: list[Direction]) -> list[Direction]:
    """The words of each direction once, in the order of their source."""
    parts: dict[float, Direction] = {}
    for one in found:
        part = parts.get(one.angle)
        parts[one.angle] = msgspec.structs.replace(
            one, words=[*(part.words if part else ()), *one.words], boxes=[*(part.boxes if part else ()), *one.boxes]
        )
    return list(parts.values())
