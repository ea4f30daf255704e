"""Between a page that was flat and the bent one that is seen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Nx2: across, down."""

# From the flat page to the bent one by steps, each of which leaves less than a tenth of the way.
_STEPS = 5


class Bow(NamedTuple):
    """Where the points of a flat page lie on the bent one, both in the frame of a direction.

    A point is moved down by sums of powers of its place across, whose shares change from top to bottom, and across
    by those of its place down, whose shares change from left to right; not at all in the middle of the page.
    Places are measured from `middle` in `half` of what was looked at (both: across, down); beyond that points are moved
    as those at its edge. `down`, `across`: a row for each power from 1, the share at the middle and its change.
    """

    middle: Points
    half: Points
    down: Points
    across: Points

    def flat(self, bent: Points) -> Points:
        """Points of the bent page (Nx2) where they would be if it were flat."""
        return bent - self._moved(bent)

    def bowed(self, flat: Points) -> Points:
        """Points of the flat page (Nx2) where they are on the bent one."""
        found = flat
        for _ in range(_STEPS):
            found = flat + self._moved(found)
        return found

    def _moved(self, points: Points) -> Points:
        places = ((points - self.middle) / self.half).clip(-1.0, 1.0)
        x, y = places[:, 0], places[:, 1]
        return np.stack([_sum(self.across, y, x), _sum(self.down, x, y)], axis=1)


def _sum(shares: Points, along: Points, beside: Points) -> Points:
    found: Points = sum(
        [along**power * (share + change * beside) for power, (share, change) in enumerate(shares, 1)],
        start=np.zeros(len(along)),
    )
    return found
