"""Which cells of a table are headers."""

from __future__ import annotations

import re

from contract.layout import CellKind
from engine.layout.tables.figures import is_figure
from engine.layout.tables.grid import Grid
from engine.reading.direction import Direction

_YEAR = re.compile(r"(?:1[89]|20)\d\d\W*$")
# A table has a stub when so much of its first column is text and so much of the rest is figures.
_STUB = 0.6


def kinds(grid: Grid, held: list[list[Direction]], headers: frozenset[tuple[int, int]] | None = None) -> list[CellKind]:
    """The kind of each cell, given the words that it holds, and the cells that are stated to be headers, if any are."""
    texts = [" ".join([word.text for part in parts for word in part.words]) for parts in held]
    if headers:
        header_rows, has_stub = _stated(grid, texts, headers)
    else:
        header_rows = _header_rows(grid, texts)
        has_stub = _has_stub(grid, texts, header_rows)
    found = []
    for span in grid.spans:
        in_header = span.row < header_rows
        if in_header and has_stub and span.column == 0:
            found.append(CellKind.STUB_HEAD if header_rows < len(grid.rows) - 1 else CellKind.COLUMN_HEADER)
        elif in_header:
            found.append(CellKind.COLUMN_HEADER)
        elif has_stub and span.column == 0:
            found.append(CellKind.ROW_HEADER)
        else:
            found.append(CellKind.CONTENT)
    return found


def _header_rows(grid: Grid, texts: list[str]) -> int:
    """Rows at the top that name the columns: the first, unless it counts or measures, and those under its headers."""
    rows = len(grid.rows) - 1
    if rows < 2 or _counts(grid, texts, 0):
        return 0
    count = 1
    while count < rows:
        above = [span for span in grid.spans if span.row < count]
        deeper = max([span.row + span.row_span for span in above])
        if deeper == count and any(span.row == count - 1 and span.column_span > 1 for span in above):
            deeper += not _counts(grid, texts, count)
        if deeper == count:
            break
        count = deeper
    return count if count < rows else 1


def _stated(grid: Grid, texts: list[str], headers: frozenset[tuple[int, int]]) -> tuple[int, bool]:
    """Rows at the top with headers over more than the first column, and nothing else; whether that has only headers."""
    filled = [span for span, text in zip(grid.spans, texts, strict=True) if text]
    plain = [span for span in filled if (span.row, span.column) not in headers]
    over = {span.row for span in filled if span.column + span.column_span > 1}
    last = min([span.row for span in plain], default=1)
    header_rows = next((row for row in range(last) if row not in over), last)
    return header_rows, all(span.column > 0 or span.row < header_rows for span in plain)


def _counts(grid: Grid, texts: list[str], row: int) -> bool:
    """Whether most entries of a row beside its first are figures other than years."""
    entries = [text for span, text in zip(grid.spans, texts, strict=True) if span.row == row and span.column and text]
    figures = sum([is_figure(text) and not _YEAR.match(text) for text in entries])
    return figures > len(entries) / 2


def _has_stub(grid: Grid, texts: list[str], header_rows: int) -> bool:
    first = [text for span, text in zip(grid.spans, texts, strict=True) if span.column == 0 and span.row >= header_rows]
    rest = [text for span, text in zip(grid.spans, texts, strict=True) if span.column > 0 and span.row >= header_rows]
    first, rest = [text for text in first if text], [text for text in rest if text]
    if not first or not rest:
        return False
    return sum([not is_figure(text) for text in first]) >= _STUB * len(first) and sum(
        [is_figure(text) for text in rest]
    ) >= _STUB * len(rest)
