"""Headings as they look on pixels: each is one paragraph, parted from the text that it was read with."""

from __future__ import annotations

import re

from msgspec.structs import replace

from engine.evidence import Box, Quad, SeenKind
from engine.layout.outline import around
from engine.reading.page import Block, Line, Paragraph, ReadPage

# A heading of more lines would be a paragraph.
_MOST_LINES = 5
# Share of a line that lies in the part of the page that looks like a heading.
_IN_PART = 0.6
# The number of a heading ends no further before it, in its heights.
_BEFORE = 4.0

_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?|[IVXL]{1,5}\.?|[A-Z]\.")


def parted(page: ReadPage) -> ReadPage:
    """The page with the lines of each of its parts that looks like a heading as one paragraph."""
    boxes = [part.box for part in page.parts if part.kind is SeenKind.HEADING]
    if not boxes:
        return page
    blocks: list[Block] = []
    heading: int | None = None
    for block in page.blocks:
        if not isinstance(block, Paragraph) or block.role is not None:
            blocks.append(block)
            heading = None
            continue
        for lines, inside in _runs(block, boxes):
            before = blocks[-1] if blocks else None
            if inside is not None and inside == heading and isinstance(before, Paragraph):
                blocks[-1] = _paragraph(before.lines + lines)
            else:
                blocks.append(block if len(lines) == len(block.lines) else _paragraph(lines))
            heading = inside
    return replace(page, blocks=tuple(blocks))


def _runs(paragraph: Paragraph, boxes: list[Box]) -> list[tuple[tuple[Line, ...], int | None]]:
    """Lines of a paragraph that follow each other and are in one of the boxes, or in none; and in which."""
    found: list[tuple[tuple[Line, ...], int | None]] = []
    for line in paragraph.lines:
        inside = next((index for index, box in enumerate(boxes) if _heads(line, box)), None)
        if found and found[-1][1] == inside:
            found[-1] = (*found[-1][0], line), inside
        else:
            found.append(((line,), inside))
    return [(lines, inside if len(lines) <= _MOST_LINES else None) for lines, inside in found]


def _heads(line: Line, box: Box) -> bool:
    """Whether a line lies in the box of a heading, or is its number and stands before it."""
    if _lies_in(line.quad, box):
        return True
    height = max(line.quad[1::2]) - min(line.quad[1::2])
    before = (box[0] - _BEFORE * height, box[1] - height / 2, box[0] + height, box[3] + height / 2)
    return _NUMBER.fullmatch(line.text) is not None and _lies_in(line.quad, before)


def _lies_in(quad: Quad, box: Box) -> bool:
    left, top, right, bottom = min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])
    wide = min(right, box[2]) - max(left, box[0])
    high = min(bottom, box[3]) - max(top, box[1])
    return wide > 0 and high > 0 and wide * high > _IN_PART * (right - left) * (bottom - top)


def _paragraph(lines: tuple[Line, ...]) -> Paragraph:
    return Paragraph(around([line.quad for line in lines]), lines)
