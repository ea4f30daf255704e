"""Looks for what a page shows that its text layer does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.evidence import Quad, Word
from engine.pdf.render import Pixels

Region = tuple[float, float, float, float]
"""left, top, right, bottom in inches of the displayed page."""

#: In inches: images smaller than a line of a few words say nothing.
LEAST_LONG, LEAST_SHORT = 0.5, 0.12
#: Dots per inch at which strokes show as ink.
DPI = 60.0
# The share of the height of a word that the tips of its letters reach beyond it.
_TIPS = 0.2
# The least ink that can be a word, in square inches, and its least share of the ink in images.
_LEAST_INK = 0.01
_LEAST_SHARE = 0.1


class Layer(NamedTuple):
    """The words that are known, and the regions in which there may be others."""

    words: Sequence[Word]
    regions: Sequence[Region]


def worth_reading(region: Region) -> bool:
    """Whether a region is large enough to say something."""
    shorter, longer = sorted((region[2] - region[0], region[3] - region[1]))
    return shorter >= LEAST_SHORT and longer >= LEAST_LONG


def shows_more(pixels: Pixels, dpi: float, layer: Layer) -> bool:
    """Whether the regions of a page, drawn at `dpi`, hold more ink beside the known words than noise."""
    ink = _ink(pixels)
    inside = np.zeros(ink.shape, np.uint8)
    for left, top, right, bottom in layer.regions:
        cv2.rectangle(inside, _pixel(left, top, dpi), _pixel(right, bottom, dpi), (1,), cv2.FILLED)
    ink = ink * inside
    shown = int(np.count_nonzero(ink))
    ink[_cover(ink.shape, dpi, layer.words)] = 0
    more = int(np.count_nonzero(ink))
    return more > _LEAST_INK * dpi * dpi and more > _LEAST_SHARE * shown


def without(pixels: Pixels, dpi: float, words: Sequence[Word]) -> Pixels:
    """A copy of a page, drawn at `dpi`, on which the known words are painted over with white."""
    rest = pixels.copy()
    rest[_cover(pixels.shape[:2], dpi, words)] = 255
    return rest


def within(quad: Quad, regions: Sequence[Region]) -> bool:
    """Whether the middle of a quad (inches) lies in a region."""
    x, y = sum(quad[0::2]) / 4, sum(quad[1::2]) / 4
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in regions)


def _ink(pixels: Pixels) -> Pixels:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 15, 12)
    return np.asarray(ink, dtype=np.uint8)


def _cover(shape: tuple[int, ...], dpi: float, words: Sequence[Word]) -> NDArray[np.bool_]:
    cover = np.zeros(shape[:2], np.uint8)
    for word in words:
        corners = np.array([_pixel(x, y, dpi) for x, y in _with_tips(word.quad)])
        cv2.fillConvexPoly(cover, corners.astype(np.int32), (1,))
    return cover.astype(bool)


def _with_tips(quad: Quad) -> list[tuple[float, float]]:
    """The corners of a word with the tips of its letters, which its quad leaves out."""
    x1, y1, x2, y2, x3, y3, x4, y4 = quad
    left, right = (_TIPS * (x4 - x1), _TIPS * (y4 - y1)), (_TIPS * (x3 - x2), _TIPS * (y3 - y2))
    return [
        (x1 - left[0], y1 - left[1]),
        (x2 - right[0], y2 - right[1]),
        (x3 + right[0], y3 + right[1]),
        (x4 + left[0], y4 + left[1]),
    ]


def _pixel(x: float, y: float, dpi: float) -> tuple[int, int]:
    return round(x * dpi), round(y * dpi)
