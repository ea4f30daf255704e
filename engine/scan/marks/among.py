"""Puts marks among the words of a page, each beside its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.evidence import Box, Quad, Word

# In text heights: a mark precedes or follows a word of its row that is this near.
_BESIDE = 4.0

Boxes = NDArray[np.float64]
"""Nx4: left, top, right, bottom."""


def among(words: Sequence[Word], marks: Sequence[Word]) -> list[Word]:
    """Words and marks in one order: each mark next to the nearest word that stands beside it, else at the end.

    A mark runs in the direction of its word.
    """
    if not words:
        return list(marks)
    turns = Counter([_turns(word) for word in words]).most_common(1)[0][0]
    boxes = np.array([_upright(word.quad, turns) for word in words])
    placed = sorted([(_upright(mark.quad, turns), number) for number, mark in enumerate(marks)])
    before: dict[int, list[Word]] = {}
    for box, number in placed:
        mark = marks[number]
        nearest, follows = _nearest(box, boxes)
        if nearest is None:
            before.setdefault(len(words), []).append(mark)
        else:
            before.setdefault(nearest + follows, []).append(_along(mark, words[nearest]))
    found: list[Word] = []
    for place, word in enumerate(words):
        found += before.get(place, ())
        found.append(word)
    return found + before.get(len(words), [])


def is_beside(mark: Box, boxes: Boxes) -> bool:
    """Whether a word of its row is near an upright mark."""
    return _nearest(mark, boxes)[0] is not None


def bounds(quad: Quad) -> Box:
    """The box around a quad."""
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])


def _nearest(mark: Box, boxes: Boxes) -> tuple[int | None, bool]:
    """The nearest word of a mark's row, and whether the mark comes after it."""
    x, y = (mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2
    in_row = (boxes[:, 1] < y) & (boxes[:, 3] > y)
    middles = (boxes[:, 0] + boxes[:, 2]) / 2
    gaps = np.where(middles > x, boxes[:, 0] - mark[2], mark[0] - boxes[:, 2])
    gaps = np.where(in_row, np.maximum(gaps, 0), np.inf)
    nearest = int(np.argmin(gaps))
    if gaps[nearest] > _BESIDE * (boxes[nearest, 3] - boxes[nearest, 1]):
        return None, False
    return nearest, bool(middles[nearest] < x)


def _along(mark: Word, word: Word) -> Word:
    """A mark, whose quad is along the page, in the direction of a word."""
    start = 2 * _turns(word)
    return replace(mark, angle=word.angle, quad=mark.quad[start:] + mark.quad[:start])


def _turns(word: Word) -> int:
    """Clockwise quarter turns of a word, 0..3."""
    return round(word.angle / 90) % 4


def _upright(quad: Quad, turns: int) -> Box:
    """The box of a quad on the page turned back by some quarter turns."""
    left, top, right, bottom = bounds(quad)
    if turns == 1:
        return top, -right, bottom, -left
    if turns == 2:
        return -right, -bottom, -left, -top
    return (-bottom, left, -top, right) if turns else (left, top, right, bottom)
