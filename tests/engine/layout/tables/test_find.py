"""Tables of a page have the rows, columns and cells that a person sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from contract.layout import CellKind, Table
from tests.engine.pdfs import analyzed, displayed, pdf

LEFT, TOP, WIDTH, HEIGHT = 72.0, 700.0, 100.0, 20.0
TIDES = [["Port", "High", "Low"], ["Brest", "5.1", "1.2"], ["Cadiz", "3.4", "0.6"]]


def write(canvas: Canvas, rows: list[list[str]], x: float = LEFT, y: float = TOP) -> None:
    """Texts of cells that are WIDTH wide and HEIGHT high, from the point (x, y) down."""
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            canvas.drawString(x + column * WIDTH + 5, y - (row + 1) * HEIGHT + 6, text)


def grid(canvas: Canvas, rows: int, columns: int, x: float = LEFT, y: float = TOP) -> None:
    for row in range(rows + 1):
        canvas.line(x, y - row * HEIGHT, x + columns * WIDTH, y - row * HEIGHT)
    for column in range(columns + 1):
        canvas.line(x + column * WIDTH, y, x + column * WIDTH, y - rows * HEIGHT)


def ruled(canvas: Canvas) -> None:
    grid(canvas, 3, 3)
    write(canvas, TIDES)


def tables(*draws: Callable[[Canvas], Any], turn: int = 0) -> list[Table]:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return analyzed(displayed(pdf(draw), turn), "prebuilt-layout").tables or []


def texts(table: Table) -> list[list[str]]:
    rows = [["" for _ in range(table.column_count)] for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row_index][cell.column_index] = cell.content
    return rows


def test_lines_that_cross_make_a_table() -> None:
    (table,) = tables(ruled)
    assert texts(table) == TIDES


def test_a_table_on_a_turned_page_is_read_as_it_is_written() -> None:
    (table,) = tables(ruled, turn=90)
    assert texts(table) == TIDES


def test_the_first_row_and_a_column_of_names_are_headers() -> None:
    (table,) = tables(ruled)
    kinds = {(cell.row_index, cell.column_index): cell.kind for cell in table.cells}
    assert kinds[0, 0] == CellKind.STUB_HEAD
    assert kinds[0, 1] == kinds[0, 2] == CellKind.COLUMN_HEADER
    assert kinds[1, 0] == CellKind.ROW_HEADER
    assert kinds[2, 2] == CellKind.CONTENT


def test_cells_without_a_line_between_them_are_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(LEFT, TOP - 2 * HEIGHT, 2 * WIDTH, 2 * HEIGHT)
        canvas.line(LEFT, TOP - HEIGHT, LEFT + 2 * WIDTH, TOP - HEIGHT)
        canvas.line(LEFT + WIDTH, TOP - HEIGHT, LEFT + WIDTH, TOP - 2 * HEIGHT)
        canvas.drawString(LEFT + 40, TOP - 14, "Height of the tide")
        write(canvas, [[], ["5.1", "1.2"]])

    (table,) = tables(draw)
    spans = [(cell.row_index, cell.column_index, cell.column_span, cell.content) for cell in table.cells]
    assert spans == [(0, 0, 2, "Height of the tide"), (1, 0, 1, "5.1"), (1, 1, 1, "1.2")]


def test_the_place_of_a_cell_is_between_its_lines() -> None:
    (table,) = tables(ruled)
    regions = table.cells[4].bounding_regions
    assert regions
    assert [round(value * 72) for value in regions[0].polygon] == [172, 112, 272, 112, 272, 132, 172, 132]


def test_a_frame_around_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(LEFT, TOP - 60, 300, 60)
        canvas.drawString(LEFT + 5, TOP - 20, "Boats leave the quay at noon")
        canvas.drawString(LEFT + 5, TOP - 35, "and are back before the evening tide.")

    assert tables(draw) == []
