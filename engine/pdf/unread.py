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
        corners = np.array([_pixel(x, y, dpi) for x, y in zip(word.quad[0::2], word.quad[1::2], strict=True)])
        cv2.fillConvexPoly(cover, corners.astype(np.int32), (1,))
    return cover.astype(bool)


def _pixel(x: float, y: float, dpi: float) -> tuple[int, int]:
    return round(x * dpi), round(y * dpi)
