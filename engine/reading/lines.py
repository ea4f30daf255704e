"""Segments to lines of text in logical order."""

from __future__ import annotations

from itertools import pairwise

import regex  # type: ignore[import-untyped]

from engine.evidence import Word
from engine.reading.direction import Direction
from engine.reading.page import Line
from engine.reading.segment import Segment
from engine.text import ideographic

_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_LEFT_TO_RIGHT = regex.compile(r"\p{Bidi_Class=L}")

# Ideographs that stand further apart than this, in font sizes, have a space between them.
_IDEOGRAPH_GAP = 0.35


def line(segment: Segment, direction: Direction) -> Line:
    """The line of a segment, with its words as they are read."""
    quad = direction.quad(segment.left, segment.top, segment.right, segment.bottom)
    text = " ".join([word.text for word in segment.words])
    if text.isascii():
        return Line(text, quad, tuple(segment.words))
    order = _logical(segment)
    words = tuple([segment.words[i] for i in order])
    pieces = [words[0].text]
    for before, after in pairwise(order):
        if not _written_together(segment, before, after):
            pieces.append(" ")
        pieces.append(segment.words[after].text)
    return Line("".join(pieces), quad, words)


def is_right_to_left(words: list[Word]) -> bool:
    """Whether more of the words are in scripts that run from right to left than in others."""
    balance = 0
    for word in words:
        if not word.text.isascii() and _RIGHT_TO_LEFT.search(word.text):
            balance += 1
        elif _LEFT_TO_RIGHT.search(word.text):
            balance -= 1
    return balance > 0


def _logical(segment: Segment) -> list[int]:
    """Indices of the words in the order they are read; the segment lists them from left to right."""
    words = segment.words
    visual = sorted(range(len(words)), key=lambda i: segment.lefts[i])
    if not any(_RIGHT_TO_LEFT.search(word.text) for word in words):
        return list(range(len(words)))
    to_left = is_right_to_left(words)
    if to_left:
        visual.reverse()
    # Runs of the other direction stand the other way round within the line.
    order: list[int] = []
    run: list[int] = []
    for i in visual:
        text = words[i].text
        other = _LEFT_TO_RIGHT.search(text) if to_left else _RIGHT_TO_LEFT.search(text)
        if other:
            run.append(i)
        else:
            order += run[::-1]
            order.append(i)
            run = []
    return order + run[::-1]


def _written_together(segment: Segment, before: int, after: int) -> bool:
    one, other = segment.words[before], segment.words[after]
    if not (ideographic(one.text[-1]) or ideographic(other.text[0])):
        return False
    return segment.lefts[after] - segment.rights[before] < _IDEOGRAPH_GAP * one.size
