"""Finds the selection marks of a scan and gives them their places among its words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from msgspec.structs import replace

from contract.page import SelectionState
from engine.evidence import Box, Quad, Word
from engine.scan.frame import Pixels
from engine.scan.marks.among import Boxes, among, bounds, is_beside
from engine.scan.marks.candidates import Outline, grey_of
from engine.scan.marks.detect import found
from engine.scan.marks.proofs import ends_proof
from engine.scan.marks.read_as import is_in_ideographs, is_sign, reads_as_mark, without_mark
from engine.text import ideographic

# How likely an outline must be a mark where a word was read, and on its own.
_SURER, _SUREST = 0.95, 0.99
# The least height of a mark that a word was read around, as a share of the word's: letters are lower.
_HIGH = 0.76
# What is left of that word is no narrower than this share of the mark.
_REST = 0.4
# Of height over width of such a mark.
_SQUARE = 0.8, 1.25
# A mark at an end of a word reaches no further beyond that end than this, or stops short of it, in its sides.
_AT_END = 0.45
# Shares: of a mark that lies in a word it meets, and of a word that a mark covers when it is that word.
_MEETS, _COVERS = 0.5, 0.4


def with_marks(pixels: Pixels, words: list[Word], pictures: Sequence[Box] = ()) -> list[Word]:
    """The words of an upright page (HxWx3 RGB) and its selection marks, each beside its label.

    Nothing in a picture is a mark. A word that was read from a mark is left out; one that a mark was read into
    is cut. Quads are in pixels.
    """
    if not words:
        return words
    grey = grey_of(pixels)
    seen: dict[int, Word] = dict(enumerate(words))
    boxes = np.array([bounds(word.quad) for word in words])
    written = is_in_ideographs(words)
    marks = []
    for outline, mark, certainty, cornered in found(grey, median([word.size for word in words])):
        met = _met(outline, boxes)
        signs = all(is_sign(words[place].text, written) for place in met)
        if not signs and (certainty < _SURER or not cornered):
            continue
        if any(_is_within(outline, picture) for picture in pictures):
            continue
        if mark.mark is SelectionState.UNSELECTED and ends_proof(bounds(mark.quad), boxes):
            continue
        if not met and certainty < _SUREST and not is_beside(bounds(mark.quad), boxes):
            continue
        parts = [_part(outline, words[place], certainty, written) for place in met]
        if None in parts:
            continue
        for place, part in zip(met, parts, strict=True):
            if isinstance(part, Word):
                seen[place] = part
            else:
                seen.pop(place, None)
        marks.append(mark)
    return among(list(seen.values()), marks)


def _is_within(outline: Outline, picture: Box) -> bool:
    x, y = (outline.left + outline.right) / 2, (outline.top + outline.bottom) / 2
    return picture[0] < x < picture[2] and picture[1] < y < picture[3]


def _met(outline: Outline, boxes: Boxes) -> list[int]:
    """The words that a good part of an outline lies in, or that lie in it."""
    across = np.minimum(boxes[:, 2], outline.right) - np.maximum(boxes[:, 0], outline.left)
    down = np.minimum(boxes[:, 3], outline.bottom) - np.maximum(boxes[:, 1], outline.top)
    shared = np.maximum(across, 0) * np.maximum(down, 0)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    smaller = np.minimum(areas, outline.width * outline.height)
    return [int(place) for place in np.flatnonzero(shared > _MEETS * np.maximum(smaller, 1.0))]


def _part(outline: Outline, word: Word, certainty: float, written: bool) -> Word | str | None:
    """What is left of a word that meets a mark: a part, nothing (""), or None where it cannot be one."""
    left, top, right, bottom = bounds(word.quad)
    if outline.width > _COVERS * (right - left) and reads_as_mark(word.text, written):
        return ""
    at_start = abs(outline.left - left) < _AT_END * outline.width
    at_end = abs(outline.right - right) < _AT_END * outline.width
    if at_start == at_end or ideographic(word.text[0]):
        return None
    text = without_mark(word.text, at_start=at_start)
    start, end = (outline.right, right) if at_start else (left, outline.left)
    is_square = _SQUARE[0] < outline.height / outline.width < _SQUARE[1]
    is_high = certainty >= _SUREST or outline.height > _HIGH * (bottom - top)
    letters = text == word.text and not (is_square and is_high)
    if not text or end - start < _REST * outline.width or letters:
        return None
    return replace(
        word, text=text, quad=_cut(word.quad, (start - left) / (right - left), (end - left) / (right - left))
    )


def _cut(quad: Quad, start: float, end: float) -> Quad:
    """The part of a quad from one share of its length to another."""
    x1, y1, x2, y2, x3, y3, x4, y4 = quad
    return (
        x1 + (x2 - x1) * start,
        y1 + (y2 - y1) * start,
        x1 + (x2 - x1) * end,
        y1 + (y2 - y1) * end,
        x4 + (x3 - x4) * end,
        y4 + (y3 - y4) * end,
        x4 + (x3 - x4) * start,
        y4 + (y3 - y4) * start,
    )
