"""Words to segments: first as the evidence lists them, then across it."""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol, TypeVar

from engine.evidence import Word
from engine.reading.direction import Direction
from engine.reading.marks import is_bullet, is_label, is_number
from engine.reading.segment import Segment

# In font sizes. Words that the evidence lists one after the other may stand further apart than others:
# justified lines stretch their spaces, while columns come one after the other in most documents.
_GAP_IN_SEQUENCE = 1.2
_GAP_ACROSS = 0.6
# Two spaces of a typewriter part sentences.
_GAP_AFTER_SENTENCE = 1.3
_SENTENCE_ENDS = ".!?:"
_OVERLAP_ALONG = 0.5

# Share of the lower box that two words of one line have in common, across the text.
_SAME_LINE = 0.4
# The same for two things of one row, which may be of different heights.
_SAME_ROW = 0.5

# The text of an item stands at a tab stop after its mark.
_GAP_AFTER_MARK = 3.0

# A justified line of few words has wide spaces, all alike; columns of a table have not, unless their
# cells are all alike too.
_STRETCHED_GAP = 2.5
_FEWEST_STRETCHED = 4
_ALIKE = 1.35


def segments(direction: Direction) -> list[Segment]:
    """The segments of one direction, each with its words from left to right."""
    return merged(_in_sequence(direction))


class Placed(Protocol):
    """A thing with a box on the page."""

    left: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""


_P = TypeVar("_P", bound=Placed)


def rows(things: list[_P]) -> list[list[_P]]:
    """Things that stand side by side, rows from top to bottom, each from left to right."""
    found: list[list[_P]] = []
    top = bottom = 0.0
    for thing in sorted(things, key=lambda thing: thing.middle):
        shared = min(bottom, thing.bottom) - max(top, thing.top)
        if found and shared > _SAME_ROW * min(bottom - top, thing.bottom - thing.top):
            found[-1].append(thing)
        else:
            found.append([thing])
            top, bottom = thing.top, thing.bottom
    for row in found:
        row.sort(key=lambda thing: thing.left)
    return found


def merged(pieces: list[Segment]) -> list[Segment]:
    """The same words with segments joined that stand close on one line."""
    found: list[Segment] = []
    for row in rows(pieces):
        last = row[0]
        for piece, stretched in zip(row[1:], _stretched(row), strict=True):
            size = max(last.size, piece.size)
            gap = piece.left - last.right
            widest = _GAP_AFTER_MARK if _is_mark(last, piece) else _STRETCHED_GAP if stretched else _GAP_ACROSS
            if -_OVERLAP_ALONG * size < gap < widest * size and _on_one_line(last, piece):
                _join(last, piece)
            else:
                found.append(last)
                last = piece
        found.append(last)
    return found


def _in_sequence(direction: Direction) -> list[Segment]:
    found: list[Segment] = []
    current: Segment | None = None
    last_top = last_bottom = 0.0
    for order, (word, (left, top, right, bottom)) in enumerate(zip(direction.words, direction.boxes, strict=True)):
        if current is not None:
            size = word.size if word.size > current.size else current.size
            shared = min(bottom, last_bottom) - max(top, last_top)
            gap = left - current.right
            if -_OVERLAP_ALONG * size < gap < _GAP_IN_SEQUENCE * size and shared > _SAME_LINE * min(
                bottom - top, last_bottom - last_top
            ):
                _append(current, word, left, top, right, bottom)
                last_top, last_bottom = top, bottom
                continue
        current = Segment(left, top, right, bottom, word.size, order, [word], [left], [right])
        found.append(current)
        last_top, last_bottom = top, bottom
    return found


def _append(segment: Segment, word: Word, left: float, top: float, right: float, bottom: float) -> None:
    segment.words.append(word)
    segment.lefts.append(left)
    segment.rights.append(right)
    # This runs for each word; comparisons are faster than min() and max().
    if right > segment.right:
        segment.right = right
    if top < segment.top:
        segment.top = top
    if bottom > segment.bottom:
        segment.bottom = bottom
    if word.size > segment.size:
        segment.size = word.size


def _is_mark(piece: Segment, text: Segment) -> bool:
    """Whether a segment is the mark of the item, or the label of the caption, whose text comes next."""
    # What is seen in pixels comes in no order, but what stands side by side one after the other.
    if text.order != piece.order + len(piece.words) and piece.order != text.order + len(text.words):
        return False
    mark = piece.words[0].text
    if len(piece.words) == 1:
        return is_bullet(mark) or is_number(mark)
    return len(piece.words) == 2 and is_label(f"{mark} {piece.words[1].text}")


def _stretched(row: list[Segment]) -> list[bool]:
    """For each gap of a row whether it is one of a stretched line."""
    found: list[bool] = []
    for run in _runs(row):
        gaps = [right.left - left.right for left, right in pairwise(run)]
        widths = [piece.right - piece.left for piece in run]
        stretched = (
            len(run) >= _FEWEST_STRETCHED
            and min(gaps) > 0
            and max(gaps) < _ALIKE * min(gaps)
            and max(widths) > 2 * min(widths)
        )
        # The gap to the next run belongs to none.
        found += [stretched] * len(gaps) + [False]
    return found[:-1]


def _runs(row: list[Segment]) -> list[list[Segment]]:
    """Segments that follow each other also in the evidence."""
    found = [[row[0]]]
    for left, right in pairwise(row):
        if right.order == left.order + len(left.words):
            found[-1].append(right)
        else:
            found.append([right])
    return found


def _on_one_line(one: Segment, other: Segment) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)


def _join(segment: Segment, other: Segment) -> None:
    segment.words += other.words
    segment.lefts += other.lefts
    segment.rights += other.rights
    segment.left = min(segment.left, other.left)
    segment.right = max(segment.right, other.right)
    segment.top = min(segment.top, other.top)
    segment.bottom = max(segment.bottom, other.bottom)
    segment.size = max(segment.size, other.size)
    segment.order = min(segment.order, other.order)
