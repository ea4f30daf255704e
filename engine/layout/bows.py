"""How lines bow that are drawn on a scanned page, and so what stands between them.

The places of words stay as they are seen; in the frame of their direction they stand as on the flat page. It is for
pages of PDFs, whose pixels are not made flat, and for what is left where those of a photograph were.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.evidence import Rule
from engine.reading.bow import Bow, Points
from engine.reading.direction import Direction

# In font sizes: the least length of a line that tells, how far around the words it stands, what makes a page bent, and
# how far off lines may be from it.
_LEAST_LENGTH, _AROUND, _BOWED, _OFF = 2.0, 3.0, 0.2, 0.15
# A line gains at most this share of its length.
_SLANT = 0.15
# Lines tell when there are as many, and all of them this many times as long as what they stand in.
_FEWEST, _TELLING = 4, 2.0
# The share of the slants of lines that a bow may leave.
_LEFT = 0.3
# Powers of the place along lines that run with the text, which bow in books, and of those across it.
_ALONG, _DOWN = 4, 2
# The weight of a flat page beside that of the lines; rounds in which lines that are off count less and less.
_STIFF, _ROUNDS = 1e-2, 4


def flattened(direction: Direction, rules: Sequence[Rule]) -> Direction:
    """A direction with the boxes of its words where they would be on the flat page, if lines show that it is not."""
    if len(rules) < _FEWEST:
        return direction
    size = float(np.median([word.size for word in direction.words]))
    boxes = np.array(direction.boxes)
    ends = np.array([(rule.x1, rule.y1, rule.x2, rule.y2) for rule in rules])
    ends = direction.framed(ends.reshape(-1, 2)).reshape(-1, 4)
    # Further from all words there are the edges of the paper, and what it lies on.
    middles = (ends[:, :2] + ends[:, 2:]) / 2
    reach = _AROUND * size
    near = (middles >= boxes[:, :2].min(axis=0) - reach) & (middles <= boxes[:, 2:].max(axis=0) + reach)
    ends = ends[near.all(axis=1)]
    along, down = _telling(ends, size), _telling(ends[:, [1, 0, 3, 2]], size)
    points = np.concatenate([along.reshape(-1, 2), down.reshape(-1, 2)[:, ::-1]])
    if not len(points):
        return direction
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, size)
    bow = Bow(
        middle, half, _fitted(along, middle, half, _ALONG, size), _fitted(down, middle[::-1], half[::-1], _DOWN, size)
    )
    if np.abs(points - bow.flat(points)).max() < _BOWED * size:
        return direction
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    boxes += np.tile(bow.flat(middles) - middles, 2)
    moved = [(left, top, right, bottom) for left, top, right, bottom in boxes.tolist()]
    return msgspec.structs.replace(direction, boxes=moved, bow=bow)


def _telling(ends: NDArray[np.float64], size: float) -> Points:
    """The lines (Nx4) that run from left to right at a slight slant, from their left end to their right one."""
    turned = np.where((ends[:, 2] < ends[:, 0])[:, None], ends[:, [2, 3, 0, 1]], ends)
    length, gain = turned[:, 2] - turned[:, 0], turned[:, 3] - turned[:, 1]
    found: Points = turned[(length >= _LEAST_LENGTH * size) & (np.abs(gain) <= _SLANT * length)]
    return found


def _fitted(lines: Points, middle: Points, half: Points, powers: int, size: float) -> Points:
    """Shares of the powers, and how they change, by the slants of lines; none where those do not agree."""
    nothing = np.zeros((powers, 2))
    if len(lines) < _FEWEST:
        return nothing
    length, slant = lines[:, 2] - lines[:, 0], (lines[:, 3] - lines[:, 1]) / (lines[:, 2] - lines[:, 0])
    if length.sum() < _TELLING * 2 * half[0]:
        return nothing
    x, y = (((lines[:, :2] + lines[:, 2:]) / 2 - middle) / half).T
    told = [power * x ** (power - 1) / half[0] for power in range(1, powers + 1)]
    terms = np.stack([one * by for one in told for by in (np.ones_like(y), y)], axis=1) * half[0]
    weights = length.copy()
    for _ in range(_ROUNDS):
        weighted = terms * weights[:, None]
        stiff = _STIFF * weights.sum() * np.eye(2 * powers)
        shares = np.linalg.solve(weighted.T @ terms + stiff, weighted.T @ slant)
        off = slant - terms @ shares
        weights = length / (1 + (off * length / (_OFF * size)) ** 2)
    if (length * off**2).sum() > _LEFT * (length * slant**2).sum():
        return nothing
    found: Points = (shares * half[0]).reshape(powers, 2)
    return found
