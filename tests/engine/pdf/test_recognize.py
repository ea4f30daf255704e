"""Pixels of a page are read where, and only where, the text layer does not say what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contract.options import AnalyzeOptions, Feature
from contract.page import LengthUnit
from engine.evidence import Word
from engine.ocr.weights import WeightsMissing
from engine.pdf import document, page, render
from engine.pdf.recognize import Need, need
from engine.result.assemble import FORMULAS_NOT_READ
from engine.scan.frame import Pixels
from engine.task import Analyze, Plan
from tests.engine.images import recognizing, word
from tests.engine.pdfs import analyzed, displayed, pdf, replied, saying


def picture(*lines: str, size: tuple[int, int] = (850, 1100)) -> ImageReader:
    """An image of some lines of text."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((size[0] / 10, size[1] / 10 + 40 * number), line, fill="black", font=ImageFont.load_default(28))
    return ImageReader(image)


OPTIONS = AnalyzeOptions(model_id="prebuilt-read")
LINES = [f"Line {number} of a page that was scanned" for number in range(20)]


def scan(canvas: Canvas) -> None:
    canvas.drawImage(picture(*LINES), 0, 0, 612, 792)


def with_hidden_text(lines: list[str]) -> Callable[[Canvas], None]:
    """A scan with an invisible layer of text over its first lines."""

    def draw(canvas: Canvas) -> None:
        scan(canvas)
        text = canvas.beginText()
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 20)
        for number, line in enumerate(lines):
            text.setTextOrigin(60, 792 - 79 - 28.8 * number - 18)
            text.textOut(line)
        canvas.drawText(text)

    return draw


def together(*draws: Callable[[Canvas], Any]) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def drawn_letters(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for number in range(500):
        path.moveTo(100 + number % 100, 100 + number // 100)
        path.lineTo(101 + number % 100, 102 + number // 100)
    canvas.drawPath(path)


def photo(canvas: Canvas) -> None:
    canvas.drawImage(picture("Sold", "out", size=(300, 300)), 300, 200, 150, 150)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("held")
    scan(canvas)
    canvas.endForm()
    canvas.doForm("held")


def shifted(*lines: str) -> Callable[[Canvas], None]:
    """Text as a font without a table of meanings gives it: each letter another one."""
    return saying(*["".join(chr(ord(letter) - 29) if letter != " " else " " for letter in line) for line in lines])


PROSE = ["the keeper of this station noted in his book each time what he had seen"] * 5


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (saying("Born digital"), Need.NOTHING),
        (lambda canvas: canvas.rect(10, 10, 50, 50), Need.NOTHING),
        (lambda canvas: canvas.drawImage(picture(), 0, 0, 612, 792), Need.NOTHING),
        (scan, Need.OTHERS),
        (in_a_form, Need.OTHERS),
        (with_hidden_text(LINES), Need.NOTHING),
        (with_hidden_text(LINES[:10]), Need.OTHERS),
        (together(saying("A picture:"), photo), Need.OTHERS),
        (drawn_letters, Need.ALL),
        (together(saying("A drawing"), drawn_letters), Need.NOTHING),
        (saying(*PROSE), Need.NOTHING),
        (shifted(*PROSE), Need.ALL),
    ],
)
def test_what_recognition_has_to_do(draw: Callable[[Canvas], Any], expected: Need) -> None:
    with document.opened(memoryview(pdf(draw))) as opened, page.opened(opened, 1) as found:
        assert found is not None
        assert need(found) is expected


def said(*words: Word) -> Callable[[Pixels], list[Word]]:
    return lambda pixels: list(words)


def test_a_scan_is_read_and_measured_in_inches(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, said(word("scanned", 200, 400, 300, 440)))
    (read,) = analyzed(pdf(scan)).pages
    assert (read.width, read.height, read.unit) == (8.5, 11.0, LengthUnit.INCH)
    assert [one.content for one in read.words or []] == ["scanned"]
    assert (read.words or [])[0].polygon == pytest.approx([1, 2, 1.5, 2, 1.5, 2.2, 1, 2.2], abs=0.001)


def test_that_formulas_of_a_scan_are_not_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, said(word("scanned", 200, 400, 300, 440)))
    for draw, told in ((scan, [FORMULAS_NOT_READ]), (saying(*PROSE), [])):
        found = analyzed(pdf(draw), features=frozenset({Feature.FORMULAS}))
        assert [warning.code for warning in found.warnings or []] == told


def test_a_scan_that_lies_on_its_side_keeps_its_coordinates(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, said(word("scanned", 200, 400, 300, 440)), (0.0, 1.0, 0.0, 0.0))
    (read,) = analyzed(pdf(scan)).pages
    assert read.angle == 90
    # One inch from the left and two from the top of the upright page, whose top is at the right as sent.
    assert (read.words or [])[0].polygon == pytest.approx([6.5, 1, 6.5, 1.5, 6.3, 1.5, 6.3, 1], abs=0.001)


def test_words_of_pictures_join_those_of_the_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Pixels] = []

    def read(pixels: Pixels) -> list[Word]:
        seen.append(pixels)
        return [word("Sold", 900, 1300, 1000, 1340), word("noise", 100, 100, 200, 140)]

    recognizing(monkeypatch, read)
    result = analyzed(pdf(together(saying("A picture:", y=700), photo)))
    assert result.content == "A picture:\nSold"
    top, left = round((792 - 712) / 72 * 200), 200
    assert seen[0][top : top + 40, left : left + 150].min() == 255, "what is known was painted over"


def test_garbage_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, said(word("keeper", 200, 400, 300, 440)))
    assert analyzed(pdf(shifted(*PROSE))).content == "keeper"


def test_without_weights_a_page_is_what_its_text_layer_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(pixels: Pixels) -> list[Word]:
        raise WeightsMissing("weights")

    recognizing(monkeypatch, missing)
    assert analyzed(pdf(together(saying("Known"), photo))).content == "Known"


def test_several_scans_are_planned_and_one_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, said(word("scanned", 200, 400, 300, 440)))
    some = pdf(scan, saying("Text"), scan)
    assert replied(Analyze(OPTIONS, most_pages=25), some) == Plan((1, 2, 3), (1, 3))
    assert replied(Analyze(OPTIONS, most_pages=2), some) == Plan((1, 2, 3), (1, 3))
    assert analyzed(pdf(scan, saying("Text"))).content == "scanned\nText"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_are_rendered_as_they_are_displayed(turn: int) -> None:
    data = displayed(pdf(lambda canvas: canvas.rect(0, 692, 100, 100, fill=1)), turn)
    with document.opened(memoryview(data)) as opened, page.opened(opened, 1) as found:
        assert found is not None
        pixels = render.rendered(found.handle, *found.frame.size, 36.0, 1_000_000)
    corner = {0: pixels[:40, :40], 90: pixels[:40, -40:], 180: pixels[-40:, -40:], 270: pixels[-40:, :40]}[turn]
    assert corner.max() == 0
    assert pixels.shape == ((396, 306, 3) if turn % 180 == 0 else (306, 396, 3))


def test_a_large_page_is_rendered_within_bounds() -> None:
    data = pdf(saying("A"), size=(14_000, 7_000))
    with document.opened(memoryview(data)) as opened, page.opened(opened, 1) as found:
        assert found is not None
        assert render.rendered(found.handle, *found.frame.size, 200.0, 1_000_000).size <= 3_010_000
