"""Lines, boxes and pictures of a PDF page come in displayed inches, however they were drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contract.options import AnalyzeOptions
from engine import source
from engine.evidence import Page
from tests.engine.pdfs import displayed, pdf


def seen(document: bytes, model_id: str = "prebuilt-layout") -> Page:
    with source.opened(memoryview(document), AnalyzeOptions(model_id=model_id)) as opened:
        found = opened.quickly(1)
    assert found
    return found


def line(canvas: Canvas) -> None:
    canvas.setLineWidth(1.44)
    canvas.line(72, 720, 216, 720)


def thin_box(canvas: Canvas) -> None:
    canvas.rect(72, 719.28, 144, 1.44, stroke=0, fill=1)


def dashes(canvas: Canvas) -> None:
    canvas.setLineWidth(1.44)
    canvas.setDash(3, 3)
    canvas.line(72, 720, 216, 720)


def in_a_scaled_form(canvas: Canvas) -> None:
    canvas.beginForm("held")
    canvas.setLineWidth(0.72)
    canvas.line(36, 360, 108, 360)
    canvas.endForm()
    canvas.scale(2, 2)
    canvas.doForm("held")


@pytest.mark.parametrize("draw", [line, thin_box, dashes, in_a_scaled_form])
def test_a_line_is_a_rule_however_it_is_drawn(draw: Callable[[Canvas], Any]) -> None:
    (rule,) = seen(pdf(draw)).rules
    assert (rule.x1, rule.y1, rule.x2, rule.y2, rule.thickness) == pytest.approx((1, 1, 3, 1, 0.02), abs=1e-3)


def test_a_line_turns_with_the_page() -> None:
    (rule,) = seen(displayed(pdf(line), turn=90)).rules
    assert (rule.x1, rule.y1, rule.x2, rule.y2) == pytest.approx((10, 1, 10, 3), abs=1e-3)


def test_a_filled_box_has_its_colour_and_a_drawn_one_four_rules() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(72, 648, 72, 72, stroke=1, fill=1)

    page = seen(pdf(draw))
    assert [fill.color for fill in page.fills] == ["#ff0000"]
    assert page.fills[0].box == pytest.approx((1, 1, 2, 2))
    assert len(page.rules) == 4


def test_images_and_drawings_of_curves_are_pictures() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("RGB", (9, 9), "white")), 72, 576, 144, 144)
        for number in range(6):
            canvas.circle(360 + 8 * number, 400, 60)

    image, drawing = seen(pdf(draw)).pictures
    assert image.box == pytest.approx((1, 1, 3, 3))
    assert drawing.box == pytest.approx((300 / 72, 332 / 72, 460 / 72, 452 / 72), abs=0.02)


def test_letters_of_a_logo_or_a_single_slanted_line_are_no_picture() -> None:
    page = seen(pdf(lambda canvas: canvas.line(100, 100, 300, 300)))
    assert (page.rules, page.fills, page.pictures) == ((), (), ())


def test_what_is_not_on_the_page_or_not_seen_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(700, 100, 900, 100)
        canvas.setStrokeAlpha(0)
        canvas.line(100, 100, 300, 100)

    assert seen(pdf(draw)).rules == ()


def test_reading_alone_looks_for_no_drawings() -> None:
    assert seen(pdf(line), "prebuilt-read").rules == ()


def test_an_image_that_is_cut_into_strips_is_one_picture() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(4):
            image = ImageReader(Image.new("RGB", (9, 9), (255, 255, 255 - number)))
            canvas.drawImage(image, 72, 576 + 36 * number, 144, 36)

    (picture,) = seen(pdf(draw)).pictures
    assert picture.box == pytest.approx((1, 1, 3, 3))
