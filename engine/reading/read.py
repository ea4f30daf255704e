"""Reads the evidence of a page."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import msgspec

from engine import evidence
from engine.evidence import Box
from engine.reading.direction import Direction, directions
from engine.reading.lines import line
from engine.reading.order import ordered
from engine.reading.page import Block, Figure, Paragraph, ReadPage, Table
from engine.reading.paragraphs import grouped
from engine.reading.segment import Segment
from engine.reading.segments import segments
from engine.reading.stated import believed, in_stated_order, without_elements

_UPRIGHT = Direction(0.0, False, [], [])


class Region(msgspec.Struct, frozen=True):
    """A table or figure that is read at its place among the paragraphs.

    `box` is in the frame of the page's main direction. `order`: where its first word stands in the evidence.
    """

    block: Table | Figure
    box: Box
    order: int


def read(page: evidence.Page) -> ReadPage:
    """The page with its words in reading order; text of the main direction comes first."""
    return in_order(*evidence_of(page))


def evidence_of(page: evidence.Page) -> tuple[evidence.Page, list[Direction]]:
    """The page, without the structure that it states where that is nonsense, and the directions of its words."""
    found = directions(page.words)
    if not page.elements or believed(page, found):
        return page, found
    page = without_elements(page)
    return page, directions(page.words)


def in_order(page: evidence.Page, found: list[Direction], regions: Sequence[Region] = ()) -> ReadPage:
    """The page with the words of its directions and the regions of the first, in reading order."""
    main = found[0] if found else _UPRIGHT
    blocks = _blocks(main, regions)
    for direction in found[1:]:
        blocks += _blocks(direction, ())
    if page.elements and main.angle == 0.0 and not main.mirrored:
        blocks = in_stated_order(blocks, page.elements)
    return ReadPage(
        number=page.number,
        width=page.width,
        height=page.height,
        unit=page.unit,
        angle=_normal(main.angle),
        blocks=tuple(blocks),
        readable=page.readable,
        barcodes=page.barcodes,
        unread=page.unread,
        recognized=page.recognized,
        parts=page.parts,
    )


def paragraphs_of(direction: Direction) -> list[Paragraph]:
    """The words of a direction as paragraphs in reading order."""
    return [_paragraph(group, direction) for group in grouped(ordered(segments(direction)))]


def _normal(degrees: float) -> float:
    """The same direction in (-180, 180]."""
    rounded = round(degrees % 360.0, 4)
    return round(rounded - 360.0, 4) if rounded > 180.0 else rounded


def _blocks(direction: Direction, regions: Sequence[Region]) -> list[Block]:
    if not regions:
        return list(paragraphs_of(direction))
    pieces = segments(direction)
    size = median([piece.size for piece in pieces]) if pieces else 1.0
    pieces += [Segment(*region.box, size, region.order, [], [], [], region.block) for region in regions]
    return [group[0].block or _paragraph(group, direction) for group in grouped(ordered(pieces))]


def _paragraph(group: list[Segment], direction: Direction) -> Paragraph:
    quad = direction.quad(
        min([piece.left for piece in group]),
        min([piece.top for piece in group]),
        max([piece.right for piece in group]),
        max([piece.bottom for piece in group]),
    )
    return Paragraph(quad, tuple([line(piece, direction) for piece in group]))
