"""Straight lines that are drawn on a page, found in its pixels."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.evidence import Box, Quad, Rule, Word
from engine.scan.frame import Pixels

Ink = NDArray[np.uint8]
"""HxW; 1 where there is something, else 0."""

# Lines are looked for at this size at most, in pixels of the longer side.
_MOST_SIDE = 2400
# In heights of the text: strokes of letters are shorter than a line along or across it, and a line is thinner.
_LEAST_ALONG, _LEAST_DOWN, _MOST_THICK = 2.5, 1.6, 0.4
_LEAST_PIXELS = 16
# A line is so many times longer than it is thick. Specks of dust and ink part it by so many pixels.
_LEAST_RATIO, _GAP = 5.0, 3
# The share of the height of a word, above and below, in which a line may stand, and of a line that words may hide.
_MARGIN, _IN_WORDS = 0.15, 0.5
#: More lines than this are a pattern.
MAX_RULES = 4000


def rules(pixels: Pixels, words: Sequence[Word]) -> list[Rule]:
    """The lines of an upright page (HxWx3 RGB) along or across it, in its pixels, given at least one of its words."""
    text_height = median([word.size for word in words])
    scale = min(1.0, _MOST_SIDE / max(pixels.shape[:2]))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale < 1.0:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    seen = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 10)
    ink = np.asarray(seen, dtype=np.uint8)
    inside = _inside(ink.shape, words, scale)
    height = text_height * scale
    along = _lines(ink, inside, max(_LEAST_PIXELS, round(_LEAST_ALONG * height)), height)
    down = _lines(ink.T.copy(), inside.T, max(_LEAST_PIXELS, round(_LEAST_DOWN * height)), height)
    found = [(x1, y, x2, y, thickness) for x1, y, x2, thickness in along]
    found += [(y, x1, y, x2, thickness) for x1, y, x2, thickness in down]
    return [Rule(*(float(value) / scale for value in line)) for line in found]


def _inside(shape: tuple[int, ...], words: Sequence[Word], scale: float) -> Ink:
    """Where the strokes of words are: their boxes without the margins in which a line may touch them."""
    inside = np.zeros(shape, np.uint8)
    for word in words:
        left, top, right, bottom = (round(scale * side) for side in _around(word.quad))
        margin = round(_MARGIN * min(right - left, bottom - top))
        cv2.rectangle(inside, (left, top + margin), (right, bottom - margin), (1,), cv2.FILLED)
    return inside


def _lines(ink: Ink, inside: Ink, least: int, text_height: float) -> list[tuple[float, float, float, float]]:
    """Lines along the rows: left, middle, right, thickness."""
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    opened = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    # A line at a slight slant is steps, which meet when they are made thicker.
    thicker = cv2.dilate(opened, np.ones((3, 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(thicker, connectivity=8)
    boxes = np.asarray(stats)[1:].astype(np.int32)
    lengths = boxes[:, cv2.CC_STAT_WIDTH]
    thickness = boxes[:, cv2.CC_STAT_AREA] / lengths - 2
    thin = (thickness <= max(_MOST_THICK * text_height, 3)) & (lengths >= _LEAST_RATIO * thickness)
    found = []
    for place in np.flatnonzero(thin & (lengths >= least))[:MAX_RULES].tolist():
        left, top, wide, high = boxes[place, :4].tolist()
        # In small print the strokes of letters run together.
        if inside[top + high // 2, left : left + wide].mean() < _IN_WORDS:
            found.append((left, top + high / 2, left + wide, max(1.0, float(thickness[place]))))
    return found


def _around(quad: Quad) -> Box:
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])
