"""Tables that are drawn with lines along the text only: above, below and between their rows."""

from __future__ import annotations

from itertools import pairwise

from engine.evidence import Box
from engine.layout.tables.lines import Line, lines
from engine.layout.tables.plausible import is_tabular
from engine.layout.tables.rulings import Ruling
from engine.layout.tables.structure import Structure, structure
from engine.reading.direction import Direction

# In font sizes: how far the ends of the lines of one table may differ.
_ENDS = 1.0
_LEAST_WIDTH = 6.0
# In font sizes: the height of a row of a header.
_HEADER = 5.0
# The share of lines with more than one piece, and the most characters of a piece, in a band of a table.
_TELLING, _PROSE = 0.4, 90
# Pieces that are lines of prose: their least width in font sizes, and as a share; the share of lines with one.
_PROSE_WIDTH, _PROSE_SHARE, _MOST_PROSE = 18.0, 0.35, 0.5
# Lines of a header, of which one may tell.
_HEADER_LINES = 3


def bands(along: list[Ruling], size: float) -> list[tuple[Box, list[Ruling]]]:
    """Boxes from the first to the last of lines that begin and end together, with the lines within them."""
    wide = [ruling for ruling in along if ruling.end - ruling.start > _LEAST_WIDTH * size]
    groups: list[list[Ruling]] = []
    for ruling in sorted(wide, key=lambda ruling: (ruling.start - ruling.end, ruling.at)):
        for group in groups:
            if abs(group[0].start - ruling.start) < _ENDS * size and abs(group[0].end - ruling.end) < _ENDS * size:
                group.append(ruling)
                break
        else:
            groups.append([ruling])
    found = []
    for group in groups:
        if len(group) < 2:
            continue
        left, right = min([one.start for one in group]), max([one.end for one in group])
        top, bottom = min([one.at for one in group]), max([one.at for one in group])
        within = [one for one in along if left - _ENDS * size < one.start and one.end < right + _ENDS * size]
        inside = [one for one in within if top <= one.at <= bottom]
        # Over a header there may be a line for some of its columns only.
        for one in reversed([one for one in within if one.at < top]):
            if top - one.at > _HEADER * size:
                break
            top = one.at
            inside.insert(0, one)
        if inside[0] not in group:
            inside.insert(0, Ruling(top, left, right))
        found.append(((left, top, right, bottom), inside))
    # The lines at the top and bottom of a page may be as wide as those of a table between them.
    return sorted(found, key=lambda one: (one[0][2] - one[0][0]) * (one[0][3] - one[0][1]))


def banded(
    direction: Direction, inside: list[int], along: list[Ruling], box: Box, size: float, space: float
) -> list[Structure]:
    """The tables among the words within a box that is drawn with lines along the text."""
    left, _, right, _ = box
    found = []
    wide = [ruling for ruling in along if ruling.end - ruling.start > (right - left) - 2 * _ENDS * size]
    run: list[tuple[Ruling, Ruling, list[Line]]] = []
    heights = [(direction.boxes[index][1] + direction.boxes[index][3]) / 2 for index in inside]
    for above, below in pairwise(wide):
        here = [index for index, height in zip(inside, heights, strict=True) if above.at < height <= below.at]
        text = lines(direction, here, space) if here else []
        if not text and below.at - above.at < 2 * size:
            continue
        if _is_tabular(text, size, right - left):
            run.append((above, below, text))
        else:
            found += _table(run, along, box, size)
            run = []
    found += _table(run, along, box, size)
    return found


def _is_tabular(text: list[Line], size: float, width: float) -> bool:
    """Whether lines of a band, which is so wide, stand in columns and are not prose."""
    telling = [line for line in text if len(line.pieces) > 1]
    longest = max([len(piece.text) for line in text for piece in line.pieces], default=0)
    least = max(_PROSE_WIDTH * size, _PROSE_SHARE * width)
    prose = sum([any(piece.right - piece.left > least for piece in line.pieces) for line in text])
    if longest > _PROSE or (len(text) > _HEADER_LINES and prose >= _MOST_PROSE * len(text)):
        return False
    return bool(telling) and (len(telling) >= _TELLING * len(text) or len(text) <= _HEADER_LINES)


def _table(run: list[tuple[Ruling, Ruling, list[Line]]], along: list[Ruling], box: Box, size: float) -> list[Structure]:
    text = [line for _, _, part in run for line in part]
    if len(text) < 2:
        return []
    found = structure(text, along, (box[0], run[0][0].at, box[2], run[-1][1].at), size)
    return [found] if found and is_tabular(found, drawn=True) else []
