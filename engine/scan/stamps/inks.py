"""The inks that stamps are printed in, and their pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from engine.evidence import Word
from engine.scan.frame import Pixels
from engine.scan.rules import Ink

# Hues of stamp pads, in half degrees: red, green, and blue to violet. Yellow is of highlighters.
_PADS = (((0, 12), (150, 180)), ((38, 88),), ((88, 150),))
# What the channels of a coloured pixel differ by at least, of 255, and by how much more than those of the paper.
_COLOURED, _BEYOND_PAPER = 24, 20
# An ink that covers more of the page is of a photograph or a background.
_MOST_INK = 0.12
# Ink of the page is darker than what is around it, by so many levels of 255, and coloured less than this.
_AROUND, _DARKER, _GREY = 51, 20, 60
_READ = 0.6
# Ink that is this close belongs to one frame, in heights of the text: pads print worse, and stand apart by colour.
_CLOSE_COLOURED, _CLOSE = 0.5, 0.2
#: The shorter and the longer side of a stamp at least, in heights of the text; and the longer at most, of the page's.
LEAST_SIDES, MOST_SHARE = (1.3, 3.0), 0.5
#: So many of the largest pieces of an ink are looked at.
MOST_PIECES = 150


class Print(NamedTuple):
    """One ink of a page: all of it, and that in which frames are looked for."""

    ink: Ink
    frames: Ink
    is_coloured: bool


class Piece(NamedTuple):
    """A connected piece of an ink at `left`, `top`: its own pixels, and all of that ink in its box."""

    left: int
    top: int
    own: Ink
    ink: Ink


def inks(page: Pixels, words: Sequence[Word], scale: float) -> Iterator[Print]:
    """The inks of stamp pads on a page, and the ink of the page itself. `scale`: of the page to that of the words."""
    chroma = page.max(axis=2) - page.min(axis=2)
    is_coloured = chroma > max(_COLOURED, float(np.median(chroma)) + _BEYOND_PAPER)
    hues = cv2.cvtColor(page, cv2.COLOR_RGB2HSV)[:, :, 0]
    for ranges in _PADS:
        of_pad = np.any([(first <= hues) & (hues < end) for first, end in ranges], axis=0) & is_coloured
        if 0 < of_pad.mean() <= _MOST_INK:
            pad = of_pad.astype(np.uint8)
            yield Print(pad, pad, is_coloured=True)
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER)
    own = np.asarray(dark * (chroma < _GREY), dtype=np.uint8)
    yield Print(own, _without(own, words, scale), is_coloured=False)


def pieces(printed: Print, unit: float) -> Iterator[Piece]:
    """The pieces of an ink that are as large as stamps, the largest first. `unit`: height of the text."""
    reach = max(1, round((_CLOSE_COLOURED if printed.is_coloured else _CLOSE) * unit))
    close = cv2.dilate(printed.frames, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(close, connectivity=8)
    boxes = np.asarray(stats)
    sides = np.sort(boxes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]], axis=1)
    fits = np.all(sides >= np.array(LEAST_SIDES) * unit, axis=1) & (sides[:, 1] <= MOST_SHARE * max(close.shape))
    fits[0] = False
    largest = sorted(np.flatnonzero(fits).tolist(), key=lambda label: -int(boxes[label, cv2.CC_STAT_AREA]))
    for label in largest[:MOST_PIECES]:
        left, top, across, down = boxes[label, :4].tolist()
        place = np.s_[top : top + down, left : left + across]
        own = printed.frames[place] * (labels[place] == label).astype(np.uint8)
        yield Piece(left, top, own, printed.ink[place])


def _without(ink: Ink, words: Sequence[Word], scale: float) -> Ink:
    """The ink without the words that were read in it, which touch a stamp that lies over them."""
    rest = ink.copy()
    for word in words:
        if word.confidence >= _READ:
            xs = [round(scale * x) for x in word.quad[0::2]]
            ys = [round(scale * y) for y in word.quad[1::2]]
            cv2.rectangle(rest, (min(xs), min(ys)), (max(xs), max(ys)), (0,), cv2.FILLED)
    return rest
