"""The signatures on a page that is given as pixels.

A signature is ink that was hardly read: thin strokes of one pull, higher than the text. So are dates,
ticks and drawings; it has to stand on a line to write on, or beside a word that asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

import cv2
import numpy as np

from engine.evidence import Box, Quad, Rule, Word
from engine.scan.frame import Pixels
from engine.scan.rules import Ink

# Looked for at this size at most, in pixels of the longer side, and among so many pieces of ink.
_MOST_SIDE, _MOST_PIECES = 2400, 400
# Ink is darker than what is around it, by so many levels of 255.
_DARKER = 30
# Print is told from what a hand wrote: less likely by hand than this, and read with more confidence than that.
_BY_HAND, _READ = 0.35, 0.45
# All lengths from here are in heights of the text. Pieces so close, across and down, belong together.
_ACROSS, _DOWN = 0.55, 0.35
_WIDE, _HIGH = (2.5, 25.0), (1.3, 8.0)
# The stroke that reaches furthest, and how thick strokes are.
_LEAST_WIDE, _LEAST_HIGH, _MOST_THICK = 0.9, 1.2, 0.35
# Shares of the box that are ink.
_SPARSE, _DENSE = 0.015, 0.26
# A line to write on is this long at least; it lies under so much of the ink, beyond its middle or a little below it.
_LEAST_LINE, _UNDER, _BELOW = 6.0, 0.5, 0.8
_MIDDLE = 0.4
# The line of a page that is ruled all over is longer than this share of its width.
_MOST_LINE = 0.8
# How far a word that asks for a signature may stand before it, and above or below it.
_BEFORE, _BESIDE = 12.0, 2.5
_SURELY = 0.7
# Without such a word the ink must be this high, and nothing in it may have been read better than this.
_SCRIBBLE, _LEGIBLE = 1.7, 0.65
_DIGITS = 0.34

_ASKS = re.compile(
    r"\W*(?:signatures?|signed|sign|signatory|sincerely|truly|faithfully|approved|authori[sz]ed|authori[sz]ation|"
    r"unterschrift|unterzeichnet|signé|firma|firmado|assinatura|handtekening|podpis)\W*|\W*by:|.*(?:签[名字章]|署名).*",
    re.IGNORECASE,
)


def signatures(upright: Pixels, words: Sequence[Word], rules: Sequence[Rule]) -> list[Box]:
    """The boxes of the signatures on an upright page (HxWx3 RGB) with these words and lines, in its pixels."""
    if not words:
        return []
    size = median([word.size for word in words])
    along = [rule for rule in rules if abs(rule.y1 - rule.y2) < abs(rule.x1 - rule.x2)]
    free = [rule for rule in along if _is_free(rule, rules, size, upright.shape[1])]
    printed = [word for word in words if _is_print(word)]
    written = [word for word in words if not _is_print(word)]
    asking = [_bounds(word.quad) for word in printed if word.confidence >= _SURELY and _ASKS.fullmatch(word.text)]
    found = []
    for box, height in _scribbles(upright, printed, rules, size):
        inside = [word for word in written if _holds(box, word)]
        if _is_number(inside):
            continue
        on_line = height >= _SCRIBBLE * size and all(word.confidence < _LEGIBLE for word in inside)
        if (on_line and any(_is_under(rule, box, size) for rule in free)) or any(
            _asks_for(word, box, size) for word in asking
        ):
            found.append(box)
    return found


def _scribbles(
    upright: Pixels, words: Sequence[Word], rules: Sequence[Rule], size: float
) -> Iterator[tuple[Box, float]]:
    """The boxes of ink beside lines and these words that is like a signature, and how high its furthest stroke is."""
    scale = min(1.0, _MOST_SIDE / max(upright.shape[:2]))
    unit = size * scale
    ink = _ink(upright, scale, unit)
    for rule in rules:
        start, end = (round(scale * rule.x1), round(scale * rule.y1)), (round(scale * rule.x2), round(scale * rule.y2))
        cv2.line(ink, start, end, (0,), max(3, round(0.2 * unit)))
    for word in words:
        left, top, right, bottom = (round(scale * side) for side in _bounds(word.quad))
        cv2.rectangle(ink, (left, top), (right, bottom), (0,), cv2.FILLED)
    reach = np.ones((max(1, int(_DOWN * unit)), max(1, int(_ACROSS * unit))), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, reach), connectivity=8)
    boxes = np.asarray(stats)
    wide, high = boxes[:, cv2.CC_STAT_WIDTH] / unit, boxes[:, cv2.CC_STAT_HEIGHT] / unit
    fits = (_WIDE[0] < wide) & (wide < _WIDE[1]) & (_HIGH[0] < high) & (high < _HIGH[1])
    fits[0] = False
    for label in np.flatnonzero(fits)[:_MOST_PIECES].tolist():
        left, top, across, down = boxes[label, :4].tolist()
        piece = ink[top : top + down, left : left + across] * (labels[top : top + down, left : left + across] == label)
        height = _reach(piece.astype(np.uint8), unit)
        if height:
            yield (left / scale, top / scale, (left + across) / scale, (top + down) / scale), height / scale


def _ink(upright: Pixels, scale: float, unit: float) -> Ink:
    grey = cv2.cvtColor(upright, cv2.COLOR_RGB2GRAY)
    if scale < 1.0:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    around = 2 * round(min(4 * unit, min(grey.shape) / 2)) + 3
    seen = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _DARKER)
    return np.asarray(seen, dtype=np.uint8)


def _reach(piece: Ink, unit: float) -> float:
    """How high the stroke of a piece of ink that reaches furthest is; 0 where it is nothing like a signature."""
    if not _SPARSE < piece.mean() < _DENSE:
        return 0.0
    thick = cv2.distanceTransform(piece, cv2.DIST_L2, 3)
    if 2 * np.percentile(thick[thick > 0], 90) > _MOST_THICK * unit:
        return 0.0
    _, _, stats, _ = cv2.connectedComponentsWithStats(piece, connectivity=8)
    strokes = np.asarray(stats)[1:]
    across, down = max(strokes[:, 2:4].tolist(), key=sum)
    return float(down) if across >= _LEAST_WIDE * unit and down >= _LEAST_HIGH * unit else 0.0


def _is_print(word: Word) -> bool:
    return word.mark is not None or (word.by_hand < _BY_HAND and word.confidence >= _READ)


def _is_number(inside: Sequence[Word]) -> bool:
    text = "".join([word.text for word in inside])
    return sum([character.isdigit() for character in text]) > _DIGITS * len(text)


def _is_free(rule: Rule, rules: Sequence[Rule], size: float, width: float) -> bool:
    """Whether a line is one to write on, and no side of a box."""
    left, right = min(rule.x1, rule.x2), max(rule.x1, rule.x2)
    if not _LEAST_LINE * size <= right - left <= _MOST_LINE * width:
        return False
    return not any(
        abs(other.x1 - other.x2) < abs(other.y1 - other.y2)
        and min(abs(other.x1 - left), abs(other.x1 - right)) < size
        and min(other.y1, other.y2) - size < rule.y1 < max(other.y1, other.y2) + size
        for other in rules
    )


def _is_under(rule: Rule, box: Box, size: float) -> bool:
    left, top, right, bottom = box
    shared = min(right, max(rule.x1, rule.x2)) - max(left, min(rule.x1, rule.x2))
    y = (rule.y1 + rule.y2) / 2
    return shared > _UNDER * (right - left) and top + _MIDDLE * (bottom - top) < y < bottom + _BELOW * size


def _asks_for(word: Box, box: Box, size: float) -> bool:
    """Whether a word stands before, above or below a box."""
    left, top, right, bottom = box
    middle = (word[1] + word[3]) / 2
    if top < middle < bottom + size and word[0] < left:
        return left - word[2] < _BEFORE * size
    if max(word[0] - right, left - word[2]) > _BESIDE * size:
        return False
    return 0 <= top - middle < _BESIDE * size or 0 <= middle - bottom < _BESIDE * size


def _bounds(quad: Quad) -> Box:
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])


def _holds(box: Box, word: Word) -> bool:
    return box[0] <= sum(word.quad[0::2]) / 4 <= box[2] and box[1] <= sum(word.quad[1::2]) / 4 <= box[3]
