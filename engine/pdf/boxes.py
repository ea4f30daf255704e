"""Boxes of characters: whether they make one word, and the box of that word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from engine.pdf.styles import Style

Box = tuple[float, float, float, float]
"""left, bottom, right, top in points of user space, y upwards."""

# In font sizes: a wider gap parts words; a run whose advances are longer on average may have one.
_GAP = 0.35
LONGEST_ADVANCE = 0.9
# A space that is squeezed, at least; letters that stand apart by more than the second are spaced out.
_SQUEEZED_SPACE, _LETTER_SPACE = 0.1, 0.04
# Words have so many letters on average, at least.
_FEWEST_LETTERS = 3
# Boxes that have less than this share of the lower one's height in common are on different lines.
_SAME_LINE = 0.3

# A font whose boxes are out of these bounds, in font sizes, has no true ascent and descent.
_LOWEST, _HIGHEST = 0.5, 1.9
ASCENT, DESCENT = 0.9, 0.22
# Shares of the height of a font that hold accents and the tips of letters at most: a word is shown without.
_ABOVE, _BELOW = 0.14, 0.08


def stand_together(first: Box, last: Box, count: int, style: Style) -> bool:
    """Whether a run of `count` characters goes from its first to its last without a gap or a new line."""
    if style.turns is None:
        return True
    if style.turns % 2:
        first, last = _turned(first), _turned(last)
    along = max(first[2], last[2]) - min(first[0], last[0])
    return along <= LONGEST_ADVANCE * style.size * count and _on_one_line(first, last)


def touch(one: Box, other: Box, style: Style) -> bool:
    """Whether two characters that follow each other belong to one word."""
    if style.turns is not None and style.turns % 2:
        one, other = _turned(one), _turned(other)
    gap = max(other[0] - one[2], one[0] - other[2])
    return gap <= _GAP * style.size and _on_one_line(one, other)


def overlooked_spaces(text: str, places: Sequence[Box], size: float) -> list[int]:
    """Where words begin within a run of characters on one line, by gaps that its other letters have not."""
    gaps = [other[0] - one[2] for one, other in pairwise(places)]
    widest = _SQUEEZED_SPACE * size
    if max(gaps) <= widest or sorted(gaps)[len(gaps) // 2] > _LETTER_SPACE * size:
        return []
    begins = [
        end for end, gap in enumerate(gaps, 1) if gap > widest and text[end - 1].isalpha() and text[end].isalpha()
    ]
    return begins if len(begins) <= len(text) // _FEWEST_LETTERS else []


def around(boxes: Sequence[Box]) -> Box:
    """The box around boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def with_true_height(box: Box, style: Style) -> Box:
    """The box of upright text; where its height cannot be true, it comes from the baseline and the size."""
    left, bottom, right, top = box
    size = style.size
    across = style.turns is not None and style.turns % 2
    if _LOWEST * size < (right - left if across else top - bottom) < _HIGHEST * size:
        return box
    x, y = style.baseline
    ascent, descent = ASCENT * size, DESCENT * size
    if style.turns == 0:
        return left, y - descent, right, y + ascent
    if style.turns == 1:
        return x - descent, bottom, x + ascent, top
    if style.turns == 2:
        return left, y - ascent, right, y + descent
    return x - ascent, bottom, x + descent, top


def trimmed(box: Box, style: Style) -> Box:
    """The box of upright text without the parts of its height that are mostly empty."""
    left, bottom, right, top = box
    if style.turns is not None and style.turns % 2:
        above, below = _ABOVE * (right - left), _BELOW * (right - left)
        return (
            (left + above, bottom, right - below, top)
            if style.turns == 3
            else (left + below, bottom, right - above, top)
        )
    above, below = _ABOVE * (top - bottom), _BELOW * (top - bottom)
    return (
        (left, bottom + above, right, top - below) if style.turns == 2 else (left, bottom + below, right, top - above)
    )


def _on_one_line(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared >= _SAME_LINE * min(one[3] - one[1], other[3] - other[1])


def _turned(box: Box) -> Box:
    """A box with its axes exchanged, so that text that runs up or down runs along the first."""
    left, bottom, right, top = box
    return bottom, left, top, right
