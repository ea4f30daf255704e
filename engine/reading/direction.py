"""Parts the words of a page by the direction they run in and turns each part upright."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import msgspec
import numpy as np

from engine.evidence import Quad, Word
from engine.reading.bow import Bow, Points
from engine.text import mostly_right_to_left

#: left, top, right, bottom in the frame of the text.
Box = tuple[float, float, float, float]

# Words whose directions differ by less than this many degrees are read together.
_ALIKE = 5.0


class Direction(msgspec.Struct, frozen=True):
    """Words that run in the direction of `angle` clockwise degrees, and their boxes in its frame.

    The frame of text that is mostly in scripts from right to left is mirrored, so that reading always goes
    from small to large. `bow`: where the page was not flat, how; the frame is flat.
    """

    angle: float
    mirrored: bool
    words: list[Word]
    boxes: list[Box]
    bow: Bow | None = None

    def quad(self, left: float, top: float, right: float, bottom: float) -> Quad:
        """A box of the frame, as a quad on the page."""
        if self.bow is None and self.angle == 0.0:
            if self.mirrored:
                left, right = -right, -left
            return (left, top, right, top, right, bottom, left, bottom)
        if self.mirrored:
            left, right = right, left
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        if self.bow:
            corners = self.bow.bowed(np.array(corners)).tolist()
        cosine, sine = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        found: list[float] = []
        for across, y in corners:
            x = -across if self.mirrored else across
            found += (round(x * cosine - y * sine, 4), round(x * sine + y * cosine, 4))
        return (found[0], found[1], found[2], found[3], found[4], found[5], found[6], found[7])

    def box(self, on_page: Box) -> Box:
        """The box, in the frame, around a box of the page."""
        left, top, right, bottom = on_page
        return self.around((left, top, right, top, right, bottom, left, bottom))

    def around(self, on_page: Quad) -> Box:
        """The box, in the frame, around a quad of the page."""
        corners = self.framed(np.array(on_page).reshape(4, 2))
        (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        return left, top, right, bottom

    def framed(self, on_page: Points) -> Points:
        """Points of the page (Nx2) in the frame."""
        cosine, sine = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        found = on_page @ np.array(((cosine, -sine), (sine, cosine)))
        if self.mirrored:
            found[:, 0] = -found[:, 0]
        return self.bow.flat(found) if self.bow else found

    def part(self, indices: Sequence[int]) -> Direction:
        """Some of the words."""
        words, boxes = self.words, self.boxes
        return msgspec.structs.replace(self, words=[words[i] for i in indices], boxes=[boxes[i] for i in indices])


def directions(words: tuple[Word, ...]) -> list[Direction]:
    """The directions of a page, the one with the most characters first."""
    if not words:
        return []
    groups: dict[int, list[Word]] = {}
    for word in words:
        groups.setdefault(round(word.angle / _ALIKE) % round(360 / _ALIKE), []).append(word)
    ranked = sorted(groups.values(), key=lambda group: -sum([len(word.text) for word in group]))
    return [_direction(group) for group in ranked]


def _direction(words: list[Word]) -> Direction:
    angle = _middle_angle(words)
    if angle == 0.0:
        boxes = [_bounds(word.quad) if word.angle else _upright(word.quad) for word in words]
    else:
        cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        boxes = [_turned(word.quad, cosine, sine) for word in words]
    mirrored = mostly_right_to_left(" ".join([word.text for word in words]))
    if mirrored:
        boxes = [(-right, top, -left, bottom) for left, top, right, bottom in boxes]
    return Direction(angle, mirrored, words, boxes)


def _middle_angle(words: list[Word]) -> float:
    first = words[0].angle
    if all(word.angle == first for word in words):
        return first
    # Around 180 degrees angles change their sign; differences to one of them do not.
    return first + median([(word.angle - first + 180.0) % 360.0 - 180.0 for word in words])


def _upright(quad: Quad) -> Box:
    return quad[0], quad[1], quad[4], quad[5]


def _bounds(quad: Quad) -> Box:
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])


def _turned(quad: Quad, cosine: float, sine: float) -> Box:
    across = [x * cosine + y * sine for x, y in zip(quad[0::2], quad[1::2], strict=True)]
    down = [y * cosine - x * sine for x, y in zip(quad[0::2], quad[1::2], strict=True)]
    return min(across), min(down), max(across), max(down)
