"""Finds what has the outline of a check box or a radio button."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.scan.frame import Pixels

Grey = NDArray[np.uint8]

#: Candidates looked at on one page; a page with more is full of something else.
MAX_CANDIDATES = 2000
# In heights of the page's text: sides of an outline.
_LEAST, _MOST = 0.4, 2.4
# Of height over width of an outline.
_FLAT, _TALL = 0.62, 1.6
# Share of its box that the paper inside a closed outline fills at least: a ring around a dot fills 0.4.
_FULL = 0.35
# Ink is darker than the paper around it by this much, of 255.
_CONTRAST = 12
# Strokes that may be a side of a box are this long, in heights of text, and no thicker than that.
_SIDE, _THICK = 0.42, 0.35
# Sides of one box end this near to each other, and run along this much of it, as shares of its side.
_CORNER, _ALONG = 0.25, 0.6
# Outlines that share this much of the smaller one are the same.
_SAME = 0.6
#: Lines looked at for boxes.
_MOST_STROKES = 20_000


class Outline(NamedTuple):
    """A box around an outline, in pixels; `closed` when it has no gap."""

    left: float
    top: float
    right: float
    bottom: float
    closed: bool

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def outlines(grey: Grey, size: float) -> list[Outline]:
    """The outlines of a page (HxW) whose text is `size` pixels high, each once, the larger ones first."""
    ink = _ink(grey, size)
    found = [*_four_sided(ink, size), *_closed(ink, size)]
    if len(found) > MAX_CANDIDATES:
        return []
    kept: list[Outline] = []
    for outline in found:
        if not any(_same(outline, other) for other in kept):
            kept.append(outline)
    return kept


def grey_of(pixels: Pixels) -> Grey:
    """A page (HxWx3 RGB) without its colours."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _ink(grey: Grey, size: float) -> Grey:
    around = max(15, round(2.4 * size)) | 1
    ink: Any = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _CONTRAST)
    return np.asarray(ink, dtype=np.uint8)


def _closed(ink: Grey, size: float) -> list[Outline]:
    """Paper with ink all around it, in the shape of a square or a circle, with its outline."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(1 - ink, connectivity=4)
    if count <= 1:
        return []
    width, height, area = stats[1:, 2:].T
    stroke = max(1.0, size / 15)
    likely = (
        (np.minimum(width, height) > _LEAST * size)
        & (np.maximum(width, height) < _MOST * size)
        & (height > _FLAT * width)
        & (height < _TALL * width)
        & (area > _FULL * width * height)
    )
    return [
        Outline(a - stroke, b - stroke, a + w + stroke, b + h + stroke, True)
        for a, b, w, h in stats[1:][likely][:, :4].tolist()
    ]


def _four_sided(ink: Grey, size: float) -> list[Outline]:
    """Boxes of two strokes along the page and two down it, whatever is written in or over them."""
    along, down = _strokes(ink, size, 1), _strokes(ink, size, 0)
    if not len(along) or not len(down):
        return []
    along = along[np.argsort(along[:, 1])]
    down = down[np.argsort(down[:, 0] + down[:, 2] / 2)]
    middles = down[:, 0] + down[:, 2] / 2
    found = []
    for left, top, width, thick in along.tolist():
        first, last = np.searchsorted(along[:, 1], (top + _FLAT * width, top + _TALL * width))
        below = along[first:last]
        near = (np.abs(below[:, 0] - left) < _CORNER * width) & (
            np.abs(below[:, 0] + below[:, 2] - left - width) < _CORNER * width
        )
        for other_left, other_top, other_width, other_thick in below[near].tolist():
            x1, x2 = min(left, other_left), max(left + width, other_left + other_width)
            y1, y2 = top, other_top + other_thick
            if y1 + thick < other_top and all(_has_side(down, middles, x, y1, y2) for x in (x1, x2)):
                found.append(Outline(x1, y1, x2, y2, False))
    return found


def _strokes(ink: Grey, size: float, axis: int) -> NDArray[np.float64]:
    """Straight strokes along an axis (1 is x), as rows of x, y, width, height."""
    length = max(4, round(_SIDE * size))
    kernel = np.ones((1, length) if axis else (length, 1), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), connectivity=8)
    strokes = stats[1:, :4].astype(np.float64)
    long, thick = (strokes[:, 2], strokes[:, 3]) if axis else (strokes[:, 3], strokes[:, 2])
    likely = strokes[(long > _SIDE * size) & (long < _MOST * size) & (thick < max(3.0, _THICK * size))]
    return likely if len(likely) <= _MOST_STROKES else likely[:0]


def _has_side(down: NDArray[np.float64], middles: NDArray[np.float64], x: float, top: float, bottom: float) -> bool:
    side = bottom - top
    first, last = np.searchsorted(middles, (x - _CORNER * side, x + _CORNER * side))
    near = down[first:last]
    covered = np.minimum(near[:, 1] + near[:, 3], bottom) - np.maximum(near[:, 1], top)
    return bool(np.any(covered > _ALONG * side))


def _same(one: Outline, other: Outline) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(one.width * one.height, other.width * other.height)
    return across > 0 and down > 0 and across * down > _SAME * smaller
