"""Reads the evidence of a page."""

from __future__ import annotations

from engine import evidence
from engine.reading.direction import Direction, directions
from engine.reading.lines import line
from engine.reading.order import ordered
from engine.reading.page import Paragraph, ReadPage
from engine.reading.paragraphs import paragraphs
from engine.reading.segment import Segment
from engine.reading.segments import segments


def read(page: evidence.Page) -> ReadPage:
    """The page with its words in reading order; text of the main direction comes first."""
    found = directions(page.words)
    return ReadPage(
        number=page.number,
        width=page.width,
        height=page.height,
        unit=page.unit,
        angle=_normal(found[0].angle) if found else 0.0,
        paragraphs=tuple([paragraph for direction in found for paragraph in _paragraphs(direction)]),
        readable=page.readable,
        barcodes=page.barcodes,
    )


def _normal(degrees: float) -> float:
    """The same direction in (-180, 180]."""
    rounded = round(degrees % 360.0, 4)
    return round(rounded - 360.0, 4) if rounded > 180.0 else rounded


def _paragraphs(direction: Direction) -> list[Paragraph]:
    return [_paragraph(group, direction) for group in paragraphs(ordered(segments(direction)))]


def _paragraph(group: list[Segment], direction: Direction) -> Paragraph:
    quad = direction.quad(
        min([piece.left for piece in group]),
        min([piece.top for piece in group]),
        max([piece.right for piece in group]),
        max([piece.bottom for piece in group]),
    )
    return Paragraph(quad, tuple([line(piece, direction) for piece in group]))
