"""Selection marks of a scan are found, told by state, and stand among its words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from engine.evidence import Word
from engine.scan.frame import Pixels
from engine.scan.marks.find import with_marks
from engine.scan.marks.read_as import is_sign, without_mark
from engine.scan.scale import scaled

FONT = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), 24)
SIZE = 32.0
SIDE = 26


class Sheet:
    """A scan that is drawn, and what recognition would read of it."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (700, 400), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.words: list[Word] = []

    def write(self, x: float, y: float, text: str, read_as: str | None = None, start: float | None = None) -> None:
        """Writes a word whose box begins at `start`, or where it does."""
        self.pen.text((x, y), text, "black", FONT)
        right = x + FONT.getlength(text)
        left = x if start is None else start
        quad = (left, y, right, y, right, y + SIZE, left, y + SIZE)
        self.words.append(Word(read_as or text, quad, 0.0, SIZE, False, 0.9))

    def box(self, x: float, y: float, *, crossed: bool = False, read_as: str | None = None) -> None:
        """A box, which recognition may have taken for a word."""
        self.pen.rectangle((x, y, x + SIDE, y + SIDE), outline="black", width=2)
        if crossed:
            self.pen.line((x - 3, y + 4, x + SIDE + 2, y + SIDE - 3), "black", 3)
            self.pen.line((x + 4, y + SIDE - 4, x + SIDE - 3, y - 2), "black", 3)
        if read_as:
            quad = (x, y - 3, x + SIDE, y - 3, x + SIDE, y + SIDE + 3, x, y + SIDE + 3)
            self.words.append(Word(read_as, quad, 0.0, SIZE, False, 0.5))

    def scanned(self) -> Pixels:
        noise = np.random.default_rng(3).normal(0, 6, (400, 700, 1))
        soft = np.asarray(self.image.filter(ImageFilter.GaussianBlur(0.7))).astype(float)
        return np.clip(soft * 0.8 + 25 + noise, 0, 255).astype(np.uint8)

    def read(self) -> list[str]:
        return [word.text for word in with_marks(self.scanned(), self.words)]


def test_an_empty_and_a_crossed_box_stand_before_their_labels() -> None:
    sheet = Sheet()
    for y, crossed, label in ((50, False, "Pilot"), (120, True, "Tug")):
        sheet.box(60, y, crossed=crossed)
        sheet.write(100, y - 2, label)
    assert sheet.read() == [":unselected:", "Pilot", ":selected:", "Tug"]


def test_a_mark_has_the_box_that_is_seen() -> None:
    sheet = Sheet()
    sheet.box(60, 50)
    sheet.write(100, 48, "Pilot")
    mark = with_marks(sheet.scanned(), sheet.words)[0]
    assert mark.quad[0:2] == pytest.approx((60, 50), abs=3)
    assert mark.quad[4:6] == pytest.approx((60 + SIDE, 50 + SIDE), abs=3)
    assert 0.5 < mark.confidence <= 1


@pytest.mark.parametrize("read_as", ["□", "口", "O", "[]", "☐"])
def test_a_mark_takes_the_place_of_the_word_that_it_was_read_as(read_as: str) -> None:
    sheet = Sheet()
    sheet.box(60, 50, read_as=read_as)
    sheet.write(100, 48, "Pilot")
    assert sheet.read() == [":unselected:", "Pilot"]


def test_a_mark_is_cut_from_the_word_that_it_was_read_into() -> None:
    sheet = Sheet()
    sheet.box(60, 50)
    sheet.write(92, 48, "Pilot", read_as="□Pilot", start=60)
    mark, word = with_marks(sheet.scanned(), sheet.words)
    assert (mark.text, word.text) == (":unselected:", "Pilot")
    assert word.quad[0] >= mark.quad[2]


@pytest.mark.parametrize("text", ["O", "D", "0", "o", "OO", "QUOD", "8", "BOLD"])
def test_letters_are_never_marks(text: str) -> None:
    sheet = Sheet()
    sheet.write(60, 50, text)
    sheet.write(200, 50, "Pilot")
    assert sheet.read() == [text, "Pilot"]


