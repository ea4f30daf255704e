"""Whether what stands in rows and columns is a table, and not a list, a form, code, formulas or a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from engine.evidence import Box
from engine.layout.tables.figures import is_figure
from engine.layout.tables.grid import Grid
from engine.layout.tables.structure import Structure
from engine.reading.marks import is_bullet, is_number
from engine.text import ideographic

# Shares of the rows, columns and cells of a drawn grid that hold text, and of its header or stub.
_ROWS, _COLUMNS, _CELLS, _HEADER = 0.4, 0.6, 0.25, 0.8
# The share of places with a cell of their own: forms are drawn with boxes of all sizes.
_SINGLE = 0.35
# The same of the cells of a grid that lies over pictures, which may be a chart.
_PICTURED = 0.85
# Characters of a line that is prose, and the share of such rows in a table.
_PROSE, _MOST_PROSE = 60, 0.3
# Letters of a cell that is a paragraph, and the share of all letters that stand in such cells.
_LONG, _MOST_LONG = 100, 0.4
# Shares of rows whose first entry is the mark of an item, of rows with leaders, of single letters and signs.
_MARKED, _LED, _SYMBOLS = 0.5, 0.3, 0.3
_LEADERS = re.compile(r"[.…·_]{4,}$|(?:\. ?){4,}")
_CODE = re.compile(r"[={};]|[a-z][(._:]+\w|^[#$>]")
# Shares of figures beside the first column, and of filled places, where nothing is drawn.
_FIGURES_OF_TWO, _FIGURES, _FILLED = 0.7, 0.5, 0.5
# A table of text where nothing is drawn has short entries, in characters, and hardly any of them is empty.
_FEWEST_TEXT_ROWS, _FILLED_TEXT, _SHORT = 5, 0.8, 12
# The share of filled places between lines.
_FILLED_DRAWN = 0.35
_FEWEST_ROWS = 3
# Cells for one character each: how wide they are at most, in font sizes, and how much wider than others of
# their row; how many there are at least, and in how many rows at most.
_NARROW, _UNLIKE = 3.5, 1.6
_FEWEST_CELLS, _COMB_ROWS = 5, 3
# The share of words that sides of cells may run through; how much of a word, at each of its ends, a side may touch, as
# a share of it and in font sizes.
_MOST_CUT = 0.03
_END, _END_ALONG = 0.3, 0.3


def is_filled(grid: Grid, places: set[tuple[int, int]], pictured: bool) -> bool:
    """Whether text stands at enough places (row and column) of a drawn grid; `pictured`: over a picture too."""
    filled_rows, filled_columns = {row for row, _ in places}, {column for _, column in places}
    if min(len(filled_rows), len(filled_columns)) < 2:
        return False
    if min(len({span.row for span in grid.spans}), len({span.column for span in grid.spans})) < 2:
        return False
    rows, columns = len(grid.rows) - 1, len(grid.columns) - 1
    covered_rows, covered_columns, cells, header, stub = set(filled_rows), set(filled_columns), 0, 0, 0
    for span in grid.spans:
        inside = [
            (row, column)
            for row in range(span.row, span.row + span.row_span)
            for column in range(span.column, span.column + span.column_span)
        ]
        if any(place in places for place in inside):
            cells += 1
            covered_rows.update([row for row, _ in inside])
            covered_columns.update([column for _, column in inside])
            header += span.column_span if span.row == 0 else 0
            stub += span.row_span if span.column == 0 else 0
    if pictured:
        return cells >= _PICTURED * len(grid.spans)
    single = sum([span.row_span == span.column_span == 1 for span in grid.spans])
    if single < _SINGLE * rows * columns:
        return False
    # Rows or columns that wait to be filled in are empty.
    if header >= _HEADER * columns or stub >= _HEADER * rows:
        return min(rows, columns) > 1
    enough = len(covered_rows) >= _ROWS * rows and len(covered_columns) >= _COLUMNS * columns
    return enough and cells >= _CELLS * len(grid.spans)


def is_comb(grid: Grid, size: float) -> bool:
    """Whether most columns of a grid, whose text is `size` high, are cells for one character each, as of a form."""
    widths = [right - left for left, right in pairwise(grid.columns)]
    # Two of the cells may be one, where a number has a dash.
    alike = [width for width in widths if width < min(_NARROW * size, _UNLIKE * min(widths))]
    return len(grid.rows) - 1 <= _COMB_ROWS and len(alike) >= max(_FEWEST_CELLS, len(widths) // 2 + 1)


def is_cut(grid: Grid, boxes: Sequence[Box], size: float) -> bool:
    """Whether sides of cells run through words, given by their boxes: the lines are not drawn for what stands there."""
    owners = grid.owners()

    def parts(x: float, y: float, to_x: float, to_y: float) -> bool:
        one, other = grid.place(x, y), grid.place(to_x, to_y)
        return one is not None and other is not None and owners[one] != owners[other]

    cut = 0
    for left, top, right, bottom in boxes:
        along, across = min(_END_ALONG * size, _END * (right - left)), _END * (bottom - top)
        x, y = (left + right) / 2, (top + bottom) / 2
        cut += parts(left + along, y, right - along, y) or parts(x, top + across, x, bottom - across)
    return cut > _MOST_CUT * len(boxes)


def is_tabular(seen: Structure, drawn: bool) -> bool:
    """Whether text that stands in columns is a table; `drawn`: lines above and below it say so too."""
    rows = [{column: row.text(column) for column in row.cells} for row in seen.rows]
    several = [row for row in rows if len(row) > 1]
    if len(several) < (2 if drawn else _FEWEST_ROWS):
        return False
    count = len(seen.grid.columns) - 1
    sizes = [len(text.replace(" ", "")) for row in rows for text in row.values()]
    if sum([size for size in sizes if size > _LONG]) > _MOST_LONG * sum(sizes):
        return False
    prose = sum([len(row) == 1 and len(next(iter(row.values()))) > _PROSE for row in rows])
    led = sum([any(_LEADERS.search(text) for text in row.values()) for row in several])
    tokens = [token for row in several for text in row.values() for token in text.split()]
    symbols = sum([len(token) == 1 and not (token.isdigit() or ideographic(token)) for token in tokens])
    if prose > _MOST_PROSE * len(rows) or symbols > _SYMBOLS * len(tokens):
        return False
    first = [row[0] for row in rows if 0 in row]
    if _is_list(first, count) or _is_code(first, several) or (count == 2 and led > _LED * len(several)):
        return False
    spread = sum([last - first + 1 for row in seen.rows for first, last in row.spans.items()])
    if drawn:
        return spread >= _FILLED_DRAWN * count * len(rows)
    rest = [text for row in several for column, text in row.items() if column]
    figures = sum(map(is_figure, rest))
    if not any(map(str.isalpha, "".join(tokens))):
        return False
    if count == 2:
        return figures >= _FIGURES_OF_TWO * len(rest)
    if len(several) >= _FEWEST_TEXT_ROWS and sum(map(len, several)) >= _FILLED_TEXT * count * len(several):
        return sum(map(len, rest)) <= _SHORT * len(rest)
    return figures >= _FIGURES * len(rest) and sum(map(len, several)) >= _FILLED * count * len(several)


def _is_list(first: list[str], count: int) -> bool:
    """Whether the first of some columns holds the marks of items."""
    marks = sum([is_bullet(text) or (count == 2 and is_number(text) and " " not in text) for text in first])
    return marks > _MARKED * len(first)


def _is_code(first: list[str], rows: list[dict[int, str]]) -> bool:
    """Whether the first column counts lines, and what stands beside it is written as code is."""
    counts = [text for text in first if text.replace(" ", "").isdecimal()]
    numbers = [int(token) for text in counts for token in text.split()]
    steps = [other - one == 1 for one, other in pairwise(numbers)]
    if len(counts) <= _MARKED * len(first) or not steps or sum(steps) <= _MARKED * len(steps):
        return False
    written = sum([any(_CODE.search(text) for column, text in row.items() if column) for row in rows])
    return written > _MARKED * len(rows) or all(len(row) == 2 for row in rows)
