"""Which ruled box each piece of a page stands in."""

from __future__ import annotations

from bisect import bisect_left

from engine.evidence import Box
from engine.layout.pairs.pieces import Piece
from engine.layout.tables.rulings import Ruling, Rulings

# In font sizes: a line may end this far before it has passed what it bounds.
_REACH = 0.5


def boxed(pieces: list[Piece], lines: Rulings, size: float) -> list[Box | None]:
    """For each piece the box of the nearest lines around it, None where a side is open."""
    downs = [line.at for line in lines.down]
    alongs = [line.at for line in lines.along]
    reach = _REACH * size
    found: list[Box | None] = []
    for piece in pieces:
        inner = piece.left + reach, piece.right - reach
        passed = piece.middle - reach, piece.middle + reach
        left, right = _around(lines.down, downs, inner, passed)
        box = None
        if left and right:
            # A line to write on does not reach from side to side.
            passed = left.at + 2 * reach, right.at - 2 * reach
            top, bottom = _around(lines.along, alongs, (piece.middle, piece.middle), passed)
            if top and bottom:
                box = left.at, top.at, right.at, bottom.at
        found.append(box)
    return found


def _around(
    lines: list[Ruling], ats: list[float], inner: tuple[float, float], passed: tuple[float, float]
) -> tuple[Ruling | None, Ruling | None]:
    """The nearest lines before and after two places that run past two others."""
    start, end = passed
    first, second = bisect_left(ats, inner[0]), bisect_left(ats, max(inner))
    before = next((line for line in reversed(lines[:first]) if line.start <= start and line.end >= end), None)
    after = next((line for line in lines[second:] if line.start <= start and line.end >= end), None)
    return before, after
