"""Straight strokes on paper are seen, and none on what lies around it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.ocr.detect import Box
from engine.scan.frame import Pixels
from engine.scan.strokes import strokes

TEXT = [Box(450.0, 600.0, 200.0, 30.0, 0.0)]


def desk() -> Pixels:
    """A white page on brown wood."""
    picture = np.full((1200, 900, 3), (110, 78, 52), np.uint8)
    cv2.rectangle(picture, (100, 100), (800, 1100), (255, 255, 255), cv2.FILLED)
    return picture


def test_a_line_on_the_paper_is_seen_and_none_in_the_wood() -> None:
    plain = len(strokes(desk(), TEXT))
    assert plain >= 4, "the edges of the paper"
    picture = desk()
    cv2.line(picture, (20, 50), (800, 60), (60, 40, 30), 3)
    assert len(strokes(picture, TEXT)) == plain
    cv2.line(picture, (200, 200), (240, 1000), (0, 0, 0), 3, cv2.LINE_AA)
    ways = np.diff(strokes(picture, TEXT), axis=1)[:, 0]
    leaning = [x / y for x, y in ways if abs(y) > abs(x) > 5]
    assert leaning
    assert leaning == pytest.approx([40 / 800] * len(leaning), abs=0.01)


def test_a_picture_without_strokes_or_text_has_none() -> None:
    assert len(strokes(np.full((300, 300, 3), 255, np.uint8), TEXT)) == 0
    assert len(strokes(np.full((300, 300, 3), 255, np.uint8), [])) == 0
