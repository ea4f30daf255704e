"""What was seen in pixels, in another unit."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from engine.evidence import Barcode, Box, Drawings, Fill, Picture, Quad, Rule, SeenPart, SeenTable, Word

_DIGITS = 4

_Seen = TypeVar("_Seen", Word, Barcode)


def scaled(seen: _Seen, factor: float) -> _Seen:
    """The same with its measures times a factor."""
    quad = _quad(seen.quad, factor)
    if isinstance(seen, Word):
        return msgspec.structs.replace(seen, quad=quad, size=seen.size * factor)
    return msgspec.structs.replace(seen, quad=quad)


def scaled_drawings(drawn: Drawings, factor: float) -> Drawings:
    """The same with all measures times a factor."""
    return Drawings(
        tuple(
            [Rule(*[round(value * factor, _DIGITS) for value in msgspec.structs.astuple(rule)]) for rule in drawn.rules]
        ),
        tuple([Fill(_box(fill.box, factor), fill.color) for fill in drawn.fills]),
        tuple([Picture(_box(picture.box, factor), picture.alone) for picture in drawn.pictures]),
        tuple([_table(table, factor) for table in drawn.tables]),
        tuple([SeenPart(part.kind, _box(part.box, factor)) for part in drawn.parts]),
    )


def _table(table: SeenTable, factor: float) -> SeenTable:
    return tuple(
        [tuple([msgspec.structs.replace(cell, quad=_quad(cell.quad, factor)) for cell in row]) for row in table]
    )


def _quad(quad: Quad, factor: float) -> Quad:
    x1, y1, x2, y2, x3, y3, x4, y4 = (round(value * factor, _DIGITS) for value in quad)
    return (x1, y1, x2, y2, x3, y3, x4, y4)


def _box(box: Box, factor: float) -> Box:
    left, top, right, bottom = (round(value * factor, _DIGITS) for value in box)
    return left, top, right, bottom
