"""The pictures of a page that is given as pixels."""

from __future__ import annotations

from collections.abc import Sequence

from engine.evidence import Box, Word
from engine.scan.parts import Kind, Part

# The network takes whole forms for pictures. What it is less sure of, what fills more of the page, and what
# words cover to a larger share is none.
_LIKELY = 0.6
_LARGEST = 0.6
_COVERED = 0.12


def pictures(parts: Sequence[Part], page: float, words: Sequence[Word]) -> list[Box]:
    """The boxes of the pictures among the parts of a page with these words. `page`: its area in pixels."""
    return [part.box for part in parts if _is_picture(part, page, words)]


def _is_picture(part: Part, page: float, words: Sequence[Word]) -> bool:
    if part.kind is not Kind.FIGURE or part.likelihood < _LIKELY:
        return False
    left, top, right, bottom = part.box
    area = (right - left) * (bottom - top)
    covered = sum([_area(word) for word in words if left < _across(word) < right and top < _down(word) < bottom])
    return 0 < area <= _LARGEST * page and covered <= _COVERED * area


def _across(word: Word) -> float:
    return sum(word.quad[0::2]) / 4


def _down(word: Word) -> float:
    return sum(word.quad[1::2]) / 4


def _area(word: Word) -> float:
    xs, ys = word.quad[0::2], word.quad[1::2]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
