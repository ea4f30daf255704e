"""Tokens tell rows of cells, and nonsense among them tells nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.scan.tables.structure import MOST_CELLS, Token, TokenCell, rows

TWO_COLUMNS, THREE_ROWS = Token.COLUMN_SPANS, Token.ROW_SPANS + 1


def test_rows_have_their_cells_and_those_of_the_head_are_headers() -> None:
    told = [Token.HEAD, Token.ROW, Token.CELL, Token.CELL, Token.ROW_END, Token.HEAD_END]
    told += [Token.BODY, Token.ROW, Token.CELL, Token.ROW_END, Token.BODY_END, Token.END, Token.ROW, Token.CELL]
    assert rows(told) == [[TokenCell(2, header=True), TokenCell(3, header=True)], [TokenCell(8)]]


def test_a_cell_spans_columns_and_rows() -> None:
    told = [Token.ROW, Token.CELL_WITH, TWO_COLUMNS, THREE_ROWS, Token.CELL_OPEN, Token.CELL_END, Token.CELL, Token.END]
    assert rows(told) == [[TokenCell(1, 3, 2), TokenCell(6)]]


def test_the_largest_spans_are_of_twenty() -> None:
    told = [Token.ROW, Token.CELL_WITH, Token.ROW_SPANS - 1, Token.CELL - 1]
    assert rows(told) == [[TokenCell(1, 20, 20)]]


def test_cells_and_spans_without_a_row_or_a_cell_tell_nothing() -> None:
    assert rows([Token.CELL, TWO_COLUMNS, Token.ROW, TWO_COLUMNS, Token.ROW_END, Token.HEAD_END]) == []


def test_a_sequence_that_begins_with_its_end_goes_on() -> None:
    assert rows([Token.END, Token.ROW, Token.CELL]) == [[TokenCell(2)]]


@given(st.lists(st.integers(-1, 60), max_size=200))
def test_any_sequence_tells_cells_of_its_own_steps(told: list[int]) -> None:
    cells = [cell for row in rows(told) for cell in row]
    assert all(told[cell.step] in (Token.CELL, Token.CELL_WITH) for cell in cells)
    assert all(1 <= cell.row_span <= 20 and 1 <= cell.column_span <= 20 for cell in cells)


def test_a_table_has_an_end() -> None:
    assert len(rows([Token.ROW, *[Token.CELL] * (2 * MOST_CELLS)])[0]) == MOST_CELLS
