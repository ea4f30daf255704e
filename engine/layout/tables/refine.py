"""Rows and columns of a grid that are not drawn: text that stands in columns and rows within its cells."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from engine.layout.tables.columns import separators
from engine.layout.tables.figures import is_figure
from engine.layout.tables.grid import Grid, Span, tiled
from engine.layout.tables.lines import Line, lines
from engine.layout.tables.rows import Row, grouped
from engine.layout.tables.structure import placed
from engine.reading.direction import Direction

# Columns that are not drawn show in so many lines, one of the first few among them.
_FEWEST_LINES, _HEADER_LINES = 3, 3
# Rows that are not drawn show when this share of them is filled in so many columns.
_FILLED = 0.6
_FEWEST_COLUMNS = 2
# A cell over several rows is several cells when text stands in this share of them, in line with text beside it.
_BESIDE = 0.8


def refined(grid: Grid, direction: Direction, inside: list[int], size: float, space: float) -> Grid:
    """The grid with the rows and columns in which the words at the indices `inside` stand in its cells."""
    if not inside:
        return grid
    text = lines(direction, inside, space)
    columns = _columns(grid, direction, inside, size, space)
    rows = placed(text, columns[1:-1], size)
    finer = Grid(_rows(grid, rows, columns, size), columns, [])
    spans: list[Span] = []
    for span in grid.spans:
        spans += _parts(grid, finer, span, rows)
    return Grid(finer.rows, columns, sorted(spans, key=lambda span: (span.row, span.column)))


def _columns(grid: Grid, direction: Direction, inside: list[int], size: float, space: float) -> list[float]:
    found = [grid.columns[0]]
    drawn = len(grid.columns) > 2
    for left, right in pairwise(grid.columns):
        here = [index for index in inside if left < _across(direction, index) <= right]
        text = lines(direction, here, space) if len(here) > 2 * _FEWEST_LINES else []
        if sum([len(line.pieces) > 1 for line in text]) >= _FEWEST_LINES:
            found += [place for place in separators(text, size) if not drawn or _in_header(text, place)]
        found.append(right)
    return found


def _in_header(text: list[Line], place: float) -> bool:
    """Whether one of the first lines has words at both sides."""
    return any(
        any(piece.right <= place and not is_figure(piece.text) for piece in line.pieces)
        and any(piece.left >= place and not is_figure(piece.text) for piece in line.pieces)
        for line in text[:_HEADER_LINES]
    )


def _rows(grid: Grid, text: list[Row], columns: list[float], size: float) -> list[float]:
    found = [grid.rows[0]]
    for number, (top, bottom) in enumerate(pairwise(grid.rows)):
        band = [line for line in text if top < line.middle <= bottom]
        if len(band) > 1:
            parts, _ = grouped(band, [], columns, size, in_header=number == 0 and not _has_figures(band))
            if _stand_in_rows(parts):
                found += [(above.bottom + below.top) / 2 for above, below in pairwise(parts)]
        found.append(bottom)
    return found if all(after > before for before, after in pairwise(found)) else grid.rows


def _has_figures(band: list[Row]) -> bool:
    return any(is_figure(line.text(column)) for line in band for column in line.cells)


def _stand_in_rows(parts: list[Row]) -> bool:
    """Whether the text of a band is rows, and not the lines of its cells."""
    if len(parts) < 2:
        return False
    if any(last > first for first, last in parts[0].spans.items()) and len(parts[1].cells) > len(parts[0].cells):
        return True
    filled: dict[int, int] = {}
    figures: dict[int, int] = {}
    for part in parts:
        for column in part.cells:
            filled[column] = filled.get(column, 0) + 1
            figures[column] = figures.get(column, 0) + is_figure(part.text(column))
    least = _FILLED * len(parts)
    return (
        sum([count >= least for count in filled.values()]) >= _FEWEST_COLUMNS
        and sum([count >= least for count in figures.values()]) >= 1
    )


def _parts(grid: Grid, finer: Grid, span: Span, text: list[Row]) -> list[Span]:
    """A cell of the grid as cells of the finer one: parted where its text stands in more than one of them."""
    left, top, right, bottom = grid.box_of(span)
    row, column = bisect_left(finer.rows, top), bisect_left(finer.columns, left)
    rows, columns = bisect_left(finer.rows, bottom) - row, bisect_left(finer.columns, right) - column
    whole = Span(row, column, rows, columns)
    if rows == columns == 1:
        return [whole]
    text_rows: set[int] = set()
    text_columns: set[int] = set()
    crossed: set[tuple[int, int]] = set()
    beside = 0
    for line in text:
        mine = [one for one in line.cells if column <= one < column + columns]
        if not mine or not top < line.middle <= bottom:
            continue
        at = bisect_left(finer.rows, line.middle) - 1
        text_rows.add(at)
        beside += len(mine) < len(line.cells)
        for first in mine:
            last = min(line.spans[first], column + columns - 1)
            text_columns.update(range(first, last + 1))
            crossed.update([(at, one) for one in range(first, last)])
    # A cell over rows that are drawn elsewhere is parted when its lines stand in line with theirs.
    parted_down = len(text_rows) > 1 and (
        rows > span.row_span or min(len(text_rows), beside) >= max(_FEWEST_LINES, _BESIDE * rows)
    )
    parted_across = len(text_columns) > 1 and len(crossed) < len(text_rows) * (len(text_columns) - 1)
    if not parted_down and not parted_across:
        return [whole]
    return [
        Span(row + part.row, column + part.column, part.row_span, part.column_span)
        for part in tiled(
            rows,
            columns,
            lambda one, other: not parted_across or (row + one, column + other) in crossed,
            lambda one, other: not parted_down,
        )
    ]


def _across(direction: Direction, index: int) -> float:
    return (direction.boxes[index][0] + direction.boxes[index][2]) / 2
