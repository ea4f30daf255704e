"""Lines that were written by hand are told from print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.evidence import Word
from engine.ocr import handwriting, recognize, weights
from engine.ocr import read as ocr
from engine.ocr.lines import Line
from engine.ocr.recognize import Character
from engine.ocr.sessions import Pixels, heads
from tests.engine.ocr.pages import needs_weights, page

pytestmark = needs_weights


def penned(text: str) -> Pixels:
    """A line in thin strokes that waver and lean, as those of a pen do."""
    image = np.full((140, 700, 3), 255, np.uint8)
    cv2.putText(image, text, (30, 80), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.1, (30, 30, 30), 2, cv2.LINE_AA)
    y, x = np.mgrid[0:140, 0:700].astype(np.float32)
    moved_x = x + 0.2 * (y - 80) + 3 * np.sin(y / 5) + 4 * np.sin(x / 15)
    moved_y = y + 4 * np.sin(x / 8) + 3 * np.sin(x / 25 + y / 7)
    return np.asarray(cv2.remap(image, moved_x, moved_y, cv2.INTER_LINEAR, borderValue=(255, 255, 255)), np.uint8)


def read(image: Pixels) -> list[Word]:
    return ocr.read(image, ocr.boxes(image)).words


def test_a_line_of_a_pen_is_by_hand() -> None:
    words = read(penned("Gone to the harbour 7/16/68"))
    assert words
    assert all(word.by_hand > 0.5 for word in words)


@pytest.mark.parametrize("size", [14, 26, 60])
def test_print_is_not(size: int) -> None:
    assert all(word.by_hand < 0.5 for word in read(page(["Gone to the", "harbour 7/16/68"], size=size)))


def test_a_line_is_by_hand_when_what_was_read_twice_is_most_of_it() -> None:
    doubted, sure = Character("a", 5.0, 0.7, by_hand=0.8), Character("b", 5.0, 1.0)
    none, strip = np.zeros((4, 2), np.float32), np.zeros((48, 90, 3), np.uint8)
    assert Line(none, strip, [doubted, doubted, sure]).by_hand == pytest.approx(0.8)
    assert Line(none, strip, [doubted, sure, sure]).by_hand == 0.0


def test_a_value_within_a_network_is_a_further_answer() -> None:
    batch = recognize.batch(np.full((48, 200, 3), 255, np.uint8))
    [alone] = heads(weights.SMALL_RECOGNITION)(batch)
    answer, seen = heads(weights.SMALL_RECOGNITION, handwriting.SEEN)(batch)
    assert np.array_equal(alone, answer)
    with np.load(handwriting.WEIGHTS) as stored:
        assert handwriting.features(seen[0]).shape == stored["matrix"].shape
