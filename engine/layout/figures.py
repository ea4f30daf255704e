"""Finds the figures of a page: images and drawings, with the text in and close around them.

What lies behind the whole page is a scan or a background, and a frame around text a box; neither is a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec

from engine.evidence import Box, Page
from engine.reading.direction import Direction
from engine.reading.marks import is_label
from engine.reading.page import Figure, Paragraph
from engine.reading.read import Region, paragraphs_of
from engine.reading.segment import Segment
from engine.reading.segments import segments

#: The largest pictures of a page that are looked at.
MAX_PICTURES = 60
# A picture that covers more of the page than this lies behind it.
_BEHIND = 0.6
# In sizes of the text: pictures closer than this are one figure; smaller ones are icons and marks of lists.
_CLOSE = 1.0
_SMALLEST = 2.4
# Labels of a drawing stand around it: this near, no longer than that, and no larger than the text.
_LABEL_GAP = 1.0
_LABEL_CHARACTERS = 32
_NOT_LARGER = 1.05
_LABEL_ROUNDS = 3
# Lines of text, as labels are not, and the share of them that makes a picture a frame around text.
_PROSE_WORDS = 5
_PROSE_CHARACTERS = 30
_PROSE = 0.5
# The share of what was read at a signature or stamp that lies in its box.
_MOST = 0.7
# The confidence of what a document spells out; what was read of pixels in a picture belongs to it.
_SPELLED_OUT = 0.99


class _Piece(msgspec.Struct, gc=False):
    """A segment, the direction it belongs to, and its box on the page."""

    segment: Segment
    direction: int
    box: Box


def figures(
    page: Page, directions: Sequence[Direction], regions: Sequence[Region]
) -> tuple[list[Region], list[Direction]]:
    """The figures of a page beside its tables, and the directions without the words in them."""
    sizes = [word.size for direction in directions for word in direction.words]
    size = median(sizes) if sizes else min(page.width, page.height) / 60
    taken = [_bounds(region.block.quad) for region in regions]
    shown = _joined_up([picture.box for picture in page.pictures if not picture.alone], page, size)
    alone = _joined_up([picture.box for picture in page.pictures if picture.alone], page, size)
    alone = [box for box in alone if not any(_covers(other, box) for other in shown)]
    boxes = [box for box in [*shown, *alone] if not any(_covers(other, box) for other in taken)]
    if not boxes:
        return [], list(directions)
    pieces = [
        _Piece(segment, number, _around([word.quad for word in segment.words]))
        for number, direction in enumerate(directions)
        for segment in segments(direction)
    ]
    found: list[tuple[Box, list[_Piece]]] = []
    for box in boxes:
        # What stands around a signature is no label of it, but what it was asked for with. A line that runs on
        # beyond a stamp merely passes under it.
        is_alone = box in alone
        belongs = _holds_most if is_alone else _holds
        inside = [piece for piece in pieces if belongs(box, piece.box)]
        if not is_alone and not _is_figure(box, inside, size):
            continue
        pieces = [piece for piece in pieces if not belongs(box, piece.box)]
        for _ in range(0 if is_alone else _LABEL_ROUNDS):
            labels = [piece for piece in pieces if _is_label_of(piece, box, size)]
            if not labels:
                break
            inside += labels
            box = _joined([box, *[piece.box for piece in labels]])
            known = {id(piece) for piece in labels}
            pieces = [piece for piece in pieces if id(piece) not in known]
        found.append((box, inside))
    return _regions(found, directions)


def _joined_up(boxes: list[Box], page: Page, size: float) -> list[Box]:
    """The boxes that are no background, those close together joined, in the order of the page."""
    area = page.width * page.height
    largest = sorted(boxes, key=lambda box: -_area(box))
    todo = [box for box in largest if _area(box) < _BEHIND * area][:MAX_PICTURES]
    found: list[Box] = []
    for box in todo:
        merged = True
        while merged:
            merged = False
            for other in found:
                joined = _joined([box, other])
                if _distance(box, other) < _CLOSE * size and _area(joined) < _BEHIND * area:
                    found.remove(other)
                    box = joined
                    merged = True
                    break
        found.append(box)
    return sorted(found, key=lambda box: (box[1], box[0]))


def _is_figure(box: Box, inside: list[_Piece], size: float) -> bool:
    spelled = [piece for piece in inside if all(word.confidence > _SPELLED_OUT for word in piece.segment.words)]
    if min(box[2] - box[0], box[3] - box[1]) < _SMALLEST * size and len(spelled) == len(inside):
        return False
    said = sum([piece.segment.characters for piece in spelled])
    prose = sum([piece.segment.characters for piece in spelled if _is_prose(piece.segment)])
    return prose <= _PROSE * said


def _is_prose(segment: Segment) -> bool:
    return len(segment.words) >= _PROSE_WORDS and segment.characters >= _PROSE_CHARACTERS


def _is_label_of(piece: _Piece, box: Box, size: float) -> bool:
    segment = piece.segment
    return (
        segment.characters <= _LABEL_CHARACTERS
        and segment.size <= _NOT_LARGER * size
        and _distance(piece.box, box) < _LABEL_GAP * size
        and not is_label(" ".join([word.text for word in segment.words]))
    )


def _regions(
    found: list[tuple[Box, list[_Piece]]], directions: Sequence[Direction]
) -> tuple[list[Region], list[Direction]]:
    regions = []
    rest = [dict.fromkeys(range(len(direction.words))) for direction in directions]
    at = [{id(word): index for index, word in enumerate(direction.words)} for direction in directions]
    for box, inside in found:
        paragraphs: list[Paragraph] = []
        first = -1
        for number, direction in enumerate(directions):
            words = [word for piece in inside if piece.direction == number for word in piece.segment.words]
            indices = sorted([at[number][id(word)] for word in words])
            if indices:
                paragraphs += paragraphs_of(direction.part(indices))
                first = indices[0] if number == 0 else first
                for index in indices:
                    del rest[number][index]
        left, top, right, bottom = box
        quad = (left, top, right, top, right, bottom, left, bottom)
        frame = directions[0].box(box) if directions else box
        regions.append(Region(Figure(quad, tuple(paragraphs)), frame, first))
    return regions, [direction.part(list(indices)) for direction, indices in zip(directions, rest, strict=True)]


def _bounds(quad: Sequence[float]) -> Box:
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])


def _around(quads: list[Sequence[float]]) -> Box:
    return _joined([_bounds(quad) for quad in quads])


def _joined(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _distance(one: Box, other: Box) -> float:
    """The gap between two boxes; 0 where they touch."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    down = max(one[1] - other[3], other[1] - one[3], 0.0)
    return max(across, down)


def _holds(box: Box, inner: Box) -> bool:
    """Whether the middle of a box lies in another one."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _holds_most(box: Box, inner: Box) -> bool:
    wide = min(box[2], inner[2]) - max(box[0], inner[0])
    high = min(box[3], inner[3]) - max(box[1], inner[1])
    return wide > 0 and high > 0 and wide * high > _MOST * _area(inner)


def _covers(one: Box, other: Box) -> bool:
    """Whether two boxes have most of one of them in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0 and wide * high > 0.5 * min(_area(one), _area(other))
