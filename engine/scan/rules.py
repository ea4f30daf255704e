"""Lines that are drawn on a page, straight or a little bowed, found in its pixels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.evidence import Box, Quad, Rule, Word
from engine.scan.frame import Pixels

Ink = NDArray[np.uint8]
"""HxW; 1 where there is something, else 0."""
Floats = NDArray[np.float64]
_Line = tuple[float, float, float, float, float]
"""x1, y1, x2, y2, thickness."""

# Lines are looked for at this size at most, in pixels of the longer side.
_MOST_SIDE = 2400
# In heights of the text: strokes of letters are shorter than a line along or across it, and a line is thinner.
_LEAST_ALONG, _LEAST_DOWN, _MOST_THICK = 2.5, 1.6, 0.4
_LEAST_PIXELS = 16
# Where more than this share of what is on both sides of a line is ink too, it is one of the dots of a shade.
_SCREENED = 0.3
# From end to end a line gains at most this share of its length; what touches it is so many times as high as the
# thickest line.
_SLANT, _TOUCHING = 0.1, 4.0
# A line is so many times longer than it is thick. Specks of dust and ink part it by so many pixels.
_LEAST_RATIO, _GAP = 5.0, 3
# In heights of the text: how far off its chord a line may be bowed. In pixels: its end says how high it is.
_BOW, _ENDS = 0.1, 4
# The share of the height of a word, above and below, in which a line may stand, and of a line that words may hide;
# they may hide more of one that is seen beside them for so many heights of the text.
_MARGIN, _IN_WORDS, _BESIDE_WORDS = 0.15, 0.5, 1.0
#: More lines than this are a pattern.
MAX_RULES = 4000


def rules(pixels: Pixels, words: Sequence[Word]) -> list[Rule]:
    """The lines of an upright page (HxWx3 RGB) along or across it, in its pixels, given at least one of its words.

    A line that is bowed is given as straight pieces from end to end.
    """
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
    found = along + [(y1, x1, y2, x2, thickness) for x1, y1, x2, y2, thickness in down]
    return [Rule(*(value / scale for value in line)) for line in found]


def _inside(shape: tuple[int, ...], words: Sequence[Word], scale: float) -> Ink:
    """Where the strokes of words are: their boxes without the margins in which a line may touch them."""
    inside = np.zeros(shape, np.uint8)
    for word in words:
        left, top, right, bottom = (round(scale * side) for side in _around(word.quad))
        margin = round(_MARGIN * min(right - left, bottom - top))
        cv2.rectangle(inside, (left, top + margin), (right, bottom - margin), (1,), cv2.FILLED)
    return inside


def _lines(ink: Ink, inside: Ink, least: int, text_height: float) -> list[_Line]:
    """Lines along the rows, those that are bowed in straight pieces."""
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    # A line at a slant is steps, which get longer and meet when they are made thicker.
    thicker = cv2.dilate(whole, np.ones((3, 1), np.uint8))
    opened = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    found: list[_Line] = []
    boxes = np.asarray(stats)[1:].astype(np.int32)
    thickest = max(_MOST_THICK * text_height, 3)
    lengths, heights = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    likely = (lengths >= least) & (heights <= _SLANT * lengths + _TOUCHING * thickest)
    for place in np.flatnonzero(likely)[:MAX_RULES].tolist():
        left, top, wide, high = boxes[place, :4].tolist()
        here = np.asarray(labels[top : top + high, left : left + wide] == place + 1)
        thick = here.sum(axis=0)
        usual = float(np.median(thick))
        if usual - 2 > min(thickest, wide / _LEAST_RATIO):
            continue
        # Where strokes of letters touch a line it goes on as beside them.
        alone = np.flatnonzero(thick <= usual + 2)
        middles = np.interp(np.arange(wide), alone, (np.arange(high) @ here[:, alone]) / thick[alone])
        if abs(_level(middles, wide) - _level(middles, 0)) > max(_SLANT * wide, 2):
            continue
        at = top + middles.astype(np.intp), left + np.arange(wide)
        if min(_ink_beside(ink, at, -usual), _ink_beside(ink, at, usual)) > _SCREENED:
            continue
        beside = inside[at] == 0
        # In small print the strokes of letters run together, but end with their words.
        if beside.mean() > 1 - _IN_WORDS or (ink[at] > 0)[beside].sum() >= _BESIDE_WORDS * text_height:
            knots = _knots(middles, max(_BOW * text_height, 1.0))
            ends = [(left + at, top + 0.5 + _level(middles, at)) for at in knots]
            found += [(*one, *other, max(1.0, usual - 2)) for one, other in pairwise(ends)]
    return found


def _ink_beside(ink: Ink, at: tuple[NDArray[np.intp], NDArray[np.intp]], off: float) -> float:
    """The share of what is ink so far above (less than 0) or below a line."""
    return float((ink[(at[0] + round(off)).clip(0, len(ink) - 1), at[1]] > 0).mean())


def _knots(middles: Floats, bow: float) -> list[int]:
    """Where a line with these middles is parted, so that none of its pieces is bowed by more; its ends among them."""
    knots = [0, len(middles)]
    parted = 0
    while parted < len(knots) - 1:
        start, end = knots[parted : parted + 2]
        chord = np.linspace(_level(middles, start), _level(middles, end), end - start)
        off = np.abs(middles[start:end] - chord)
        furthest = start + int(off.argmax())
        if off.max() > bow and min(furthest - start, end - furthest) > _ENDS:
            knots.insert(parted + 1, furthest)
        else:
            parted += 1
    return knots


def _level(middles: Floats, at: int) -> float:
    """The height of a line close around a place of it."""
    return float(np.median(middles[max(0, at - _ENDS) : at + _ENDS]))


def _around(quad: Quad) -> Box:
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])
