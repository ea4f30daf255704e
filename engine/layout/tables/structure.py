"""Rows and columns of a table out of the text that stands in them, and of the lines drawn there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from engine.evidence import Box
from engine.layout.tables.columns import column_of, separators
from engine.layout.tables.figures import is_figure
from engine.layout.tables.grid import Grid, tiled
from engine.layout.tables.headers import spread
from engine.layout.tables.lines import Line, Piece
from engine.layout.tables.rows import Row, grouped
from engine.layout.tables.rulings import Ruling

# In font sizes: how far a piece may reach into the next column.
_INTO = 0.3
# In spaces between words: a wider gap at a place where columns part is one between columns.
_WIDER = 1.1
# A drawn line counts for the columns of which it covers this share, unless it covers so much of the width.
_COVERS, _FULL = 0.5, 0.9


class Structure(msgspec.Struct, frozen=True):
    """A grid, and the text in each of its rows."""

    grid: Grid
    rows: list[Row]

    def places(self) -> dict[int, tuple[int, int]]:
        """Row and column of each word, by its index in the direction."""
        return {
            index: (number, column)
            for number, row in enumerate(self.rows)
            for column, pieces in row.cells.items()
            for piece in pieces
            for index in piece.indices
        }


def structure(lines: list[Line], along: Sequence[Ruling], box: Box, size: float) -> Structure | None:
    """The structure of lines of text (at least one) within a box, parted by rulings along them."""
    between = separators(lines, size)
    if not between:
        return None
    left, top, right, bottom = box
    columns = [left, *between, right]
    if any(after <= before for before, after in pairwise(columns)):
        return None
    found = placed(lines, between, size)
    spread(found, size)
    rows, header = grouped(found, along, columns, size)
    edges = [top]
    for above, below in pairwise(rows):
        low, high = above.bottom, below.top
        drawn = [ruling.at for ruling in along if above.middle < ruling.at < below.middle]
        edges.append(drawn[len(drawn) // 2] if drawn else (low + high) / 2)
    edges.append(bottom)
    if any(after <= before for before, after in pairwise(edges)):
        return None
    return Structure(_grid(rows, edges, columns, along, header), rows)


def placed(lines: list[Line], between: list[float], size: float) -> list[Row]:
    """Lines with their pieces in the columns that part at the places `between`."""
    parted = [[part for piece in line.pieces for part in _parted(piece, between)] for line in lines]
    extents = _extents([piece for pieces in parted for piece in pieces], between, size)
    found = []
    for line, pieces in zip(lines, parted, strict=True):
        cells: dict[int, list[Piece]] = {}
        spans: dict[int, int] = {}
        for piece in pieces:
            first, last = _reach(piece, between, extents)
            cells.setdefault(first, []).append(piece)
            spans[first] = max(spans.get(first, first), last)
        found.append(Row(line.top, line.bottom, cells, spans))
    return found


def _extents(pieces: list[Piece], between: list[float], size: float) -> list[tuple[float, float]]:
    """From where to where text stands in each column, of the pieces that reach into no other."""
    found = [(math.inf, -math.inf)] * (len(between) + 1)
    for piece in pieces:
        inset = min(_INTO * size, (piece.right - piece.left) / 4)
        first, last = column_of(between, piece.left + inset), column_of(between, piece.right - inset)
        if first == last:
            found[first] = min(found[first][0], piece.left), max(found[first][1], piece.right)
    return found


def _reach(piece: Piece, between: list[float], extents: list[tuple[float, float]]) -> tuple[int, int]:
    """First and last of the columns over whose text a piece stands."""
    first, last = column_of(between, piece.left), column_of(between, piece.right)
    if first == last:
        return first, last
    over = []
    for column in range(first, last + 1):
        left, right = extents[column]
        shared = min(right, piece.right) - max(left, piece.left)
        if shared > _COVERS * (right - left) or (left > right and first < column < last):
            over.append(column)
    if over:
        return over[0], over[-1]
    middle = column_of(between, (piece.left + piece.right) / 2)
    return middle, middle


def _parted(piece: Piece, between: list[float]) -> list[Piece]:
    """A piece cut where columns part, if it has a wider gap than others at each such place."""
    cuts = []
    for place in between:
        if piece.left < place < piece.right:
            for number, (before, after) in enumerate(pairwise(piece.ends), 1):
                if before[1] - piece.space / 2 < place < after[0] + piece.space / 2:
                    figures = is_figure(piece.words[number - 1].text) and is_figure(piece.words[number].text)
                    if figures or after[0] - before[1] > _WIDER * piece.space:
                        cuts.append(number)
                    break
            else:
                return [piece]
    bounds = [0, *cuts, len(piece.words)]
    return [piece.part(start, end) for start, end in pairwise(bounds)] if cuts else [piece]


def _grid(rows: list[Row], edges: list[float], columns: list[float], along: Sequence[Ruling], header: int) -> Grid:
    reaches = [_reaches(row, edges[number : number + 2], columns, along) for number, row in enumerate(rows)]
    filled = [{column for first, last in reach.items() for column in range(first, last + 1)} for reach in reaches]
    crossed = [{column for first, last in reach.items() for column in range(first, last)} for reach in reaches]

    def joined_down(row: int, column: int) -> bool:
        """Whether a cell of the header goes on below: nothing stands above it, and no line is drawn."""
        if row + 1 >= header or column in filled[row] or column not in filled[row + 1]:
            return False
        at = (columns[column] + columns[column + 1]) / 2
        return not any(rows[row].middle < one.at < rows[row + 1].middle and one.start < at < one.end for one in along)

    spans = tiled(len(rows), len(columns) - 1, lambda row, column: column in crossed[row], joined_down)
    return Grid(edges, columns, spans)


def _reaches(row: Row, edges: list[float], columns: list[float], along: Sequence[Ruling]) -> dict[int, int]:
    """First and last columns of the cells of a row; a line under a header says how far it reaches."""
    width = columns[-1] - columns[0]
    middles = {first: (pieces[0].left + pieces[-1].right) / 2 for first, pieces in row.cells.items()}
    found: dict[int, int] = {}
    for first, last in sorted(row.spans.items()):
        if found and first <= max(found.values()):
            continue
        middle = middles[first]
        under = [
            one
            for one in along
            if row.middle < one.at <= edges[1] + 1e-6
            and one.start < middle < one.end
            and one.end - one.start < _FULL * width
        ]
        covered = [
            column
            for column, (left, right) in enumerate(pairwise(columns))
            for one in under[:1]
            if min(right, one.end) - max(left, one.start) > _COVERS * (right - left)
            and first == min(middles, key=lambda other: abs(middles[other] - (left + right) / 2))
        ]
        low, high = min([first, *covered]), max([last, *covered])
        if found and low <= max(found.values()):
            low = first
        found[low] = high
    return found
