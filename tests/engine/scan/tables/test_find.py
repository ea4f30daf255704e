"""The network sees the rows and columns of tables, where a page has one."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from contract.options import AnalyzeOptions
from engine.evidence import NOTHING_DRAWN, Box, SeenCell, Word
from engine.ocr.sessions import Floats
from engine.scan import read
from engine.scan.frame import Frame, Pixels
from engine.scan.parts import Kind, Part
from engine.scan.tables import find
from engine.scan.tables.find import MOST_TABLES, tables
from engine.scan.tables.structure import Token
from tests.engine.images import encoded, recognizing, word
from tests.engine.ocr.pages import FONT, needs_weights
from tests.engine.pdfs import analyzed

PAGE: Pixels = np.full((1000, 800, 3), 255, np.uint8)
BOX: Box = (100.0, 200.0, 500.0, 600.0)
TABLE = Part(Kind.TABLE, BOX, 0.9)
WORD = word("Brest", 110, 210, 160, 230)


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Heights and widths of what the network is asked about; it tells one cell in the corner of each."""
    asked: list[tuple[int, int]] = []

    def told(pixels: Pixels) -> tuple[list[int], Floats]:
        asked.append(pixels.shape[:2])
        return [Token.ROW, Token.CELL, Token.END], np.array([[0, 0, 9, 9], [0, 0, 40, 20], [0, 0, 9, 9]], np.float32)

    monkeypatch.setattr(find, "told", told)
    return asked


@needs_weights
def test_a_table_without_lines_has_its_rows_and_columns() -> None:
    image = Image.new("RGB", (338, 162), "white")
    drawing = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 13)
    words = []
    for row, texts in enumerate([("Port", "High", "Low"), ("Brest", "5.1", "1.2"), ("Cadiz", "3.4", "0.6")] * 2):
        for column, text in enumerate(texts):
            left, top = 8 + 110 * column, 8 + 22 * row
            drawing.text((left, top), text, "black", font)
            words.append(word(text, left, top, left + 40, top + 15))
    (table,) = tables(np.asarray(image), [], words)
    assert [[(cell.row_span, cell.column_span) for cell in row] for row in table] == [[(1, 1)] * 3] * 6
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            assert abs(cell.quad[0] - (8 + 110 * column)) < 60
            assert abs((cell.quad[1] + cell.quad[5]) / 2 - (16 + 22 * row)) < 11


def test_a_table_is_looked_at_with_the_words_in_it_and_placed_on_the_page(pictures: list[tuple[int, int]]) -> None:
    over = word("Cadiz", 90, 210, 160, 230)
    assert tables(PAGE, [TABLE], [over]) == [((SeenCell((86, 196, 126, 196, 126, 216, 86, 216)),),)]
    assert pictures == [(408, 418)]


@pytest.mark.parametrize(
    ("parts", "words", "looked_at"),
    [
        ([], [WORD], [(28, 58)]),
        ([], [], []),
        ([Part(Kind.FIGURE, BOX, 0.9)], [WORD], [(28, 58)]),
        ([Part(Kind.TEXT, BOX, 0.9)], [WORD], []),
        ([TABLE._replace(box=(-9.0, -9.0, -3.0, -3.0))], [], []),
        ([TABLE] * (MOST_TABLES + 1), [], [(408, 408)] * MOST_TABLES),
    ],
)
def test_what_is_looked_at(
    parts: list[Part], words: list[Word], looked_at: list[tuple[int, int]], pictures: list[tuple[int, int]]
) -> None:
    tables(PAGE, parts, words)
    assert pictures == looked_at


@pytest.mark.parametrize(("model", "count"), [("prebuilt-layout", 1), ("prebuilt-read", 0)])
def test_tables_are_looked_for_where_layout_is_asked_for(
    model: str, count: int, pictures: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    monkeypatch.setattr(read, "parts", lambda pixels: [TABLE])
    assert len(read.seen(PAGE, AnalyzeOptions(model_id=model)).drawn.tables) == count


def test_a_table_of_a_turned_page_is_placed_as_it_was_sent() -> None:
    upright = ((SeenCell((10, 20, 30, 20, 30, 40, 10, 40), 2, 3, True),),)
    (turned,) = Frame(1000, 800, 1, 0.0).drawings(NOTHING_DRAWN._replace(tables=(upright,))).tables
    assert turned == ((SeenCell((980, 10, 980, 30, 960, 30, 960, 10), 2, 3, True),),)


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_a_scanned_table_has_the_rows_and_columns_that_are_seen(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Image.new("RGB", (400, 300), "white")
    boxes = [
        (20 + 200 * column, 20 + 60 * row, 140 + 200 * column, 50 + 60 * row) for row in (0, 1, 2) for column in (0, 1)
    ]
    for box in boxes:
        ImageDraw.Draw(page).rectangle(box, "black")

    def scaled(pixels: Pixels) -> list[Box]:
        factor = pixels.shape[1] / 400
        return [(x1 * factor, y1 * factor, x2 * factor, y2 * factor) for x1, y1, x2, y2 in boxes]

    def told(pixels: Pixels) -> tuple[list[int], Floats]:
        seen = iter(scaled(pixels))
        tokens: list[int] = [Token.ROW, Token.CELL, Token.CELL] * 3
        return tokens, np.array([next(seen) if token == Token.CELL else (0, 0, 0, 0) for token in tokens], np.float32)

    recognizing(monkeypatch, lambda pixels: [word("Anna", *box) for box in scaled(pixels)])
    monkeypatch.setattr(find, "told", told)
    monkeypatch.setattr(
        read,
        "parts",
        lambda pixels: [Part(Kind.TABLE, (0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0])), 0.9)],
    )
    (table,) = analyzed(encoded(page, kind), "prebuilt-layout").tables or []
    assert (table.row_count, table.column_count) == (3, 2)
    assert [cell.content for cell in table.cells] == ["Anna"] * 6
