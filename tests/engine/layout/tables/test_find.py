"""Tables of a page have the rows, columns and cells that a person sees."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from contract.layout import CellKind, Table
from contract.page import LengthUnit
from engine.evidence import Page, Rule, Word
from engine.layout.page import laid_out
from engine.reading.page import Table as ReadTable
from engine.reading.page import words as read_words
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


REPORT = [["Species", "North", "South"], ["Cod", "12.5", "8.1"], ["Herring", "140.2", "96.0"], ["Sole", "3.9", "4.4"]]


def banded(canvas: Canvas) -> None:
    for row in (0, 1, 4):
        canvas.line(LEFT, TOP - row * HEIGHT, LEFT + 3 * WIDTH, TOP - row * HEIGHT)
    write(canvas, REPORT)


def test_lines_above_and_below_and_text_in_columns_make_a_table() -> None:
    (table,) = tables(banded)
    assert texts(table) == REPORT


def test_figures_in_columns_make_a_table_without_any_line() -> None:
    (table,) = tables(lambda canvas: write(canvas, REPORT))
    assert texts(table) == REPORT


def banded_below_a_header(canvas: Canvas) -> None:
    for row in (0, 2, 5):
        canvas.line(LEFT, TOP - row * HEIGHT, LEFT + 3 * WIDTH, TOP - row * HEIGHT)
    canvas.line(LEFT + WIDTH, TOP - HEIGHT, LEFT + 3 * WIDTH, TOP - HEIGHT)
    write(canvas, [["", "Sea"], *REPORT])


def test_a_line_under_a_header_says_which_columns_it_is_over() -> None:
    (table,) = tables(banded_below_a_header)
    (sea,) = [cell for cell in table.cells if cell.content == "Sea"]
    assert (sea.row_index, sea.column_index, sea.column_span) == (0, 1, 2)
    (species,) = [cell for cell in table.cells if cell.content == "Species"]
    assert (species.row_index, species.row_span) == (0, 2)


def test_lines_of_a_cell_stay_in_it() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (TOP, TOP - 20, TOP - 84):
            canvas.line(LEFT, y, LEFT + 3 * WIDTH, y)
        write(canvas, [REPORT[0]])
        for number, text in enumerate(["Cod and all", "of its kin", "Herring, young", "and old ones"]):
            canvas.drawString(LEFT + 5, TOP - 34 - 14 * number, text)
        for number, text in enumerate(["12.5", "140.2"]):
            canvas.drawString(LEFT + WIDTH + 5, TOP - 34 - 28 * number, text)
            canvas.drawString(LEFT + 2 * WIDTH + 5, TOP - 34 - 28 * number, text)

    (table,) = tables(draw)
    assert [row[0] for row in texts(table)] == ["Species", "Cod and all\nof its kin", "Herring, young\nand old ones"]


def test_rows_that_are_not_drawn_part_a_grid() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, 1, 3)
        canvas.rect(LEFT, TOP - 4 * HEIGHT, 3 * WIDTH, 3 * HEIGHT)
        for column in (1, 2):
            canvas.line(LEFT + column * WIDTH, TOP, LEFT + column * WIDTH, TOP - 4 * HEIGHT)
        write(canvas, REPORT)

    (table,) = tables(draw)
    assert texts(table) == REPORT


def prose(canvas: Canvas) -> None:
    for number in range(12):
        canvas.drawString(LEFT, TOP - 14 * number, "the boats come in with the evening tide")
        canvas.drawString(LEFT + 250, TOP - 14 * number, "and what they bring is sold at the quay")


def items(canvas: Canvas) -> None:
    for number in range(8):
        canvas.drawString(LEFT, TOP - 14 * number, f"{number + 1}.")
        canvas.drawString(LEFT + 20, TOP - 14 * number, f"Haul in line {number}")


def contents(canvas: Canvas) -> None:
    for number, title in enumerate(["Boats", "Nets and lines", "Tides", "Harbours", "Weather"]):
        canvas.drawString(LEFT, TOP - 14 * number, title + " " + "." * 60)
        canvas.drawString(LEFT + 350, TOP - 14 * number, str(7 * number + 3))


def code(canvas: Canvas) -> None:
    canvas.rect(LEFT - 20, TOP - 60, 300, 75)
    canvas.setFont("Courier", 10)
    for number, text in enumerate(["def tide(hour):", "    height = level(hour)", "    return height", "tide(12)"]):
        canvas.drawString(LEFT - 15, TOP - 14 * number, str(number + 1))
        canvas.drawString(LEFT + 10, TOP - 14 * number, text)


def form(canvas: Canvas) -> None:
    for number, label in enumerate(["Name of the boat:", "Harbour:", "Master:"]):
        canvas.drawString(LEFT, TOP - 24 * number, label)
        canvas.line(LEFT + 110, TOP - 24 * number - 2, LEFT + 300, TOP - 24 * number - 2)


def chart(canvas: Canvas) -> None:
    for number in range(6):
        canvas.line(LEFT, TOP - 30 * number, LEFT + 200, TOP - 30 * number)
        canvas.line(LEFT + 40 * number, TOP, LEFT + 40 * number, TOP - 150)
        canvas.drawString(LEFT - 20, TOP - 30 * number, str(50 - 10 * number))
        canvas.drawString(LEFT + 40 * number, TOP - 165, str(number))
    for number in range(20):
        canvas.line(LEFT + 10 * number, TOP - 7 * number, LEFT + 10 * number + 10, TOP - 7 * number - 7)


def chart_in_a_frame(canvas: Canvas) -> None:
    """A frame with curves in it, a legend in figures, and scales beside and below it."""
    canvas.rect(LEFT, TOP - 150, 220, 150)
    for number in range(6):
        canvas.drawString(LEFT - 22, TOP - 24 * number - 14, str(60 - 10 * number))
        canvas.drawString(LEFT + 228, TOP - 24 * number - 14, str(6 - number))
        canvas.drawString(LEFT + 40 * number, TOP - 164, str(1990 + number))
    for number in range(4):
        canvas.bezier(LEFT + 5, TOP - 140, LEFT + 60, TOP - 20 * number, LEFT + 150, TOP - 140, LEFT + 215, TOP - 10)
        canvas.bezier(LEFT + 5, TOP - 90, LEFT + 60, TOP - 20 * number, LEFT + 150, TOP - 90, LEFT + 215, TOP - 20)


@pytest.mark.parametrize("draw", [prose, items, contents, code, form, chart, chart_in_a_frame])
def test_what_only_stands_in_columns_is_no_table(draw: Callable[[Canvas], Any]) -> None:
    assert tables(draw) == []


COORDINATES = st.floats(0, 8)
WORDS = st.lists(
    st.builds(
        lambda text, x, y: Word(text, (x, y, x + 0.07 * len(text), y, x + 0.07 * len(text), y + 0.15, x, y + 0.15),
                                0.0, 0.15, False, 0.9),
        st.sampled_from(["12", "8.5", "tide", "of", "North", "•", "1.", "–"]),
        st.one_of(COORDINATES, st.sampled_from([1.0, 3.0, 5.0])),
        st.one_of(COORDINATES, st.integers(0, 8).map(float)),
    ),
    max_size=40,
)  # fmt: skip
RULES = st.lists(
    st.one_of(
        st.builds(lambda y, x: Rule(x, y, x + 4, y, 0.01), st.integers(0, 8), st.integers(0, 2)),
        st.builds(lambda y, x: Rule(x, y, x, y + 4, 0.01), st.integers(0, 4), st.integers(0, 8)),
    ),
    max_size=12,
)


@given(WORDS, RULES)
def test_whatever_is_on_a_page_each_word_is_read_once_and_cells_tile_their_table(
    words: list[Word], rules: list[Rule]
) -> None:
    page = laid_out(Page(1, 8.5, 11.0, LengthUnit.INCH, tuple(words), rules=tuple(rules)))
    assert sorted(words, key=repr) == sorted(read_words(page.blocks), key=repr)
    for block in page.blocks:
        if isinstance(block, ReadTable):
            places = [
                (row, column)
                for cell in block.cells
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            ]
            assert sorted(places) == [(r, c) for r in range(block.row_count) for c in range(block.column_count)]


def test_a_crowded_page_takes_little_time() -> None:
    words = tuple(
        Word("12", (x / 9, y / 14, x / 9 + 0.08, y / 14, x / 9 + 0.08, y / 14 + 0.05, x / 9, y / 14 + 0.05), 0.0, 0.05,
             False, 0.9)
        for x in range(75) for y in range(150)
    )  # fmt: skip
    begin = time.process_time()
    laid_out(Page(1, 8.5, 11.0, LengthUnit.INCH, words))
    assert time.process_time() - begin < 5


def test_a_header_that_runs_up_the_page_stands_in_its_cell() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, 3, 3)
        write(canvas, [["", "", ""], *TIDES[1:]])
        canvas.saveState()
        canvas.translate(LEFT + WIDTH + 40, TOP - 18)
        canvas.rotate(45)
        canvas.drawString(0, 0, "High")
        canvas.restoreState()

    (table,) = tables(draw)
    assert texts(table)[0] == ["", "High", ""]


def test_a_header_in_the_middle_over_columns_is_over_them() -> None:
    def draw(canvas: Canvas) -> None:
        for row in (0, 2, 5):
            canvas.line(LEFT, TOP - row * HEIGHT, LEFT + 3 * WIDTH, TOP - row * HEIGHT)
        write(canvas, [[], *REPORT])
        canvas.drawCentredString(LEFT + 1.68 * WIDTH, TOP - 14, "Sea")

    (table,) = tables(draw)
    (sea,) = [cell for cell in table.cells if cell.content == "Sea"]
    assert (sea.row_index, sea.column_index, sea.column_span) == (0, 1, 2)


def test_a_header_is_over_columns_whose_own_headers_run_up_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        for row in (0, 2, 5):
            canvas.line(LEFT, TOP - row * HEIGHT, LEFT + 4 * WIDTH, TOP - row * HEIGHT)
        write(canvas, [[], ["Port", "Coast"], *[[name, "west", "5.1", "1.2"] for name in ("Brest", "Cadiz", "Sines")]])
        canvas.drawCentredString(LEFT + 2.68 * WIDTH, TOP - 14, "Sea")
        for column in (2, 3):
            canvas.saveState()
            canvas.translate(LEFT + column * WIDTH + 10, TOP - 38)
            canvas.rotate(45)
            canvas.drawString(0, 0, "Tide")
            canvas.restoreState()

    (table,) = tables(draw)
    (sea,) = [cell for cell in table.cells if cell.content == "Sea"]
    assert (sea.column_index, sea.column_span) == (2, 2)


def test_titles_between_rows_do_not_hide_columns() -> None:
    def draw(canvas: Canvas) -> None:
        narrow = [0, 15, 90, 150, 200, 250, 300, 350, 400]
        y = TOP
        for name in ("Western ports", "Eastern ports", "Northern ports", "Southern ports"):
            for texts in ([name, "", "Of the sea"], *[["1", "Brest", *["5.1"] * 7]] * 2):
                for x, text in zip(narrow, texts, strict=False):
                    canvas.drawString(LEFT + x, y, text)
                y -= 14

    (table,) = tables(draw)
    assert table.column_count == 9
    assert texts(table)[1][:3] == ["1", "Brest", "5.1"]


def test_a_table_goes_on_below_the_line_under_its_header() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(LEFT, TOP, LEFT + 3 * WIDTH, TOP)
        canvas.line(LEFT, TOP - HEIGHT, LEFT + 3 * WIDTH, TOP - HEIGHT)
        write(canvas, REPORT)

    (table,) = tables(draw)
    assert texts(table) == REPORT


def test_empty_rows_at_the_end_are_left_out_and_double_lines_make_no_rows() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, 8, 3)
        grid(canvas, 8, 3, y=TOP + 3)
        write(canvas, TIDES)

    (table,) = tables(draw)
    assert texts(table) == TIDES


def boxes(canvas: Canvas) -> None:
    """A form of boxes of all sizes with a label in each."""
    for x, y, wide, high, label in (
        (0, 0, 300, 30, "Name of the boat"),
        (0, 30, 180, 45, "Harbour"),
        (180, 30, 120, 20, "Length"),
        (180, 50, 120, 50, "Master"),
        (0, 75, 90, 25, "Built in"),
        (90, 75, 90, 25, "Flag"),
    ):
        canvas.rect(LEFT + x, TOP - y - high, wide, high)
        canvas.drawString(LEFT + x + 4, TOP - y - 14, label)


def test_a_form_of_boxes_is_no_table() -> None:
    assert tables(boxes) == []


def in_a_frame_of_lines(canvas: Canvas) -> None:
    canvas.line(LEFT, TOP + 20, LEFT + 460, TOP + 20)
    prose(canvas)
    canvas.line(LEFT, TOP - 170, LEFT + 460, TOP - 170)


def test_prose_in_columns_between_the_lines_of_a_page_is_no_table() -> None:
    assert tables(in_a_frame_of_lines) == []


def test_a_table_is_found_between_lines_of_the_page_that_are_as_wide() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(LEFT, TOP + 60, LEFT + 3 * WIDTH, TOP + 60)
        canvas.drawString(LEFT, TOP + 40, "What the boats brought in, by the sea that they came from")
        banded(canvas)
        canvas.drawString(LEFT, TOP - 110, "Soles were rare in that year, as they had been before.")
        canvas.line(LEFT, TOP - 400, LEFT + 3 * WIDTH, TOP - 400)

    (table,) = tables(draw)
    assert texts(table) == REPORT


def test_a_long_name_beside_short_entries_is_a_row() -> None:
    rows = [["Boat", "Sea", "Port"]] + [["Kestrel", "North", "Brest"]] * 2
    rows += [["The old boat of the master of the harbour who sailed", "South", "Cadiz"]] + [
        ["Tern", "North", "Brest"]
    ] * 2

    def draw(canvas: Canvas) -> None:
        for number, (name, sea, port) in enumerate(rows):
            canvas.drawString(LEFT, TOP - 16 * number, name)
            canvas.drawString(LEFT + 320, TOP - 16 * number, sea)
            canvas.drawString(LEFT + 400, TOP - 16 * number, port)

    (table,) = tables(draw)
    assert texts(table) == rows


def test_prose_in_narrow_columns_beside_a_line_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.line(LEFT, TOP + 14, LEFT + 450, TOP + 14)
        for number in range(8):
            for column in range(3):
                canvas.drawString(LEFT + 155 * column, TOP - 11 * number, "the boats come in with the tide")

    assert tables(draw) == []


def test_headers_under_a_header_are_headers_and_a_row_of_sums_is_none() -> None:
    (table,) = tables(banded_below_a_header)
    assert {cell.row_index for cell in table.cells if cell.kind == CellKind.COLUMN_HEADER} == {0, 1}
    (sums,) = tables(lambda canvas: (grid(canvas, 2, 2), write(canvas, [["Sum", "5.10"], ["Tax", "0.90"]])))
    assert all(cell.kind in (None, CellKind.CONTENT, CellKind.ROW_HEADER) for cell in sums.cells)


def test_cells_for_one_character_each_are_no_table() -> None:
    def comb(canvas: Canvas) -> None:
        canvas.drawString(77, 706, "Number of the ship in the register of the port")
        canvas.rect(72, 680, 300, 20)
        for number, figure in enumerate("417702"):
            canvas.rect(372 + 18 * number, 680, 18, 20)
            canvas.drawString(378 + 18 * number, 686, figure)
        canvas.drawString(77, 686, "as it was entered")
        canvas.rect(72, 700, 408, 20)

    assert tables(comb) == []


def test_headings_above_and_below_the_box_of_a_form_are_no_table() -> None:
    def form(canvas: Canvas) -> None:
        for y in (TOP, TOP - 20, TOP - 120, TOP - 140):
            canvas.line(LEFT, y, LEFT + 300, y)
        parts = (("Part I", "Number"), ("later.", "or"), ("Part II", "Signature"))
        for y, texts in zip((TOP - 14, TOP - 118, TOP - 134), parts, strict=True):
            canvas.drawString(LEFT + 5, y, texts[0])
            canvas.drawString(LEFT + 105, y, texts[1])
        canvas.rect(LEFT + 20, TOP - 110, 260, 80)
        canvas.line(LEFT + 150, TOP - 110, LEFT + 150, TOP - 70)
        canvas.line(LEFT + 20, TOP - 70, LEFT + 280, TOP - 70)
        for line in range(3):
            canvas.drawString(LEFT + 25, TOP - 44 - 12 * line, "Enter your number in the box, and see")

    assert tables(form) == []
