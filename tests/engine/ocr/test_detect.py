"""Large pages are seen in tiles, whose seams nobody sees."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from engine.ocr import read
from engine.ocr.detect import detect
from engine.ocr.sessions import Pixels
from tests.engine.ocr.pages import FONT, needs_weights

pytestmark = needs_weights
LONG = "The keeper of the gauge wrote the height of the water into a ruled book every quarter of an hour"
CORNERS = ("North mole", "South mole")


def plan() -> Pixels:
    """A strip of a plan, 6400 pixels wide, in fine print: at both ends, and over the seam of the first two tiles."""
    image = Image.new("RGB", (6400, 160), "white")
    drawing = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 16)
    for text, left in ((CORNERS[0], 40), (LONG, 1300), (CORNERS[1], 6240)):
        drawing.text((left, 70), text, "black", font)
    return np.asarray(image)


def words(*, high_resolution: bool) -> list[str]:
    boxes = read.boxes(plan(), high_resolution=high_resolution)
    return [word.text for word in read.read(plan(), boxes).words]


def test_fine_print_of_large_pages_is_read_in_high_resolution_only() -> None:
    read_closely = words(high_resolution=True)
    assert set(" ".join((*CORNERS, LONG)).split()) <= set(read_closely)
    assert len(words(high_resolution=False)) < len(read_closely) / 2


def test_a_line_over_a_seam_is_one_line() -> None:
    [over] = [box for box in detect(plan(), 1.0) if box.x - box.width / 2 < 1600 < box.x + box.width / 2]
    assert over.width == pytest.approx(ImageFont.truetype(str(FONT), 16).getlength(LONG), abs=16)
