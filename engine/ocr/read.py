"""Reads the words of a page that is given as pixels."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from engine.evidence import Quad, Word
from engine.ocr import lexicon, recognize, tesseract, weights
from engine.ocr.confidence import confidence
from engine.ocr.detect import Box, detect
from engine.ocr.lines import Line, legible, lines
from engine.ocr.reread import reread
from engine.ocr.sessions import Pixels, network
from engine.ocr.words import BOXES, Cut, cut
from engine.text import clean

# A page is looked at no smaller than this, in pixels of its shorter side, and no larger than that, or, closer, than
# so many pixels in all: a plan of 60 x 40 cm as a scanner at 300 dpi gives it.
_LEAST_SIDE = 1000
_MOST_SIDE = 1600
_MOST_PIXELS_HIGH_RESOLUTION = 35_000_000

#: In lines lower than this, in pixels, the recognizers leave out spaces.
_FINEST = 18.0
#: The share of a line's height, above and below, that holds no more than the tips of letters.
_MARGIN = 0.12
#: The share of a line's height that a word begins before its ink.
_BEFORE = 0.06


class Text(NamedTuple):
    """The words of a page, line after line but in no order of reading.

    `unread`: how many lines are likely in a script that is not read here.
    """

    words: list[Word]
    unread: int = 0


def warm() -> None:
    """Loads the networks, before processes are forked. Raises: WeightsMissing, which names the build step."""
    # A pool of threads would not live through the fork.
    cv2.setNumThreads(1)
    network(weights.SMALL_DETECTION)
    recognize.tiny()
    recognize.small()
    lexicon.english()
    tesseract.warm()


def boxes(image: Pixels, *, high_resolution: bool = False) -> list[Box]:
    """Where a page (HxWx3, RGB, upright up to a small skew) has text, in its pixels.

    `high_resolution` looks at large pages closer. Raises: WeightsMissing.
    """
    return detect(image, _scale(image, high_resolution))


def read(image: Pixels, found: list[Box], *, locale: str | None = None) -> Text:
    """The text in the boxes of a page.

    `image`: as of `boxes`. Quads and sizes are in its pixels; x grows to the right and y downwards. `locale` is a
    hint of the language, for scripts that the networks do not know; Latin, Chinese and Japanese need none.
    Raises: WeightsMissing.
    """
    seen = lines(image, found)
    again = reread(image, seen, locale)
    certain = legible([line for index, line in enumerate(seen) if index not in again.readings])
    known = lexicon.of(line.text for line in certain)
    parted = [
        *((line, cut(line.strip, line.characters, fine=line.height < _FINEST, lexicon=known)) for line in certain),
        *again.readings.values(),
    ]
    words = [word for line, cuts in parted for one in cuts if (word := _word(line, one)) is not None]
    return Text(words, again.unread)


def _scale(image: Pixels, high_resolution: bool) -> float:
    shorter, longer = sorted(image.shape[:2])
    fits = _MOST_SIDE / longer
    most = math.sqrt(_MOST_PIXELS_HIGH_RESOLUTION / (shorter * longer)) if high_resolution else fits
    return float(min(max(1.0, min(_LEAST_SIDE / shorter, fits)), most))


def _word(line: Line, one: Cut) -> Word | None:
    text = clean(one.text)
    if BOXES.issuperset(text):
        return None
    width = line.strip.shape[1]
    top_left, top_right, bottom_right, bottom_left = line.corners
    along_top, along_bottom = (top_right - top_left) / width, (bottom_right - bottom_left) / width
    down_left, down_right = (bottom_left - top_left) * _MARGIN, (bottom_right - top_right) * _MARGIN
    top_left, bottom_left = top_left + down_left, bottom_left - down_left
    top_right, bottom_right = top_right + down_right, bottom_right - down_right
    left = one.left - _BEFORE * line.strip.shape[0]
    ends = (
        top_left + along_top * left,
        top_left + along_top * one.right,
        bottom_left + along_bottom * one.right,
        bottom_left + along_bottom * left,
    )
    x1, y1, x2, y2, x3, y3, x4, y4 = (round(float(value), 2) for end in ends for value in end)
    quad: Quad = (x1, y1, x2, y2, x3, y3, x4, y4)
    across, down = top_right - top_left
    angle = math.degrees(math.atan2(down, across))
    size = float(np.linalg.norm(bottom_left - top_left))
    likelihoods = tuple(character.likelihood for character in one.characters)
    return Word(
        text,
        quad,
        round(angle, 2),
        round(size, 2),
        False,
        confidence(likelihoods),
        by_hand=round(line.by_hand, 3),
    )
