"""Finds lines of text, or parts of lines, with a network that tells text from background pixel by pixel."""

from __future__ import annotations

import math
from typing import NamedTuple, cast

import cv2
import numpy as np

from engine.ocr import weights
from engine.ocr.sessions import Floats, Pixels, network

#: The network halves its input five times.
_MULTIPLE = 32
# What the network sees at once, in pixels of a side, and how much more of the page around it: memory is bounded
# by a tile, and beyond a few letters the surroundings say nothing.
_TILE = 1600
_AROUND = 3 * _MULTIPLE
_TEXT = 0.3
_LINE = 0.5
# The network is taught to find the core of a line; the line is larger by this share of area over perimeter.
_GROWTH = 1.8
_LEAST_SIDE = 3.0
_MOST_LINES = 3000
# In heights: how long a line is at least that has a course, what is left out at its ends, and the steps along it.
_LONG, _END, _STEP = 3.0, 0.5, 1.0
_MOST_STEPS = 24
#: In pixels of the page: nobody reads lower print, and patterns of dots are full of it.
_LEAST_PRINT = 5.0


class Box(NamedTuple):
    """A rectangle around text, in pixels of the page.

    `angle`: clockwise degrees of the side `width`, -45 < angle <= 45, so that text that runs up or down
    the page stands in a box higher than wide. `course`: points that the middle of a long line runs through, from
    left to right; none of other boxes.
    """

    x: float
    y: float
    width: float
    height: float
    angle: float
    course: tuple[tuple[float, float], ...] = ()

    def corners(self) -> Floats:
        """Four corners, clockwise from the top-left one, 4x2."""
        radians = math.radians(self.angle)
        along = np.array([math.cos(radians), math.sin(radians)]) * self.width / 2
        down = np.array([-math.sin(radians), math.cos(radians)]) * self.height / 2
        centre = np.array([self.x, self.y])
        ends = [centre - along - down, centre + along - down, centre + along + down, centre - along + down]
        return np.array(ends, dtype=np.float32)


def detect(image: Pixels, scale: float) -> list[Box]:
    """The boxes of a page (HxWx3, RGB), looked at `scale` times as large, in no order."""
    height, width = image.shape[:2]
    seen_height = max(_MULTIPLE, round(height * scale / _MULTIPLE) * _MULTIPLE)
    seen_width = max(_MULTIPLE, round(width * scale / _MULTIPLE) * _MULTIPLE)
    smaller = seen_width < width
    seen = cv2.resize(image, (seen_width, seen_height), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_LINEAR)
    boxes = _boxes(_likelihood(cast(Pixels, seen)))
    found = [_scaled(box, width / seen_width, height / seen_height) for box in boxes]
    return [box for box in found if min(box.width, box.height) >= _LEAST_PRINT]


def _likelihood(seen: Pixels) -> Floats:
    """How likely each pixel is within text; both sides are multiples of `_MULTIPLE`. Large pages are seen in tiles."""
    height, width = seen.shape[:2]
    likelihood = np.empty((height, width), np.float32)
    for top, bottom in _parts(height):
        above, below = max(0, top - _AROUND), min(height, bottom + _AROUND)
        for left, right in _parts(width):
            before, after = max(0, left - _AROUND), min(width, right + _AROUND)
            tile = seen[above:below, before:after, ::-1].astype(np.float32) / 127.5 - 1.0
            answer = network(weights.SMALL_DETECTION)(np.ascontiguousarray(tile.transpose(2, 0, 1)[None]))[0, 0]
            likelihood[top:bottom, left:right] = answer[top - above : bottom - above, left - before : right - before]
    return likelihood


def _parts(length: int) -> list[tuple[int, int]]:
    """Equal parts of at most a tile, each a multiple of `_MULTIPLE` but the last."""
    part = math.ceil(length / math.ceil(length / _TILE) / _MULTIPLE) * _MULTIPLE
    return [(start, min(start + part, length)) for start in range(0, length, part)]


def _boxes(likelihood: Floats) -> list[Box]:
    text = (likelihood > _TEXT).astype(np.uint8)
    text = cast(Pixels, cv2.dilate(text, np.ones((2, 2), np.uint8)))
    contours, _ = cv2.findContours(text, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours[:_MOST_LINES]:
        (x, y), (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < _LEAST_SIDE:
            continue
        left, top, wide, high = cv2.boundingRect(contour)
        inside = np.zeros((high, wide), np.uint8)
        cv2.drawContours(inside, [contour], -1, (1,), cv2.FILLED, offset=(-left, -top))
        if cv2.mean(likelihood[top : top + high, left : left + wide], inside)[0] < _LINE:
            continue
        if angle > 45:
            width, height, angle = height, width, angle - 90
        grown = width * height * _GROWTH / (width + height)
        course = _course(inside, left, top, height) if width >= _LONG * height else ()
        found.append(Box(x, y, width + grown, height + grown, angle, course))
    return found


def _course(inside: Pixels, left: int, top: int, height: float) -> tuple[tuple[float, float], ...]:
    """The middle of what is inside of a long line, step by step."""
    wide = inside.shape[1]
    steps = min(_MOST_STEPS, max(2, round(wide / (_STEP * height))))
    edges = np.linspace(_END * height, wide - _END * height, steps + 1).astype(int)
    columns = np.add.reduceat(inside[:, : edges[-1]], edges[:-1], axis=1, dtype=np.int32)
    filled = columns.sum(axis=0)
    middles = (np.arange(len(inside)) + 0.5) @ columns / np.maximum(filled, 1)
    places = (edges[:-1] + edges[1:]) / 2
    return tuple((left + x, top + y) for x, y, some in zip(places, middles, filled, strict=True) if some)


def _scaled(box: Box, across: float, down: float) -> Box:
    """A box in other pixels; the two factors differ by rounding only, so that the angle stays."""
    course = tuple([(x * across, y * down) for x, y in box.course])
    return Box(box.x * across, box.y * down, box.width * across, box.height * down, box.angle, course)