def test_cells_for_characters_are_no_marks() -> None:
    sheet = Sheet()
    for number in range(6):
        sheet.box(60 + SIDE * number, 50)
    sheet.write(300, 48, "Pilot")
    assert sheet.read() == ["Pilot"]


def test_nothing_in_a_picture_is_a_mark() -> None:
    sheet = Sheet()
    sheet.box(60, 50)
    sheet.write(100, 48, "Pilot")
    assert [word.text for word in with_marks(sheet.scanned(), sheet.words, [(0.0, 0.0, 300.0, 300.0)])] == ["Pilot"]


def test_what_looks_like_a_box_is_text_on_a_page_of_ideographs() -> None:
    assert is_sign("口", in_ideographs=False)
    assert not is_sign("口", in_ideographs=True)
    assert is_sign("□", in_ideographs=True)


def test_a_page_without_words_has_no_marks() -> None:
    sheet = Sheet()
    sheet.box(60, 50)
    assert sheet.read() == []


@pytest.mark.parametrize(
    ("text", "at_start", "rest"),
    [("□Yes", True, "Yes"), ("OYes", True, "Yes"), ("ORDER", True, "ORDER"), ("No□", False, "No"), ("NO", False, "NO")],
)
def test_what_was_read_from_a_mark_is_no_part_of_a_word(text: str, at_start: bool, rest: str) -> None:
    assert without_mark(text, at_start=at_start) == rest


def test_the_box_that_ends_a_proof_is_no_mark() -> None:
    sheet = Sheet()
    for row, text in enumerate(
        ["so that the tide is high at noon and low at dusk", "which was to be shown for every harbour"]
    ):
        x = 30.0
        for word in text.split():
            sheet.write(x, 50 + 36 * row, word)
            x += FONT.getlength(word) + 10
    right = max(word.quad[2] for word in sheet.words)
    sheet.box(right - SIDE, 50 + 36 * 2)
    assert not any(word.startswith(":") for word in sheet.read())


@pytest.mark.parametrize("share", [0.35, 0.5, 2.0])
def test_marks_are_found_at_any_resolution(share: float) -> None:
    sheet = Sheet()
    for y, crossed, label in ((50, False, "Pilot"), (120, True, "Tug")):
        sheet.box(60, y, crossed=crossed)
        sheet.write(100, y - 2, label)
    width, height = (round(side * share) for side in sheet.image.size)
    pixels = np.asarray(Image.fromarray(sheet.scanned()).resize((width, height), Image.Resampling.BOX))
    words = [scaled(word, share) for word in sheet.words]
    assert [word.text for word in with_marks(pixels, words)] == [":unselected:", "Pilot", ":selected:", "Tug"]


def test_boxes_close_under_each_other_are_marks_of_their_own() -> None:
    sheet = Sheet()
    for row, crossed in enumerate((False, True, False)):
        sheet.box(60, 50 + (SIDE + 4) * row, crossed=crossed)
        sheet.write(100, 48 + (SIDE + 4) * row, "Pilot")
    assert sheet.read() == [":unselected:", "Pilot", ":selected:", "Pilot", ":unselected:", "Pilot"]


@pytest.mark.parametrize("level", [80, 80 + SIDE])
def test_a_box_may_share_a_side_with_a_line_of_a_table(level: int) -> None:
    sheet = Sheet()
    sheet.box(60, 80, crossed=True)
    sheet.write(130, 78, "Pilot")
    sheet.pen.line((20, level, 680, level), "black", 2)
    assert sheet.read() == [":selected:", "Pilot"]


def test_circles_of_a_graph_are_no_marks() -> None:
    sheet = Sheet()
    sheet.write(20, 46, "Pilot")
    for number in range(5):
        x = 120 + 90 * number
        sheet.pen.line((x + SIDE, 60, x + 90, 60), "black", 2)
        sheet.pen.ellipse((x, 60 - SIDE / 2, x + SIDE, 60 + SIDE / 2), outline="black", width=2)
    assert sheet.read() == ["Pilot"]
