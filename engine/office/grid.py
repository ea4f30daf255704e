"""Rows of cells with spans to a table, each place of whose grid is in exactly one cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from contract.layout import CellKind
from engine.office.text import NOWHERE
from engine.reading.page import Cell, Paragraph, Table

# More columns in one cell are a lie, as in the algorithm of HTML.
_MOST_COLUMN_SPAN: Final = 1_000
# A table of more places is given as paragraphs.
_MOST_PLACES: Final = 500_000


class Entry(NamedTuple):
    """A cell as the file states it; `row_span` 0 means to the last row."""

    paragraphs: tuple[Paragraph, ...]
    row_span: int = 1
    column_span: int = 1
    kind: CellKind = CellKind.CONTENT


def table(
    rows: Sequence[Sequence[Entry]], caption: tuple[Paragraph, ...] = (), footnotes: tuple[Paragraph, ...] = ()
) -> Table | None:
    """The table of rows whose cells stand in the first free columns; None when it is empty or has too many places.

    Spans are cut where they leave the table or meet another cell, and places that no cell fills become empty cells.
    """
    free_from: list[int] = []
    """By column, the first row that no cell above reaches into."""
    cells: list[Cell] = []
    for row, entries in enumerate(rows):
        column = 0
        for entry in entries:
            while column < len(free_from) and free_from[column] > row:
                column += 1
            end = column + 1
            wanted = column + min(max(entry.column_span, 1), _MOST_COLUMN_SPAN)
            while end < wanted and (end >= len(free_from) or free_from[end] <= row):
                end += 1
            if max(end, len(free_from)) * len(rows) > _MOST_PLACES:
                return None
            free_from += [0] * (end - len(free_from))
            height = min(entry.row_span, len(rows) - row) if entry.row_span > 0 else len(rows) - row
            free_from[column:end] = [row + height] * (end - column)
            cells.append(Cell(row, column, NOWHERE, entry.paragraphs, height, end - column, entry.kind))
            column = end
    if not any(cell.paragraphs for cell in cells):
        return None
    return Table(NOWHERE, len(rows), len(free_from), _filled(cells, len(rows), len(free_from)), caption, footnotes)


def _filled(cells: list[Cell], row_count: int, column_count: int) -> tuple[Cell, ...]:
    """The cells by rows, with an empty one at each place that is in none."""
    taken = [bytearray(column_count) for _ in range(row_count)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            taken[row][cell.column : cell.column + cell.column_span] = b"\1" * cell.column_span
    empty = [
        Cell(row, column, NOWHERE, ())
        for row, places in enumerate(taken)
        if 0 in places
        for column, place in enumerate(places)
        if not place
    ]
    return tuple(sorted([*cells, *empty], key=lambda cell: (cell.row, cell.column)))
