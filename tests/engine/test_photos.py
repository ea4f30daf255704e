"""A photographed form is read in the order of its lines, with its table and its fields."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from contract.options import Feature
from engine.scan.frame import Pixels
from tests.engine.ocr.pages import FONT, needs_weights
from tests.engine.pdfs import analyzed
from tests.engine.photos import Photo, photographed

pytestmark = needs_weights

FIELDS = [("Vessel:", "Northern Light"), ("Berth:", "14 West"), ("Master:", "Anna Holm")]
ROWS = [["Item", "Tons", "Fee"], ["Timber", "120", "36.00"], ["Coal", "75", "22.50"], ["Grain", "310", "93.00"]]


def form() -> Pixels:
    """Three fields above a ruled table, in a wide hand."""
    page = Image.new("RGB", (1000, 700), "white")
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 26)
    draw.text((60, 40), "Harbour dues", "black", ImageFont.truetype(str(FONT), 40))
    for number, (label, value) in enumerate(FIELDS):
        draw.text((60, 140 + 60 * number), label, "black", font)
        draw.text((220, 140 + 60 * number), value, "black", font)
    for number, row in enumerate(ROWS):
        for column, text in enumerate(row):
            left, top = 60 + 290 * column, 350 + 70 * number
            draw.rectangle((left, top, left + 290, top + 70), outline="black", width=3)
            draw.text((left + 20, top + 18), text, "black", font)
    return np.asarray(page)


def test_a_photographed_form_is_read_as_it_was_written() -> None:
    taken = photographed(
        form(), Photo(pan=18, tilt=8, roll=5, curl=0.03, megapixels=0.9, shade=0.3, blur=0.4, noise=2, quality=80)
    )
    picture = io.BytesIO()
    Image.fromarray(taken.pixels).save(picture, "PNG")
    found = analyzed(picture.getvalue(), "prebuilt-layout", features=frozenset({Feature.KEY_VALUE_PAIRS}))
    (table,) = found.tables or []
    cells = {(cell.row_index, cell.column_index): cell.content for cell in table.cells}
    assert [[cells[row, column] for column in range(3)] for row in range(4)] == ROWS
    pairs = {pair.key.content: pair.value.content if pair.value else "" for pair in found.key_value_pairs or []}
    assert pairs == dict(FIELDS)
    assert found.content.startswith("Harbour dues\nVessel:\nNorthern Light\nBerth:\n14 West\nMaster:\nAnna Holm\n")
    (page,) = found.pages
    assert (page.width, page.height) == (taken.pixels.shape[1], taken.pixels.shape[0])
    for word, (x, y) in (("Vessel:", (110.0, 155.0)), ("93.00", (700.0, 593.0))):
        ((seen_x, seen_y),) = taken.points(np.array([[x, y]]))
        (polygon,) = [one.polygon for one in page.words if one.content == word]
        corners = np.array(polygon, np.float32).reshape(4, 2)
        assert cv2.pointPolygonTest(corners, (float(seen_x), float(seen_y)), False) >= 0


def test_a_photograph_from_above_is_the_page() -> None:
    taken = photographed(form(), Photo(megapixels=0.7, filled=1.0, desk=False))
    assert taken.pixels.shape == pytest.approx((700, 1000, 3), abs=2)
    assert taken.points(np.array([[300.0, 500.0]])) == pytest.approx(np.array([[300.0, 500.0]]), abs=2)
    assert taken.pixels[380:400, 62:80].mean() == pytest.approx(form()[380:400, 62:80].mean(), abs=5)
