"""Which ruled box each piece of a page stands in."""

from __future__ import annotations

from bisect import bisect_left

from engine.evidence import Box
from engine.layout.pairs.pieces import Piece
from engine.layout.tables.rulings import Ruling, Rulings

# In font sizes: a line may end this far before it has passed what it bounds.
_REACH = 0.5
# In font sizes: how far the ends of two lines that bound one box may be apart.
_ENDS = 1.0

_Pair = tuple[Ruling | None, Ruling | None]


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
        # A line to write on does not reach from side to side.
        passed = left.at + 2 * reach if left else piece.left, right.at - 2 * reach if right else piece.right
        top, bottom = _around(lines.along, alongs, (piece.middle, piece.middle), passed)
        found.append(_box((left, right), (top, bottom), _ENDS * size))
    return found


def _box(sides: _Pair, others: _Pair, reach: float) -> Box | None:
    """The box between four lines; one at a side may be broken when those above and below end at one place."""
    left, right = sides
    top, bottom = others
    if not top or not bottom or not (left or right):
        return None
    if not left and abs(top.start - bottom.start) > reach:
        return None
    if not right and abs(top.end - bottom.end) > reach:
        return None
    return left.at if left else top.start, top.at, right.at if right else top.end, bottom.at


def _around(lines: list[Ruling], ats: list[float], inner: tuple[float, float], passed: tuple[float, float]) -> _Pair:
    """The nearest lines before and after two places that run past two others."""
    start, end = passed
    first, second = bisect_left(ats, inner[0]), bisect_left(ats, max(inner))
    before = next((line for line in reversed(lines[:first]) if line.start <= start and line.end >= end), None)
    after = next((line for line in lines[second:] if line.start <= start and line.end >= end), None)
    return before, after
