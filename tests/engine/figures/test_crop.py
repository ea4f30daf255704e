"""What is cut out of a page is what stands there, upright, as a picture that a person can read."""

from __future__ import annotations

import io
import math

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contract.errors import ApiError, Fault
from engine.figures.crop import cropped
from engine.task import Region
from tests.engine.images import encoded
from tests.engine.pdfs import displayed, pdf

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)
QUARTERS = [[RED, GREEN], [BLUE, WHITE]]


def four(side: int = 40) -> Image.Image:
    """A square of four squares: red and green above, blue and white below."""
    square = np.array(QUARTERS, np.uint8).repeat(side // 2, 0).repeat(side // 2, 1)
    return Image.fromarray(square)


def sheet(canvas: Canvas) -> None:
    """A letter page with the square an inch from its left and two from its top, an inch wide."""
    canvas.drawImage(ImageReader(four()), 72, 792 - 216, 72, 72)


def box(left: float, top: float, width: float, height: float) -> list[float]:
    right, bottom = left + width, top + height
    return [left, top, right, top, right, bottom, left, bottom]


def cut(document: bytes, polygon: list[float], number: int = 1) -> NDArray[np.uint8]:
    pictures = cropped(memoryview(document), [Region("1.1", number, polygon)])
    opened = Image.open(io.BytesIO(pictures["1.1"]))
    assert (opened.format, opened.mode) == ("PNG", "RGB")
    return np.array(opened)


def corners(pixels: NDArray[np.uint8]) -> list[list[tuple[int, ...]]]:
    """The colours in the middles of the quarters."""
    height, width = pixels.shape[:2]
    return [
        [tuple(int(part) for part in pixels[height * down // 4, width * across // 4]) for across in (1, 3)]
        for down in (1, 3)
    ]


def test_a_figure_of_a_pdf_is_drawn_fine_enough_to_read() -> None:
    pixels = cut(pdf(sheet), box(1, 2, 1, 1))
    assert pixels.shape == (200, 200, 3)
    assert corners(pixels) == QUARTERS


@pytest.mark.parametrize(("turn", "place"), [(90, (8, 1)), (180, (6.5, 8)), (270, (2, 6.5))])
def test_a_page_that_is_turned_is_cut_as_it_is_displayed(turn: int, place: tuple[float, float]) -> None:
    pixels = cut(displayed(pdf(sheet), turn), box(*place, 1, 1))
    assert corners(pixels) == corners(np.rot90(np.array(four()), -turn // 90))


@pytest.mark.parametrize("start", range(4))
def test_the_first_corner_of_a_polygon_is_the_top_left_one(start: int) -> None:
    polygon = box(1, 2, 1, 1)
    pixels = cut(pdf(sheet), polygon[2 * start :] + polygon[: 2 * start])
    assert corners(pixels) == corners(np.rot90(np.array(four()), start))


def test_a_figure_that_stands_aslant_is_set_straight() -> None:
    page = Image.new("RGB", (400, 400), "white")
    page.paste(four(100), (150, 150))
    document = encoded(page.rotate(-15, Image.Resampling.BICUBIC, fillcolor="white"), "PNG")
    angle = math.radians(15)
    polygon = []
    for x, y in ((-50, -50), (50, -50), (50, 50), (-50, 50)):
        polygon += [200 + x * math.cos(angle) - y * math.sin(angle), 200 + x * math.sin(angle) + y * math.cos(angle)]
    pixels = cut(document, polygon)
    assert pixels.shape == (100, 100, 3)
    assert corners(pixels) == QUARTERS


def test_a_figure_of_an_image_has_its_pixels() -> None:
    page = Image.new("RGB", (300, 200), "white")
    page.paste(four(), (60, 50))
    assert np.array_equal(cut(encoded(page, "PNG"), box(60, 50, 40, 40)), np.array(four()))


def test_a_photo_is_cut_as_it_was_taken() -> None:
    page = Image.new("RGB", (300, 200), "white")
    page.paste(four().rotate(90), (60, 50))
    exif = Image.Exif()
    exif[0x0112] = 6
    # Displayed, the page is turned clockwise: what was 60 from the left is 60 from the top.
    assert corners(cut(encoded(page, "PNG", exif=exif), box(200 - 90, 60, 40, 40))) == QUARTERS


def test_pages_of_a_tiff() -> None:
    pages = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]
    data = io.BytesIO()
    pages[0].save(data, "TIFF", save_all=True, append_images=pages[1:])
    regions = [Region(f"{number}.1", number, box(10, 10, 50, 50)) for number in (2, 1)]
    pictures = cropped(memoryview(data.getvalue()), regions)
    assert {name: Image.open(io.BytesIO(png)).getpixel((0, 0)) for name, png in pictures.items()} == {
        "1.1": RED,
        "2.1": BLUE,
    }


def test_a_picture_has_a_bounded_number_of_pixels() -> None:
    page = Image.new("1", (9_000, 9_000), 1)
    pixels = cut(encoded(page, "PNG"), box(0, 0, 9_000, 9_000))
    assert pixels.shape[0] * pixels.shape[1] <= 4_000_000
    pixels = cut(pdf(sheet, size=(14_000, 14_000)), box(0, 0, 194, 194))
    assert pixels.shape[0] * pixels.shape[1] <= 4_010_000


@pytest.mark.parametrize(
    "polygon",
    [
        [],
        [1.0] * 7,
        box(1, 1, 0, 1),
        box(1, 1, math.nan, 1),
        box(1, 1, math.inf, 1),
        box(-5, -5, 2, 2),
        box(20, 1, 1, 1),
        [1.0] * 8,
    ],
)
def test_a_place_that_is_none_gives_no_picture(polygon: list[float]) -> None:
    assert cropped(memoryview(pdf(sheet)), [Region("1.1", 1, polygon)]) == {}


def test_a_page_that_is_not_there_gives_no_picture() -> None:
    regions = [Region("9.1", 9, box(1, 2, 1, 1)), Region("1.1", 1, box(1, 2, 1, 1))]
    assert list(cropped(memoryview(pdf(sheet)), regions)) == ["1.1"]
    page = encoded(four(100), "PNG")
    assert list(cropped(memoryview(page), [Region("2.1", 2, box(0, 0, 9, 9))])) == []


def test_a_figure_that_goes_beyond_its_page_is_cut_off_there() -> None:
    page = encoded(four(100), "PNG")
    assert cut(page, box(-20, -20, 200, 200)).shape[:2] in {(100, 100), (200, 200)}


def test_a_document_without_pages_to_look_at_is_refused() -> None:
    with pytest.raises(ApiError) as refused:
        cropped(memoryview(b"<!doctype html><p>text"), [])
    assert refused.value.fault is Fault.UNSUPPORTED_CONTENT
