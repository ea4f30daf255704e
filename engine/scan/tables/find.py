"""The tables of a page that is given as pixels, as a network sees them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.evidence import Box, SeenCell, SeenTable, Word
from engine.scan.frame import Pixels
from engine.scan.parts import Kind, Part
from engine.scan.tables.network import told
from engine.scan.tables.structure import rows

#: Tables of a page that are looked at; each takes a tenth of a second.
MOST_TABLES = 12
# Parts that say that a page is more than one table.
_TEXT = frozenset({Kind.TEXT, Kind.TITLE, Kind.REFERENCE})
# Pixels around a table that belong to its picture.
_MARGIN = 4


def tables(upright: Pixels, parts: Sequence[Part], words: Sequence[Word]) -> list[SeenTable]:
    """The tables of an upright page (HxWx3 RGB) with these parts and words, in its pixels.

    Raises: WeightsMissing.
    """
    boxes = {id(word): _box(word) for word in words}
    found = []
    for region in _regions(parts, list(boxes.values()))[:MOST_TABLES]:
        if table := _table(upright, region):
            found.append(table)
    return found


def _regions(parts: Sequence[Part], words: Sequence[Box]) -> list[Box]:
    """Where tables are, the likeliest first, each around the words in it; the whole of a page that is one table."""
    likely = sorted([part for part in parts if part.kind is Kind.TABLE], key=lambda part: -part.likelihood)
    if likely:
        return [_around([part.box, *[word for word in words if _stands_in(word, part.box)]]) for part in likely]
    if words and not any(part.kind in _TEXT for part in parts):
        return [_around(words)]
    return []


def _table(upright: Pixels, region: Box) -> SeenTable:
    height, width = upright.shape[:2]
    left, top = max(0, int(region[0]) - _MARGIN), max(0, int(region[1]) - _MARGIN)
    right, bottom = min(width, int(region[2]) + _MARGIN), min(height, int(region[3]) + _MARGIN)
    if min(right - left, bottom - top) < 2 * _MARGIN:
        return ()
    tokens, boxes = told(upright[top:bottom, left:right])
    found = []
    for row in rows(tokens):
        cells = []
        for cell in row:
            x1, y1, x2, y2 = (float(side) for side in boxes[cell.step])
            quad = (left + x1, top + y1, left + x2, top + y1, left + x2, top + y2, left + x1, top + y2)
            cells.append(SeenCell(quad, cell.row_span, cell.column_span, cell.header))
        found.append(tuple(cells))
    return tuple(found)


def _box(word: Word) -> Box:
    return min(word.quad[0::2]), min(word.quad[1::2]), max(word.quad[0::2]), max(word.quad[1::2])


def _stands_in(word: Box, region: Box) -> bool:
    across, down = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return region[0] <= across <= region[2] and region[1] <= down <= region[3]


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
