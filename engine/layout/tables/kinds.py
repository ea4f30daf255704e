"""Which cells of a table are headers."""

from __future__ import annotations

from contract.layout import CellKind
from engine.layout.tables.figures import is_figure
from engine.layout.tables.grid import Grid
from engine.reading.direction import Direction

# A table has a stub when so much of its first column is text and so much of the rest is figures.
_STUB = 0.6


def kinds(grid: Grid, held: list[list[Direction]]) -> list[CellKind]:
    """The kind of each cell, given the words that it holds."""
    texts = [" ".join([word.text for part in parts for word in part.words]) for parts in held]
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
    """Rows at the top that hold no figures, at least one where the table has two rows."""
    rows = len(grid.rows) - 1
    if rows < 2:
        return 0
    count = 1
    for span in grid.spans:
        if span.row == 0:
            count = max(count, span.row_span)
    return count if count < rows else 0


def _has_stub(grid: Grid, texts: list[str], header_rows: int) -> bool:
    first = [text for span, text in zip(grid.spans, texts, strict=True) if span.column == 0 and span.row >= header_rows]
    rest = [text for span, text in zip(grid.spans, texts, strict=True) if span.column > 0 and span.row >= header_rows]
    first, rest = [text for text in first if text], [text for text in rest if text]
    if not first or not rest:
        return False
    return sum([not is_figure(text) for text in first]) >= _STUB * len(first) and sum(
        [is_figure(text) for text in rest]
    ) >= _STUB * len(rest)
