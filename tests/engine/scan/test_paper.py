"""Paper is told from what lies around it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.ocr.detect import Box
from engine.scan.frame import Pixels
from engine.scan.paper import paper, surrounded

TEXT = [Box(450.0, y, 200.0, 30.0, 0.0) for y in (400.0, 600.0)]
WOOD = (110, 78, 52)


def picture(around: tuple[int, int, int], corners: list[tuple[int, int]]) -> Pixels:
    """White paper with two black lines."""
    pixels = np.full((1200, 900, 3), around, np.uint8)
    cv2.fillPoly(pixels, [np.array(corners, np.int32)], (255, 255, 255))
    for box in TEXT:
        cv2.rectangle(pixels, (360, int(box.y) - 3), (540, int(box.y) + 3), (0, 0, 0), cv2.FILLED)
    return pixels


def test_paper_begins_within_its_edges() -> None:
    found = paper(picture(WOOD, [(100, 150), (800, 158), (800, 1100), (100, 1092)]), TEXT)
    assert found == pytest.approx((100, 158, 800, 1092), abs=12)
    left, top, right, bottom = found
    assert left >= 100
    assert top >= 150
    assert right <= 801
    assert bottom <= 1101


def test_paper_that_fills_the_image_is_all_of_it() -> None:
    whole = [(0, 0), (900, 0), (900, 1200), (0, 1200)]
    assert paper(picture(WOOD, whole), TEXT) == (0, 0, 900, 1200)
    assert paper(picture((250, 250, 250), [(100, 150), (800, 150), (800, 1100), (100, 1100)]), TEXT) == (
        0,
        0,
        900,
        1200,
    )


def test_a_dark_band_across_the_paper_is_none_of_its_edges() -> None:
    pixels = picture(WOOD, [(100, 150), (800, 150), (800, 1100), (100, 1100)])
    pixels[200:260, 100:800] = 0
    assert paper(pixels, TEXT)[1] == pytest.approx(150, abs=12)


def test_white_text_on_black_has_no_paper() -> None:
    pixels = np.full((1200, 900, 3), 20, np.uint8)
    for box in TEXT:
        cv2.rectangle(pixels, (360, int(box.y) - 3), (540, int(box.y) + 3), (255, 255, 255), cv2.FILLED)
    assert paper(pixels, TEXT) == (0, 0, 900, 1200)


def test_a_page_on_wood_is_surrounded_and_a_scan_is_not() -> None:
    assert surrounded(picture(WOOD, [(100, 150), (800, 150), (800, 1100), (100, 1100)]), TEXT)
    assert not surrounded(picture(WOOD, [(5, 5), (895, 5), (895, 1195), (5, 1195)]), TEXT)
