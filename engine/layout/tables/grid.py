"""The grid of a table: edges of its rows and columns, and the cells that tile it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

import msgspec

from engine.evidence import Box

#: Places that the grid of a table may have.
MAX_PLACES = 20_000


class Span(msgspec.Struct, frozen=True, gc=False):
    """A cell by the places of the grid that it covers; spans are at least 1."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Grid(msgspec.Struct, frozen=True, gc=False):
    """Edges of rows and columns in the frame of the text, ascending, one more than there are rows or columns.

    `spans` cover each place exactly once and stand by rows.
    """

    rows: list[float]
    columns: list[float]
    spans: list[Span]

    @property
    def box(self) -> Box:
        """Around the whole grid."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    def box_of(self, span: Span) -> Box:
        """Around a cell."""
        return (
            self.columns[span.column],
            self.rows[span.row],
            self.columns[span.column + span.column_span],
            self.rows[span.row + span.row_span],
        )

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point; None when it is beside the grid."""
        left, top, right, bottom = self.box
        if not (left <= x <= right and top <= y <= bottom):
            return None
        row = min(bisect_right(self.rows, y), len(self.rows) - 1) - 1
        return row, min(bisect_right(self.columns, x), len(self.columns) - 1) - 1

    def owners(self) -> dict[tuple[int, int], int]:
        """The span, by its index, that covers each place (row and column)."""
        return {
            (row, column): number
            for number, span in enumerate(self.spans)
            for row in range(span.row, span.row + span.row_span)
            for column in range(span.column, span.column + span.column_span)
        }

    def without_empty_end(self, filled: int) -> Grid:
        """The grid down to row `filled`, the first of those at its end that hold nothing.

        Edges of columns that part nothing above it go too.
        """
        spans = [
            Span(span.row, span.column, min(span.row_span, filled - span.row), span.column_span)
            for span in self.spans
            if span.row < filled
        ]
        last = len(self.columns) - 1
        used = sorted({0, last, *[span.column for span in spans]})
        at = {column: number for number, column in enumerate(used)}
        moved = [
            Span(span.row, at[span.column], span.row_span, at[span.column + span.column_span] - at[span.column])
            for span in spans
        ]
        return Grid(self.rows[: filled + 1], [self.columns[column] for column in used], moved)


def tiled(
    row_count: int, column_count: int, joined_right: Callable[[int, int], bool], joined_down: Callable[[int, int], bool]
) -> list[Span]:
    """Cells that tile a grid, each as large as nothing parts it.

    `joined_right(row, column)` says that nothing parts a place from the next one of its row, `joined_down`
    the same of the next one of its column. Where what is joined makes no rectangle, width goes first.
    """
    taken = [[False] * column_count for _ in range(row_count)]
    spans: list[Span] = []
    for row in range(row_count):
        for column in range(column_count):
            if taken[row][column]:
                continue
            end = column + 1
            while end < column_count and not taken[row][end] and joined_right(row, end - 1):
                end += 1
            below = row + 1
            while (
                below < row_count
                and all(not taken[below][one] and joined_down(below - 1, one) for one in range(column, end))
                and all(joined_right(below, one) for one in range(column, end - 1))
            ):
                below += 1
            for each in range(row, below):
                taken[each][column:end] = [True] * (end - column)
            spans.append(Span(row, column, below - row, end - column))
    return spans


def placed(rows: Sequence[Sequence[tuple[int, int]]]) -> list[Span] | None:
    """Where cells stand that are given by rows, each as the rows and columns it covers, as HTML places them.

    None where they cover each other, or more than `MAX_PLACES`.
    """
    taken: set[tuple[int, int]] = set()
    found: list[Span] = []
    for row, cells in enumerate(rows):
        column = 0
        for high, wide in cells:
            while (row, column) in taken:
                column += 1
            high = min(high, len(rows) - row)
            if len(taken) + high * wide > MAX_PLACES:
                return None
            covers = [(row + down, column + right) for down in range(high) for right in range(wide)]
            if not taken.isdisjoint(covers):
                return None
            taken.update(covers)
            found.append(Span(row, column, high, wide))
            column += wide
    return found
