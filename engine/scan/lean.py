"""How far lines down a page lean, which are upright on the page itself: rulings, frames, the edges of paper."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# How far a line may lean, as its way aside over that down, and how long all are together at least that say something.
_MOST, _ENOUGH = 0.35, 0.5
# How far lines disagree anyway, how often outliers are weighed anew, and how little lines together draw to each other
# without more of them.
_NOISE, _ROUNDS, _CALM = 0.005, 8, 0.005


class Lean(NamedTuple):
    """Lines that are upright on the page are seen at x = X + (aside + meeting X) y, which is X in the middle."""

    aside: float = 0.0
    meeting: float = 0.0

    def leaning(self, x: Floats, y: Floats) -> Floats:
        """Where the points of upright lines are seen."""
        return x + (self.aside + self.meeting * x) * y

    def upright(self, x: Floats, y: Floats) -> Floats:
        """On which upright lines points are that are seen."""
        return np.asarray((x - self.aside * y) / (1 + self.meeting * y), np.float64)


def lean(lines: Floats) -> Lean:
    """How those of some lines lean that run down the page, and not aslant.

    `lines`: Nx2x2 of their ends, from the middle of the page, in units of half its longer side.
    """
    ways, middles = lines[:, 1] - lines[:, 0], lines.mean(axis=1)
    near = np.abs(ways[:, 0]) <= _MOST * np.abs(ways[:, 1])
    ways, middles = ways[near], middles[near]
    lengths = np.hypot(*ways.T)
    if lengths.sum() < _ENOUGH:
        return Lean()
    slopes = ways[:, 0] / ways[:, 1]
    matrix = np.stack([np.ones(len(slopes)), middles[:, 0] - slopes * middles[:, 1]], axis=1)
    weights = lengths
    found = np.zeros(2)
    for _ in range(_ROUNDS):
        weighed = matrix * weights[:, None]
        calm = np.diag([_CALM, _CALM]) * weights.sum()
        found = np.linalg.solve(matrix.T @ weighed + calm, weighed.T @ slopes)
        weights = lengths / np.maximum(_NOISE, np.abs(slopes - matrix @ found))
    return Lean(float(found[0]), float(found[1]))
