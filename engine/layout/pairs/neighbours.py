"""What stands beside and below the pieces of a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from engine.layout.pairs.pieces import Piece

# In font sizes: a value stands no further to the right of its label, and no further below it.
_FARTHEST = 30.0
_BELOW = 1.6
# A value below its label begins no further before it and behind it.
_BEFORE, _BEHIND = 1.0, 4.0
# Lines of one value are no further apart, and begin at the same place within this many font sizes.
_NEXT_LINE = 0.7
_ALIGNED = 0.7
_OVERLAP = 0.4
# How far a piece may reach into the one beside it, in font sizes.
_INTO = 0.6
# Share of the lower one's height that two pieces of one row have in common.
_SAME_ROW = 0.35
# Pieces are looked for among those that begin this much higher, in font sizes; higher ones are no text.
_TALLEST = 4.0


class Neighbours:
    """Pieces, from top to bottom, of a page whose font is `size` high; they go by their positions here."""

    def __init__(self, pieces: list[Piece], size: float) -> None:
        self._pieces = pieces
        self._size = size
        self._tops = [piece.top for piece in pieces]
        #: For each piece the nearest one to its right in its row.
        self.right = [self._right(piece) for piece in pieces]
        #: The one that has a piece as its nearest to the right, and of several the nearest.
        self.left: dict[int, int] = {}
        for place, right in enumerate(self.right):
            if right is not None and (right not in self.left or pieces[place].right > pieces[self.left[right]].right):
                self.left[right] = place

    def below(self, place: int) -> list[int]:
        """What begins under a piece, no further away than a value from its label; from top to bottom."""
        piece = self._pieces[place]
        return [
            other
            for other in self._between(piece.middle, piece.bottom + _BELOW * self._size)
            if -_BEFORE * self._size < self._pieces[other].left - piece.left < _BEHIND * self._size
        ]

    def next_lines(self, lefts: tuple[float, ...], bottom: float) -> list[int]:
        """What may be the next line of a value whose lines begin at `lefts` and end at `bottom`, from the top."""
        return [
            place
            for place in self._between(bottom - _OVERLAP * self._size, bottom + _NEXT_LINE * self._size)
            if any(abs(self._pieces[place].left - left) < _ALIGNED * self._size for left in lefts)
        ]

    def under(self, bottom: float) -> Iterator[int]:
        """What begins below a height, no further away than a value from its label; from top to bottom."""
        return self._between(bottom - _OVERLAP * self._size, bottom + _BELOW * self._size)

    def over(self, place: int) -> Iterator[int]:
        """What begins above a piece, no higher than what was written on a line behind it may."""
        piece = self._pieces[place]
        return self._between(piece.top - _BELOW * self._size, piece.top)

    def _right(self, piece: Piece) -> int | None:
        start, end = piece.right - _INTO * self._size, piece.right + _FARTHEST * self._size
        beside = [
            place
            for place in self._between(piece.top - _TALLEST * self._size, piece.bottom)
            # A piece may be narrower than the room that pieces of a row may share; none is to the right of itself.
            if start <= self._pieces[place].left <= end
            and self._pieces[place].left > piece.left
            and _on_one_row(piece, self._pieces[place])
        ]
        return min(beside, key=lambda place: self._pieces[place].left, default=None)

    def _between(self, top: float, bottom: float) -> Iterator[int]:
        """Pieces whose tops lie between two heights."""
        return iter(range(bisect_right(self._tops, top), bisect_left(self._tops, bottom)))


def _on_one_row(one: Piece, other: Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SAME_ROW * min(one.height, other.height)
