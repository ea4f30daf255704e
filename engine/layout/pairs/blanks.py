"""The lines of a page that are there to be written on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from engine.evidence import Box
from engine.layout.tables.rulings import Ruling

# In font sizes: how far a line may be above or below the bottom of the text beside it, how far before the
# end of that text or behind it the line may begin, and how long it is at least.
_ON_LINE = 0.4
# The same of a line that a text stands on which is apart from others.
_UNDER = 0.8
_BEFORE, _BEHIND = 0.7, 3.0
_SHORTEST = 2.5
# A line that begins and ends with the words above it, within this many font sizes, sets them off.
_FITTING = 0.3


class Blanks:
    """Lines along the text of a page whose font is `size` high."""

    def __init__(self, drawn: Iterable[Ruling], size: float) -> None:
        self._size = size
        self._lines = sorted([line for line in drawn if line.end - line.start > _SHORTEST * size])
        self._heights = [line.at for line in self._lines]

    def begins_after(self, last: Box) -> bool:
        """Whether a line begins after the last word of a text."""
        return any(line.start < last[2] + _BEHIND * self._size for line in self._beside(last))

    def begins_between(self, last: Box, box: Box, rights: list[float]) -> bool:
        """Whether a line begins between two words and the second stands on it.

        `rights`: where the words beside them end.
        """
        return any(
            line.start < box[0] + _BEFORE * self._size and not self._underlines(line, box, rights)
            for line in self._beside(last)
        )

    def carries(self, before: Box, box: Box) -> bool:
        """Whether a line begins behind a text, and the one that stands next on its row stands on it."""
        return any(before[2] < line.start and self._is_wider(line, box) for line in self.under(box, _UNDER))

    def between(self, before: Box, box: Box) -> bool:
        """Whether a line begins and ends between two texts of a row."""
        return any(line.end < box[0] + _BEFORE * self._size for line in self._beside(before))

    def under(self, box: Box, lowest: float = _ON_LINE) -> list[Ruling]:
        """The lines that a text stands on, no lower than `lowest` font sizes."""
        first = bisect_left(self._heights, box[3] - _ON_LINE * self._size)
        after = bisect_left(self._heights, box[3] + lowest * self._size)
        reach = _BEFORE * self._size
        return [line for line in self._lines[first:after] if line.start < box[0] + reach and line.end > box[2] - reach]

    def holds(self, before: Box, box: Box) -> bool:
        """Whether what stands over the line behind a text is written on it."""
        return any(
            line.start < min(box[0], before[2] + _BEHIND * self._size)
            and line.end > box[2]
            and line.at - box[3] < self._size
            for line in self._beside(before)
        )

    def goes_on(self, box: Box, left: float) -> bool:
        """Whether a text stands on a line that begins no later than a label, which is on a line above."""
        reach = _BEFORE * self._size
        return box[0] > left - reach and any(
            line.start < left + reach and self._is_wider(line, box) for line in self.under(box)
        )

    def _beside(self, last: Box) -> list[Ruling]:
        reach = _ON_LINE * self._size
        first = bisect_left(self._heights, last[3] - reach)
        after = bisect_left(self._heights, last[3] + reach)
        return [line for line in self._lines[first:after] if line.start > last[2] - _BEFORE * self._size]

    def _is_wider(self, line: Ruling, box: Box) -> bool:
        return line.start < box[0] - self._size or line.end > box[2] + self._size

    def _underlines(self, line: Ruling, box: Box, rights: list[float]) -> bool:
        fitting = _FITTING * self._size
        return abs(line.start - box[0]) < fitting and any(abs(line.end - right) < fitting for right in rights)
