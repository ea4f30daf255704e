"""Tables as they look on pixels, where the words of the page bear them out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from engine.evidence import Box, SeenTable
from engine.layout.tables.grid import Grid, Span, placed
from engine.layout.tables.lines import lines
from engine.layout.tables.rulings import Rulings
from engine.layout.tables.stated import grid_of
from engine.reading.direction import Direction

_Place = tuple[int, int]
# In font sizes: how far around the cells the words of a table stand.
_AROUND = 0.5
# The share of the places of a grid that no cell may cover, of words that may stand beside their cells, and of cells
# whose words may stand apart, as those of two columns do.
_MOST_MISSING, _MOST_BESIDE, _MOST_APART = 0.05, 0.2, 0.1
# In font sizes: the widest space between words that do not stand apart.
_SPACE = 1.2


def borne_out(
    table: SeenTable, direction: Direction, free: Sequence[int], drawn: Rulings, size: float
) -> tuple[Grid, dict[int, _Place], frozenset[_Place]] | None:
    """A grid, the row and column of the words in it, which are among the free ones, and the places of headers.

    None where the cells make no grid, or the words do not stand in its rows and columns.
    """
    cells = list(chain.from_iterable(table))
    spans = _spans(table)
    if spans is None or not free:
        return None
    boxes = np.array([direction.around(cell.quad) for cell in cells])
    held = _held(np.array([direction.boxes[index] for index in free]), boxes, _AROUND * size)
    words = {cell: [free[at] for at in inside] for cell, inside in held.items()}
    # A header of two lines beside two headers reaches over the next row; how many words do is looked at below.
    grid = grid_of(dict(enumerate(spans)), words, direction, drawn, size, math.inf)
    if grid is None:
        return None
    owners = {index: cell for cell, inside in words.items() for index in inside}
    beside = sum([not _stands_in(direction.boxes[index], grid.box_of(spans[cell])) for index, cell in owners.items()])
    apart = sum([any(len(line.pieces) > 1 for line in lines(direction, inside, _SPACE)) for inside in words.values()])
    if beside > _MOST_BESIDE * len(owners) or apart > _MOST_APART * len(words):
        return None
    places = {index: (spans[cell].row, spans[cell].column) for index, cell in owners.items()}
    headers = [(span.row, span.column) for cell, span in zip(cells, spans, strict=False) if cell.header]
    return grid, places, frozenset(headers)


def _spans(table: SeenTable) -> list[Span] | None:
    """The places of the cells, and after them those that no cell covers; None when that makes no grid."""
    spans = placed([[(cell.row_span, cell.column_span) for cell in row] for row in table])
    if not spans:
        return None
    row_count, column_count = len(table), max([span.column + span.column_span for span in spans])
    taken = {
        (row, column)
        for span in spans
        for row in range(span.row, span.row + span.row_span)
        for column in range(span.column, span.column + span.column_span)
    }
    missing = [
        Span(row, column) for row in range(row_count) for column in range(column_count) if (row, column) not in taken
    ]
    if min(row_count, column_count) < 2 or len(missing) > _MOST_MISSING * row_count * column_count:
        return None
    return [*spans, *missing]


def _held(words: NDArray[np.float64], boxes: NDArray[np.float64], around: float) -> dict[int, list[int]]:
    """The words that stand within or close around the cells, by the nearest cell."""
    x, y = (words[:, 0] + words[:, 2]) / 2, (words[:, 1] + words[:, 3]) / 2
    left, top = boxes[:, :2].min(axis=0) - around
    right, bottom = boxes[:, 2:].max(axis=0) + around
    found: defaultdict[int, list[int]] = defaultdict(list)
    for at in np.nonzero((left <= x) & (x <= right) & (top <= y) & (y <= bottom))[0].tolist():
        found[_nearest(x[at], y[at], boxes)].append(at)
    return dict(found)


def _nearest(x: float, y: float, boxes: NDArray[np.float64]) -> int:
    """The box nearest to a point; of those it is in, the one with the nearest middle."""
    across = np.maximum(0.0, np.maximum(boxes[:, 0] - x, x - boxes[:, 2]))
    down = np.maximum(0.0, np.maximum(boxes[:, 1] - y, y - boxes[:, 3]))
    off = np.abs((boxes[:, 0] + boxes[:, 2]) / 2 - x) + np.abs((boxes[:, 1] + boxes[:, 3]) / 2 - y)
    return int(np.lexsort((off, across + down))[0])


def _stands_in(word: Box, cell: Box) -> bool:
    """Whether the middle of a word is in a cell."""
    left, top, right, bottom = cell
    return left <= (word[0] + word[2]) / 2 <= right and top <= (word[1] + word[3]) / 2 <= bottom
