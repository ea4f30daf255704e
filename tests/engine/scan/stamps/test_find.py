"""Stamps on scans: closed frames with ink of their own inside, in colour or askew, and nothing else."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from engine.evidence import Box, Word
from engine.scan.frame import Pixels
from engine.scan.stamps.find import stamps
from tests.engine.images import word

RED, VIOLET, BLACK, YELLOW = (190, 30, 50), (90, 50, 160), (40, 40, 40), (250, 230, 60)
MIDDLE, RADIUS = (560, 300), 90
PROSE = [word("prose of water and wind by the old quay", 55, top, 460, top + 24) for top in (58, 88, 118)]
Colour = tuple[int, int, int]


def layer() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (800, 600), "white")
    return image, ImageDraw.Draw(image)


def paper(*printed: Image.Image) -> Pixels:
    """Lines of prose, and what is printed over them."""
    image, draw = layer()
    for top in (60, 90, 120):
        draw.text((60, top), "prose of water and wind by the old quay", "black", font_size=20)
    for one in printed:
        image = ImageChops.multiply(image, one)
    return np.asarray(image)


def round_stamp(ink: Colour, middle: tuple[int, int] = MIDDLE) -> Image.Image:
    """A ring with letters along it and a word in its middle."""
    image, draw = layer()
    x, y = middle
    draw.ellipse((x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS), outline=ink, width=5)
    for number, letter in enumerate("HARBOUR OFFICE OF THE OLD QUAY "):
        angle = 2 * math.pi * number / 31
        place = (x + 0.75 * RADIUS * math.cos(angle), y + 0.75 * RADIUS * math.sin(angle))
        draw.text(place, letter, ink, font_size=18, anchor="mm")
    draw.text(middle, "PAID", ink, font_size=26, anchor="mm")
    return image


def framed(ink: Colour, degrees: float, text: str = "RECEIVED") -> Image.Image:
    """A word in a rectangle, turned."""
    image, draw = layer()
    x, y = MIDDLE
    draw.rectangle((x - 95, y - 30, x + 95, y + 30), outline=ink, width=5)
    draw.text(MIDDLE, text, ink, font_size=32, anchor="mm")
    return image.rotate(degrees, Image.Resampling.BICUBIC, center=MIDDLE, fillcolor="white")


def seal(ink: Colour) -> Image.Image:
    image, draw = layer()
    x, y = MIDDLE
    draw.rectangle((x - 55, y - 55, x + 55, y + 55), outline=ink, width=6)
    draw.text(MIDDLE, "OQ\nVN", ink, font_size=48, anchor="mm")
    return image


def ring(ink: Colour, inside: str) -> Image.Image:
    """What a pen writes and draws a ring around."""
    image, draw = layer()
    x, y = MIDDLE
    draw.ellipse((x - 90, y - 50, x + 90, y + 50), outline=ink, width=4)
    draw.text(MIDDLE, inside, ink, font_size=26, anchor="mm")
    return image


def around(half_wide: float, half_high: float) -> Box:
    x, y = MIDDLE
    return x - half_wide, y - half_high, x + half_wide, y + half_high


@pytest.mark.parametrize("ink", [RED, VIOLET, BLACK])
def test_a_ring_with_letters_along_it_is_a_stamp(ink: Colour) -> None:
    (box,) = stamps(paper(round_stamp(ink)), PROSE)
    assert box == pytest.approx(around(RADIUS, RADIUS), abs=5)


@pytest.mark.parametrize("degrees", [-12.0, 7.0, 25.0])
@pytest.mark.parametrize("ink", [RED, BLACK])
def test_a_framed_word_that_lies_askew_is_a_stamp(ink: Colour, degrees: float) -> None:
    assert len(stamps(paper(framed(ink, degrees)), PROSE)) == 1


def test_a_square_seal_in_colour_is_a_stamp_even_when_it_lies_straight() -> None:
    (box,) = stamps(paper(seal(RED)), PROSE)
    assert box == pytest.approx(around(55, 55), abs=5)
    assert stamps(paper(seal(BLACK)), PROSE) == []


def test_a_stamp_over_text_is_found_by_its_colour() -> None:
    (box,) = stamps(paper(round_stamp(RED, (300, 110))), PROSE)
    assert box == pytest.approx((300 - RADIUS, 110 - RADIUS, 300 + RADIUS, 110 + RADIUS), abs=5)


@pytest.mark.parametrize("ink", [RED, BLACK])
def test_a_word_in_a_box_of_a_form_is_none(ink: Colour) -> None:
    assert stamps(paper(framed(ink, 0.0)), [*PROSE, word("RECEIVED", *around(80, 20))]) == []


@pytest.mark.parametrize("ink", [RED, VIOLET, BLACK])
def test_a_ring_of_a_pen_around_a_word_is_none(ink: Colour) -> None:
    assert stamps(paper(ring(ink, "9.00")), [*PROSE, word("9.00", *around(40, 16))]) == []


def test_what_a_highlighter_goes_over_and_coloured_shapes_are_none() -> None:
    marker, draw = layer()
    draw.rectangle((200, 380, 420, 410), fill=YELLOW)
    draw.ellipse((500, 400, 620, 520), fill=RED)
    draw.polygon(((80, 500), (90, 496), (300, 420), (290, 424)), outline=RED)
    assert stamps(paper(marker), PROSE) == []


def test_a_photograph_all_of_one_colour_hides_none() -> None:
    noise = np.random.default_rng(3).integers(0, 90, (600, 800, 1), dtype=np.uint8)
    assert stamps(np.concatenate([noise + 150, noise, noise], axis=2), PROSE) == []


def test_prose_and_empty_pages_have_none() -> None:
    assert stamps(paper(), PROSE) == []
    assert stamps(np.full((600, 800, 3), 255, np.uint8), PROSE) == []
    no_words: list[Word] = []
    assert stamps(paper(round_stamp(RED)), no_words) == []
