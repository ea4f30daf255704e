"""Finds what has the outline of a check box or a radio button."""

from __future__ import annotations

from collections.abc import Iterator
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
_FLAT, _TALL = 0.5, 1.6
# Share of its box that the paper inside a closed outline fills at least: a ring around a dot fills 0.4.
_FULL = 0.35
# Ink is darker than the paper around it by this much, of 255, and by this share of what the page has of contrast.
_CONTRAST, _SHARE = 12.0, 0.08
# Of two sides of a box that face each other, the shorter one is at least this share of the longer one.
_EVEN = 0.75
# The contrast of a page is that of each of so many of its rows and columns.
_STEP = 4
# Strokes that may be a side of a box are this long, in heights of text, and no thicker than that.
_SIDE, _THICK = 0.42, 0.35
# Sides of one box end this near to each other, and run along this much of it, as shares of its side.
_CORNER, _ALONG = 0.25, 0.6
# Sides of outlines that are the same are no further apart, in heights of text.
_SAME = 0.1
# Strokes, longer lines and pairs of them looked at for boxes.
_MOST_STROKES, _MOST_LINES, _MOST_PAIRS = 20_000, 1000, 2_000_000


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

    @property
    def area(self) -> float:
        return self.width * self.height


def outlines(grey: Grey, size: float) -> list[Outline]:
    """The outlines of a page (HxW) whose text is `size` pixels high; some are of the same thing."""
    ink = _ink(grey, size)
    found = [*_four_sided(ink, size), *_closed(ink, size)]
    if len(found) > MAX_CANDIDATES:
        return []
    step = max(1.0, _SAME * size)
    once = {tuple([round(value / step) for value in outline[:4]]): outline for outline in found}
    return list(once.values())


def grey_of(pixels: Pixels) -> Grey:
    """A page (HxWx3 RGB) without its colours."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _ink(grey: Grey, size: float) -> Grey:
    around = max(15, round(2.4 * size)) | 1
    darkest, lightest = np.percentile(grey[::_STEP, ::_STEP], (1, 90))
    darker = max(_CONTRAST, _SHARE * float(lightest - darkest))
    ink: Any = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, darker)
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
    """Boxes of two strokes along the page and two down it, whatever is written in or over them.

    One that stands on a line of a table, or hangs from it, has a part of that line for a side.
    """
    (along, lines), (down, _) = _strokes(ink, size, 1), _strokes(ink, size, 0)
    if not len(along) or not len(down):
        return []
    along = along[np.argsort(along[:, 1])]
    lines = lines[np.argsort(lines[:, 1])]
    down = down[np.argsort(down[:, 0] + down[:, 2] / 2)]
    middles = down[:, 0] + down[:, 2] / 2
    found: list[Outline] = []
    paired = np.zeros(len(along), bool)
    tops, others = _pairs(along, along, (_FLAT, _TALL))
    one, other = along[tops], along[others]
    reach = _CORNER * one[:, 2]
    near = (np.abs(other[:, 0] - one[:, 0]) < reach) & (np.abs(_ends(other) - _ends(one)) < reach)
    near &= other[:, 1] > one[:, 1] + one[:, 3]
    for first, last in zip(tops[near].tolist(), others[near].tolist(), strict=True):
        left, top, width, _ = along[first].tolist()
        x, y, w, h = along[last].tolist()
        box = Outline(min(left, x), top, max(left + width, x + w), y + h, False)
        if _has_sides(down, middles, box):
            found.append(box)
            # Part of a cross in a box that stands on a line is shorter than a side.
            paired[[first, last]] |= min(width, w) > _EVEN * max(width, w)
    return found + [box for box in _on_lines(along[~paired], lines) if _has_sides(down, middles, box)]


def _on_lines(along: NDArray[np.float64], lines: NDArray[np.float64]) -> Iterator[Outline]:
    """What may be a box between a stroke along the page and a longer line above or below it."""
    for reach in ((_FLAT, _TALL), (-_TALL, -_FLAT)):
        strokes, others = _pairs(along, lines, reach)
        one, other = along[strokes], lines[others]
        spanned = (other[:, 0] < one[:, 0]) & (_ends(one) < _ends(other))
        for (left, top, width, thick), (_, y, _, h) in zip(one[spanned].tolist(), other[spanned].tolist(), strict=True):
            yield Outline(left, min(top, y), left + width, max(top + thick, y + h), False)


def _pairs(
    strokes: NDArray[np.float64], others: NDArray[np.float64], reach: tuple[float, float]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of strokes, and of the others that begin so many of their widths below them.

    `others`: from the top of the page down.
    """
    first, last = (np.searchsorted(others[:, 1], strokes[:, 1] + share * strokes[:, 2]) for share in reach)
    counts = last - first
    total = int(counts.sum())
    if total > _MOST_PAIRS:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    begins = np.cumsum(counts) - counts
    return np.repeat(np.arange(len(strokes)), counts), np.arange(total) - np.repeat(begins - first, counts)


def _ends(strokes: NDArray[np.float64]) -> NDArray[np.float64]:
    ends: NDArray[np.float64] = strokes[:, 0] + strokes[:, 2]
    return ends


def _strokes(ink: Grey, size: float, axis: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Straight strokes along an axis (1 is x), as rows of x, y, width, height: those of marks, and longer lines."""
    length = max(4, round(_SIDE * size))
    kernel = np.ones((1, length) if axis else (length, 1), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), connectivity=8)
    strokes = stats[1:, :4].astype(np.float64)
    long, thick = (strokes[:, 2], strokes[:, 3]) if axis else (strokes[:, 3], strokes[:, 2])
    thin = thick < max(3.0, _THICK * size)
    likely, lines = (
        strokes[(long > _SIDE * size) & (long < _MOST * size) & thin],
        strokes[(long >= _MOST * size) & thin],
    )
    return likely if len(likely) <= _MOST_STROKES else likely[:0], lines if len(lines) <= _MOST_LINES else lines[:0]


def _has_sides(down: NDArray[np.float64], middles: NDArray[np.float64], box: Outline) -> bool:
    """Whether strokes down the page run along most of both sides of a box."""
    return all(_has_side(down, middles, x, box.top, box.bottom) for x in (box.left, box.right))


def _has_side(down: NDArray[np.float64], middles: NDArray[np.float64], x: float, top: float, bottom: float) -> bool:
    side = bottom - top
    first, last = np.searchsorted(middles, (x - _CORNER * side, x + _CORNER * side))
    near = down[first:last]
    covered = np.minimum(near[:, 1] + near[:, 3], bottom) - np.maximum(near[:, 1], top)
    return bool(np.any(covered > _ALONG * side))
