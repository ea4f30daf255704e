"""Grids of lines that cross or meet each other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.layout.tables.grid import Grid, tiled
from engine.layout.tables.rulings import Ruling, Rulings, levels

# In font sizes: how far lines that meet may be apart, how far the pieces of one line may be off it, and the
# least that a row or column measures: double lines have no row between them.
_MEET, _OFF, _LEAST = 0.4, 0.4, 0.8
# In font sizes: what is narrower is a symbol.
_NARROWEST = 5.0
# A side of a cell is drawn when lines cover this share of it.
_COVERED = 0.6
#: Grids with more rows or columns are patterns.
MAX_LINES = 400


def lattices(found: Rulings, size: float) -> list[Grid]:
    """The grids of a page whose text is `size` high, wide enough for words; a frame is one of one cell."""
    grids = []
    for along, down in _connected(found, _MEET * size):
        grid = _grid(along, down, size)
        if grid and grid.columns[-1] - grid.columns[0] >= _NARROWEST * size:
            grids.append(grid)
    return grids


def _connected(found: Rulings, reach: float) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines parted into sets that meet each other."""
    if not found.along or not found.down:
        return []
    along, down = np.array(found.along), np.array(found.down)
    meets: NDArray[np.bool_] = (
        (along[:, None, 1] - reach <= down[None, :, 0])
        & (down[None, :, 0] <= along[:, None, 2] + reach)
        & (down[None, :, 1] - reach <= along[:, None, 0])
        & (along[:, None, 0] <= down[None, :, 2] + reach)
    )
    sets = []
    free = np.ones(len(along), np.bool_)
    for first in range(len(along)):
        if not free[first]:
            continue
        mine = np.zeros(len(along), np.bool_)
        mine[first] = True
        while True:
            free &= ~mine
            theirs = meets[mine].any(axis=0)
            more = meets[:, theirs].any(axis=1) & free
            if not more.any():
                break
            mine |= more
        if theirs.any():
            sets.append(([found.along[i] for i in np.nonzero(mine)[0]], [found.down[i] for i in np.nonzero(theirs)[0]]))
    return sets


def _grid(along: list[Ruling], down: list[Ruling], size: float) -> Grid | None:
    rows = _edges(along, down, size)
    columns = _edges(down, along, size)
    if not (2 <= len(rows) <= MAX_LINES and 2 <= len(columns) <= MAX_LINES):
        return None
    below = _drawn(along, rows, columns, size)
    beside = _drawn(down, columns, rows, size)
    spans = tiled(
        len(rows) - 1,
        len(columns) - 1,
        lambda row, column: not beside[column + 1][row],
        lambda row, column: not below[row + 1][column],
    )
    return Grid(rows, columns, spans)


def _edges(lines: list[Ruling], others: list[Ruling], size: float) -> list[float]:
    """Where the lines of one direction are; where those of the other end beyond them, the grid is open."""
    found: list[float] = []
    for level in levels(lines, _OFF * size):
        at = sum([line.at for line in level]) / len(level)
        if not found or at - found[-1] >= _LEAST * size:
            found.append(at)
    start, end = min([line.start for line in others]), max([line.end for line in others])
    if not found or start < found[0] - _LEAST * size:
        found.insert(0, start)
    if end > found[-1] + _LEAST * size:
        found.append(end)
    return found


def _drawn(lines: list[Ruling], edges: list[float], others: list[float], size: float) -> list[list[bool]]:
    """For each edge, and each gap between the other edges, whether a line is drawn there."""
    covered = [[0.0] * (len(others) - 1) for _ in edges]
    for line in lines:
        edge = min(range(len(edges)), key=lambda i: abs(edges[i] - line.at))
        if abs(edges[edge] - line.at) > _LEAST * size:
            continue
        for gap, (low, high) in enumerate(pairwise(others)):
            covered[edge][gap] += max(0.0, min(high, line.end) - max(low, line.start))
    return [
        [share >= _COVERED * (high - low) for share, (low, high) in zip(shares, pairwise(others), strict=True)]
        for shares in covered
    ]
