"""Pages of known words come back as these words, where they stand."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from engine.evidence import Word
from engine.ocr import read as ocr
from engine.ocr.detect import detect
from engine.ocr.sessions import Pixels
from tests.engine.ocr.pages import FONT, needs_weights, page

pytestmark = needs_weights

LINES = [
    "The harbour keeper wrote every height",
    "into a ruled book: 12.50, 1,204 and 7%",
    "for (many) years; nobody asked.",
]


def read(image: Pixels) -> list[Word]:
    return ocr.read(image, ocr.boxes(image)).words


def in_rows(words: list[Word]) -> str:
    rows = sorted(words, key=lambda word: (round(word.quad[1] / 20), word.quad[0]))
    return " ".join(word.text for word in rows)


@pytest.mark.parametrize("size", [12, 28, 60])
def test_print_of_any_size_is_read_with_its_punctuation(size: int) -> None:
    lines = [line[: 1600 // size] for line in LINES]
    words = read(page([line.rsplit(" ", 1)[0] for line in lines], size))
    wanted = " ".join(line.rsplit(" ", 1)[0] for line in lines).split()
    assert sorted(word.text for word in words) == sorted(wanted)


def test_a_box_holds_its_word_and_no_other() -> None:
    words = {word.text: word for word in read(page(["Alpha Beta Gamma"]))}
    font = ImageFont.truetype(str(FONT), 28)
    start = 60.0
    for text in ("Alpha", "Beta", "Gamma"):
        end = start + font.getlength(text)
        x1, y1, x2, _, _, y3, _, _ = words[text].quad
        assert abs(x1 - start) < 6
        assert abs(x2 - end) < 6
        assert 45 < y1 < 70 < 85 < y3 < 110
        start = end + font.getlength(" ")


def test_words_are_upright_in_direction_and_sure() -> None:
    for word in read(page(["A quiet winter morning"])):
        assert abs(word.angle) < 1.0
        assert 20 < word.size < 60
        assert 0.8 < word.confidence <= 1.0


@pytest.mark.parametrize(("turns", "angle"), [(1, -90.0), (3, 90.0)])
def test_a_line_up_or_down_the_page_says_so(turns: int, angle: float) -> None:
    turned = np.ascontiguousarray(np.rot90(page(["Written along the margin of a page"]), turns))
    words = read(turned)
    assert "margin" in [word.text for word in words]
    assert all(abs(word.angle - angle) < 2 for word in words)


def test_a_line_upside_down_is_read_all_the_same() -> None:
    turned = np.ascontiguousarray(np.rot90(page(["Sent by facsimile from Boston"]), 2))
    assert sorted(word.text for word in read(turned)) == ["Boston", "Sent", "by", "facsimile", "from"]


def test_wide_gaps_part_columns() -> None:
    image = Image.fromarray(page([]))
    image = image.resize((1000, 200))
    font = ImageFont.truetype(str(FONT), 26)
    for x, text in ((50, "Total"), (400, "17"), (470, "18"), (900, "1.20")):
        ImageDraw.Draw(image).text((x, 80), text, "black", font)
    assert in_rows(read(np.asarray(image))) == "Total 17 18 1.20"


@pytest.mark.parametrize("size", [(1, 1), (60, 60), (3000, 40)])
def test_a_page_without_text_has_no_words(size: tuple[int, int]) -> None:
    assert read(np.asarray(Image.new("RGB", size, "white"))) == []


def test_a_pattern_of_dots_is_no_print() -> None:
    dots = np.full((144, 208, 3), 255, np.uint8)
    dots[1::3, 1::3] = dots[2::3, 1::3] = 0
    assert detect(dots, 1000 / 144) == []
