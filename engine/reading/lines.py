"""Segments to lines of text in logical order."""

from __future__ import annotations

from itertools import pairwise

from engine.evidence import FORMULA
from engine.reading.direction import Direction
from engine.reading.page import Line
from engine.reading.segment import Segment
from engine.text import LEFT_TO_RIGHT, RIGHT_TO_LEFT, ideographic, mostly_right_to_left

# Ideographs that stand further apart than this, in font sizes, have a space between them.
_IDEOGRAPH_GAP = 0.35
# The same beside a mark of punctuation that is as wide as an ideograph.
_MARK_GAP = 0.9
_FULL_WIDTH = frozenset("，。、；：！？（）「」『』《》〈〉【】〔〕“”‘’")
# Formulas and what stands beside them have no space between them when they are closer than this, in font sizes.
_FORMULA_GAP = 0.12


def line(segment: Segment, direction: Direction) -> Line:
    """The line of a segment, with its words as they are read."""
    quad = direction.quad(segment.left, segment.top, segment.right, segment.bottom)
    text = " ".join([word.text for word in segment.words])
    if text.isascii() and not direction.mirrored and FORMULA not in text:
        return Line(text, quad, tuple(segment.words))
    order = _logical(segment, text, direction.mirrored)
    words = tuple([segment.words[i] for i in order])
    pieces = [words[0].text]
    for before, after in pairwise(order):
        if not _written_together(segment, before, after):
            pieces.append(" ")
        pieces.append(segment.words[after].text)
    return Line("".join(pieces), quad, words)


def _logical(segment: Segment, text: str, mirrored: bool) -> list[int]:
    """Indices of the words in the order they are read; the segment lists them along its frame."""
    along = list(range(len(segment.words)))
    if not mirrored and not RIGHT_TO_LEFT.search(text):
        return along
    # Where most text runs from right to left, a line with any such word does, whatever it quotes.
    to_left = RIGHT_TO_LEFT.search(text) is not None if mirrored else mostly_right_to_left(text)
    if to_left != mirrored:
        along.reverse()
    # Runs of the other direction stand the other way round within the line.
    against = LEFT_TO_RIGHT if to_left else RIGHT_TO_LEFT
    order: list[int] = []
    run: list[int] = []
    for i in along:
        if against.search(segment.words[i].text):
            run.append(i)
        else:
            order += run[::-1]
            order.append(i)
            run = []
    return order + run[::-1]


def _written_together(segment: Segment, before: int, after: int) -> bool:
    one, other = segment.words[before], segment.words[after]
    if one.formula and other.formula:
        return False
    if one.formula or other.formula:
        return segment.lefts[after] - segment.rights[before] < _FORMULA_GAP * max(one.size, other.size)
    if not (ideographic(one.text[-1]) or ideographic(other.text[0])):
        return False
    gap = max(segment.lefts[after] - segment.rights[before], segment.lefts[before] - segment.rights[after])
    # A full-width mark takes half of its square, and the rest of it is blank.
    beside_mark = one.text[-1] in _FULL_WIDTH or other.text[0] in _FULL_WIDTH
    return gap < (_MARK_GAP if beside_mark else _IDEOGRAPH_GAP) * one.size
