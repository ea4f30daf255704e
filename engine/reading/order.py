"""The order in which a person reads the segments of a page.

A page is parted at a gutter: a strip that few segments cross. Those that cross it (titles, wide figures)
part the page into bands; in a band the left side is read before the right. What shows no gutter is read
row by row and cell by cell, as tables and forms are. Each side of a band is parted again in the same way.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from statistics import median

from engine.reading.blocks import blocks
from engine.reading.segment import Segment
from engine.reading.segments import rows

#: Columns within columns that are looked for.
MAX_DEPTH = 8
#: A page with more segments is no text that a person would read in columns.
MAX_SEGMENTS = 20_000

_BINS = 256
_GUTTERS_TRIED = 6
# A gutter is crossed by at most this share of the segments that stand beside it.
_CROSSED = 0.6
# Fewer segments than this on a side do not make a column.
_FEWEST = 3
# A segment crosses a line when it stands out of it on both sides by this many font sizes.
_STANDS_OUT = 0.3

_PROSE_CHARACTERS = 16
_PROSE_FILL = 0.55
_CELL_CHARACTERS = 12
_ALIGNED = 0.8
# Sides of so many segments that stand line for line less often than this are columns.
_MANY, _UNALIGNED = 8, 0.6
# In font sizes: a space in a line that is as wide may be a gutter.
_CUT_GAP = 0.7
_BAND_GAP = 1.0


def ordered(pieces: list[Segment], depth: int = 0) -> list[Segment]:
    """The segments in reading order; about n log n steps for each of at most `MAX_DEPTH` levels."""
    if 2 * _FEWEST < len(pieces) <= MAX_SEGMENTS and depth < MAX_DEPTH:
        best: list[list[Segment]] = []
        most = 0
        for gutter in _gutters(pieces):
            parts, in_columns = _parted(pieces, gutter)
            if in_columns > most:
                best, most = parts, in_columns
        if best:
            return [piece for part in best for piece in ordered(part, depth + 1)]
    return [piece for row in rows(blocks(pieces)) for block in row for piece in block.pieces]


def _gutters(pieces: list[Segment]) -> list[float]:
    """Positions of strips that few segments cross, the emptiest and widest first."""
    start, end = min([piece.left for piece in pieces]), max([piece.right for piece in pieces])
    scale = _BINS / max(end - start, 1e-6)
    steps = [0] * (_BINS + 1)
    for piece in pieces:
        first, last = int((piece.left - start) * scale), int((piece.right - start) * scale)
        # A segment covers the bins that it fills, so that a gutter narrower than two bins still shows.
        if last > first:
            steps[first] += 1
            steps[last] -= 1
    cover = list(accumulate(steps))[:_BINS]
    highest_before = list(accumulate(cover, max))
    highest_after = list(accumulate(reversed(cover), max))[::-1]
    low = [cover[i] <= _CROSSED * min(highest_before[i], highest_after[i]) for i in range(_BINS)]
    valleys: list[tuple[float, int, float]] = []
    i = 0
    while i < _BINS:
        if not low[i]:
            i += 1
            continue
        j = i
        while j < _BINS and low[j]:
            j += 1
        floor = min(cover[i:j])
        lowest = [k for k in range(i, j) if cover[k] == floor]
        valleys.append((floor, -(j - i), start + (lowest[len(lowest) // 2] + 0.5) / scale))
        i = j
    return [position for _, _, position in sorted(valleys)[:_GUTTERS_TRIED]]


def _parted(pieces: list[Segment], gutter: float) -> tuple[list[list[Segment]], int]:
    """Parts to be read one after the other, and how many segments stand in columns beside the gutter."""
    parts: list[list[Segment]] = []
    rest: list[Segment] = []
    in_columns = 0
    for band in _bands([part for piece in pieces for part in _cut(piece, gutter)], gutter):
        trimmed = _columns(band, gutter)
        if trimmed is None:
            rest += band
            continue
        above, left, right, below = trimmed
        rest += above
        if rest:
            parts.append(rest)
        parts += [left, right]
        rest = below
        in_columns += len(left) + len(right)
    if rest:
        parts.append(rest)
    return parts, in_columns


def _cut(piece: Segment, gutter: float) -> list[Segment]:
    """The segment, or its two sides where a wide space at the gutter parts it."""
    reach = _STANDS_OUT * piece.size
    if piece.left < gutter - reach and piece.right > gutter + reach:
        for index in range(1, len(piece.words)):
            end, start = piece.rights[index - 1], piece.lefts[index]
            if end - reach <= gutter <= start + reach and start - end > _CUT_GAP * piece.size:
                return [piece.part(0, index), piece.part(index, len(piece.words))]
    return [piece]


def _bands(pieces: list[Segment], gutter: float) -> list[list[Segment]]:
    """Segments from top to bottom, parted where one crosses the gutter; that one is a band of its own."""
    bands: list[list[Segment]] = [[]]
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.left)):
        margin = _STANDS_OUT * piece.size
        if piece.left < gutter - margin and piece.right > gutter + margin:
            bands += [[piece], []]
        else:
            bands[-1].append(piece)
    return [band for band in bands if band]


_Trimmed = tuple[list[Segment], list[Segment], list[Segment], list[Segment]]


def _columns(band: list[Segment], gutter: float) -> _Trimmed | None:
    """What stands above the columns of a band, its left and right column, and what stands below."""
    strips = _strips(band)
    columns = [i for i, strip in enumerate(strips) if _is_columns(*_sides(strip, gutter))]
    if not columns:
        return None
    first, last = columns[0], columns[-1]
    middle = [piece for strip in strips[first : last + 1] for piece in strip]
    above = [piece for strip in strips[:first] for piece in strip]
    below = [piece for strip in strips[last + 1 :] for piece in strip]
    return (above, *_sides(middle, gutter), below)


def _strips(band: list[Segment]) -> list[list[Segment]]:
    """A band parted at empty space that goes from side to side."""
    band = sorted(band, key=lambda piece: piece.top)
    strips = [[band[0]]]
    bottom = band[0].bottom
    for piece in band[1:]:
        if piece.top - bottom > _BAND_GAP * piece.size:
            strips.append([])
        strips[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return strips


def _sides(strip: list[Segment], gutter: float) -> tuple[list[Segment], list[Segment]]:
    left = [piece for piece in strip if piece.left + piece.right < 2 * gutter]
    right = [piece for piece in strip if piece.left + piece.right >= 2 * gutter]
    return left, right


def _is_columns(left: list[Segment], right: list[Segment]) -> bool:
    """Whether two sides are read one after the other and not row by row."""
    if min(len(left), len(right)) < _FEWEST:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    aligned = _aligned(left, right)
    if aligned >= _ALIGNED and median([piece.characters for piece in _fewer(left, right)]) <= _CELL_CHARACTERS:
        return False
    if min(len(left), len(right)) >= _MANY and aligned < _UNALIGNED:
        return True
    # Writers of documents put columns one after the other and tables row by row.
    sides = sorted([(piece.order, False) for piece in left] + [(piece.order, True) for piece in right])
    switches = sum([a[1] != b[1] for a, b in pairwise(sides)])
    return switches <= 1 + min(len(left), len(right)) // 4


def _is_prose(side: list[Segment]) -> bool:
    # A side may have columns of its own, so that their width counts and not its own.
    widths = sorted([piece.right - piece.left for piece in side])
    full = widths[len(widths) * 9 // 10]
    return median([piece.characters for piece in side]) >= _PROSE_CHARACTERS and median(widths) >= _PROSE_FILL * full


def _fewer(left: list[Segment], right: list[Segment]) -> list[Segment]:
    return left if len(left) <= len(right) else right


def _aligned(left: list[Segment], right: list[Segment]) -> float:
    """Share of the segments of the side with fewer that stand line for line with those of the other."""
    fewer = _fewer(left, right)
    more = right if fewer is left else left
    fewer_middles, more_middles = sorted([p.middle for p in fewer]), sorted([p.middle for p in more])
    reach = median([piece.bottom - piece.top for piece in fewer]) / 4
    matches = position = 0
    for middle in fewer_middles:
        while position < len(more_middles) and more_middles[position] < middle - reach:
            position += 1
        if position < len(more_middles) and more_middles[position] <= middle + reach:
            matches += 1
    return matches / len(fewer)
