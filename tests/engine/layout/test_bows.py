"""A table on a page that was not flat when it was taken is found with all its cells, by the lines drawn in it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from contract.page import LengthUnit
from engine.evidence import Page, Rule, Word
from engine.layout.page import laid_out
from engine.reading.page import ReadPage, Table, words
from engine.scan.frame import Pixels
from engine.scan.rules import rules

WIDTH, HEIGHT, SIZE = 900, 700, 16
LEFT, TOP, WIDE, HIGH = 100, 150, 140, 24
ROWS, COLUMNS = 15, 5
Down = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""How far down a point of the flat page is moved."""
SAID = [[f"{row}.{column}" for column in range(COLUMNS)] for row in range(ROWS)]


def drawn(edge: bool = False) -> Pixels:
    """A table of many low rows; its words are told apart from it, and not drawn."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    for row in range(ROWS + 1):
        draw.line((LEFT, TOP + row * HIGH, LEFT + COLUMNS * WIDE, TOP + row * HIGH), "black", 2)
    for column in range(COLUMNS + 1):
        draw.line((LEFT + column * WIDE, TOP, LEFT + column * WIDE, TOP + ROWS * HIGH), "black", 2)
    if edge:
        draw.line((0, 20, WIDTH, 100), "black", 2)
    return np.asarray(image)


def bowed(by: float) -> Down:
    return lambda x, y: by * np.sin(np.pi * x / WIDTH) * (1.3 - 0.6 * y / HEIGHT)


def skewed(degrees: float) -> Down:
    return lambda x, y: np.tan(np.radians(degrees)) * (x - WIDTH / 2) + 0 * y


def page(down: Down, flat: Pixels) -> Page:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    # The place down on the flat page, of one on the bent page.
    source = y - down(x, y - down(x, y))
    bent = cv2.remap(flat, x, source.astype(np.float32), cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    read = []
    for row, texts in enumerate(SAID):
        for column, text in enumerate(texts):
            left, top = LEFT + column * WIDE + 20, TOP + row * HIGH + 4
            off = float(down(np.array(left + 20.0), np.array(top + SIZE / 2.0)))
            quad = (left, top + off, left + 40, top + off, left + 40, top + SIZE + off, left, top + SIZE + off)
            read.append(Word(text, quad, 0.0, SIZE, False, 0.9))
    lines = tuple(rules(np.asarray(bent, np.uint8), read))
    return Page(1, WIDTH, HEIGHT, LengthUnit.PIXEL, tuple(read), rules=lines, recognized=True)


def tables(read: ReadPage) -> list[list[list[str]]]:
    found = []
    for block in read.blocks:
        if isinstance(block, Table):
            rows: list[list[str]] = [[] for _ in range(block.row_count)]
            for cell in block.cells:
                rows[cell.row].append(" ".join([word.text for word in words(cell.paragraphs)]))
            found.append(rows)
    return found


@pytest.mark.parametrize("down", [bowed(0), bowed(9), bowed(18), bowed(-18), skewed(1), skewed(3), skewed(-3)])
def test_all_cells_of_a_table_are_found_on_a_page_that_is_bowed_or_skewed(down: Down) -> None:
    assert tables(laid_out(page(down, drawn()))) == [SAID]


def test_cells_are_where_the_page_shows_them() -> None:
    down = bowed(18)
    (table,) = [block for block in laid_out(page(down, drawn())).blocks if isinstance(block, Table)]
    for cell in table.cells:
        x, y = LEFT + cell.column * WIDE, TOP + cell.row * HIGH
        assert cell.quad[:2] == pytest.approx((x, y + float(down(np.array(x), np.array(y)))), abs=3)


def test_the_edge_of_the_paper_says_nothing_of_how_it_is_bent() -> None:
    assert tables(laid_out(page(bowed(0), drawn(edge=True)))) == [SAID]


def test_lines_that_run_all_ways_bend_nothing() -> None:
    flat = page(bowed(0), drawn())
    crossed = tuple(
        [Rule(100, y, 800, y + slant, 1) for y, slant in zip(range(150, 600, 30), [40, -40] * 8, strict=False)]
    )
    read = laid_out(Page(1, WIDTH, HEIGHT, LengthUnit.PIXEL, flat.words, rules=crossed, recognized=True))
    assert {word.quad for word in words(read.blocks)} == {word.quad for word in flat.words}
    plain = laid_out(Page(1, WIDTH, HEIGHT, LengthUnit.PIXEL, flat.words, recognized=True))
    assert [block.quad for block in read.blocks] == [block.quad for block in plain.blocks]


def test_lines_that_a_document_states_are_as_they_are() -> None:
    bent = page(bowed(18), drawn())
    stated = Page(1, WIDTH, HEIGHT, LengthUnit.PIXEL, bent.words, rules=bent.rules)
    assert tables(laid_out(stated)) != [SAID]
