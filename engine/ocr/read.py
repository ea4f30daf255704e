"""Reads the words of a page that is given as pixels."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from engine.evidence import Quad, Word
from engine.ocr import recognize, weights
from engine.ocr.confidence import confidence
from engine.ocr.detect import Box, detect
from engine.ocr.recognize import Character, Recognizer
from engine.ocr.sessions import Floats, Pixels, network
from engine.ocr.words import Cut, cut
from engine.text import clean

# A page is looked at no smaller than this, in pixels of its shorter side, and no larger than that.
_LEAST_SIDE = 1000
_MOST_SIDE = 1600
_MOST_SIDE_HIGH_RESOLUTION = 3200

#: A box this many times higher than wide holds a line that runs up or down the page.
_TALL = 1.5
#: Lines of less likelihood than this are read again by the better recognizer.
_SURE = 0.985
#: Boxes lower than this, in pixels, hold print that only the better recognizer reads well.
_FINE = 40.0
#: In boxes lower than this, in pixels, that one leaves out spaces.
_FINEST = 18.0
#: Lines of less likelihood are not text.
_NOISE = 0.55
#: The share of a line's height, above and below, that holds no more than the tips of letters.
_MARGIN = 0.1


class _Line(NamedTuple):
    """A line as it was read. `corners`: 4x2, clockwise from the top-left one of the text."""

    corners: Floats
    strip: Pixels
    characters: list[Character]

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))

    @property
    def likelihood(self) -> float:
        if not self.characters:
            return 0.0
        return math.fsum(one.likelihood for one in self.characters) / len(self.characters)


def warm() -> None:
    """Loads the networks, before processes are forked. Raises: WeightsMissing, which names the build step."""
    # A pool of threads would not live through the fork.
    cv2.setNumThreads(1)
    for name in (weights.SMALL_DETECTION, weights.TINY_RECOGNITION, weights.SMALL_RECOGNITION):
        network(name)
    recognize.tiny()
    recognize.small()


def read(image: Pixels, *, high_resolution: bool = False, locale: str | None = None) -> list[Word]:
    """The words of a page, line after line but in no order of reading.

    `image`: HxWx3, RGB, upright up to a small skew. Quads and sizes are in its pixels; x grows to the
    right and y downwards. `high_resolution` looks at large pages closer. `locale` is a hint of the
    language, for scripts that the networks do not know; Latin, Chinese and Japanese need none.
    Raises: WeightsMissing.
    """
    words = []
    for box in detect(image, _scale(image, high_resolution)):
        line = _read(image, box)
        if line.likelihood >= _NOISE:
            words += [
                word
                for one in cut(line.strip, line.characters, fine=line.height < _FINEST)
                if (word := _word(line, one)) is not None
            ]
    return words


def _scale(image: Pixels, high_resolution: bool) -> float:
    shorter, longer = sorted(image.shape[:2])
    most = _MOST_SIDE_HIGH_RESOLUTION if high_resolution else _MOST_SIDE
    return float(min(max(1.0, _LEAST_SIDE / shorter), most / longer))


def _read(image: Pixels, box: Box) -> _Line:
    corners = box.corners()
    if box.height < _TALL * box.width:
        return _best(image, [corners])
    turned = [np.roll(corners, shift, axis=0) for shift in (1, -1)]
    return _best(image, turned if box.height > 2 * _TALL * box.width else [corners, *turned])


def _best(image: Pixels, ways: list[Floats]) -> _Line:
    """The most likely reading of a box that may be held in several ways."""
    height = min(float(np.linalg.norm(corners[3] - corners[0])) for corners in ways)
    first = recognize.small() if height < _FINE else recognize.tiny()
    best = max((_line(image, corners, first) for corners in ways), key=lambda line: line.likelihood)
    if best.likelihood >= _SURE or first is recognize.small():
        return best
    again = _Line(best.corners, best.strip, recognize.small().read(best.strip))
    return max(best, again, key=lambda line: line.likelihood)


def _line(image: Pixels, corners: Floats, recognizer: Recognizer) -> _Line:
    strip = recognize.strip(image, corners)
    return _Line(corners, strip, recognizer.read(strip))


def _word(line: _Line, one: Cut) -> Word | None:
    text = clean(one.text)
    if not text:
        return None
    width = line.strip.shape[1]
    top_left, top_right, bottom_right, bottom_left = line.corners
    along_top, along_bottom = (top_right - top_left) / width, (bottom_right - bottom_left) / width
    down_left, down_right = (bottom_left - top_left) * _MARGIN, (bottom_right - top_right) * _MARGIN
    top_left, bottom_left = top_left + down_left, bottom_left - down_left
    top_right, bottom_right = top_right + down_right, bottom_right - down_right
    ends = (
        top_left + along_top * one.left,
        top_left + along_top * one.right,
        bottom_left + along_bottom * one.right,
        bottom_left + along_bottom * one.left,
    )
    x1, y1, x2, y2, x3, y3, x4, y4 = (round(float(value), 2) for end in ends for value in end)
    quad: Quad = (x1, y1, x2, y2, x3, y3, x4, y4)
    across, down = top_right - top_left
    angle = math.degrees(math.atan2(down, across))
    size = float(np.linalg.norm(bottom_left - top_left))
    return Word(text, quad, round(angle, 2), round(size, 2), False, confidence(one.likelihoods))
