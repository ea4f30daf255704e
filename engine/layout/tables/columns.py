"""Where the columns of a table part: strips that hardly any of its lines covers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from statistics import median

from engine.layout.tables.lines import Line

# Share of the lines that may cross a strip: headers over several columns, titles between rows.
_CROSSED = 0.25
# A line with so small a share of the pieces that lines have is a title between rows.
_TITLE = 0.25
# In font sizes: the least width of a strip that many lines leave free, and one that few do.
_NARROW, _WIDE = 0.25, 0.8
_MANY_LINES, _FEW_LINES = 8, 3
# A column that is filled in so few lines may be a part of the one beside it.
_SPARSE, _SPARSE_SHARE = 2, 0.25
# What stands beside a number and is a part of it.
_SIGN = re.compile(r"[$€£¥%()±*†‡§+,;:]+$")


def separators(lines: Sequence[Line], size: float) -> list[float]:
    """Places between the columns of lines whose text is `size` high; lines of one piece, and titles, say nothing."""
    telling = [line for line in lines if len(line.pieces) > 1]
    if telling:
        usual = median([len(line.pieces) for line in telling])
        telling = [line for line in telling if len(line.pieces) > _TITLE * usual]
    if len(telling) < 2:
        return []
    strips = [strip for strip in _strips(telling) if strip[1] - strip[0] >= _least_width(len(telling)) * size]
    places = [(start + end) / 2 for start, end in strips]
    return _without_fragments(telling, places)


def column_of(separators: Sequence[float], x: float) -> int:
    """The column in which a place along the text is."""
    return bisect_right(separators, x)


def _least_width(count: int) -> float:
    """Few lines leave strips free by chance."""
    share = min(1.0, max(0.0, (count - _FEW_LINES) / (_MANY_LINES - _FEW_LINES)))
    return _WIDE + (_NARROW - _WIDE) * share


def _strips(lines: list[Line]) -> list[tuple[float, float]]:
    """The emptiest parts of what is crossed by few lines, between the first and the last piece."""
    steps: dict[float, int] = {}
    for line in lines:
        for piece in line.pieces:
            steps[piece.left] = steps.get(piece.left, 0) + 1
            steps[piece.right] = steps.get(piece.right, 0) - 1
    most = int(_CROSSED * len(lines)) if len(lines) > _FEW_LINES else 0
    places = sorted(steps)
    found: list[tuple[float, float]] = []
    valley: list[tuple[int, float, float]] = []
    cover = 0
    for place, after in zip(places, [*places[1:], places[-1]], strict=True):
        cover += steps[place]
        if cover <= most and after > place:
            valley.append((cover, place, after))
        elif valley:
            found += _floor(valley)
            valley = []
    return found


def _floor(valley: list[tuple[int, float, float]]) -> list[tuple[float, float]]:
    lowest = min([cover for cover, _, _ in valley])
    return [(start, end) for cover, start, end in valley if cover == lowest]


def _without_fragments(lines: list[Line], places: list[float]) -> list[float]:
    """Without those that part a sign from its number, or a header from the column that it stands over."""
    kept = list(places)
    while kept:
        filled: list[set[int]] = [set() for _ in range(len(kept) + 1)]
        signs = [True] * (len(kept) + 1)
        for number, line in enumerate(lines):
            for piece in line.pieces:
                column = column_of(kept, (piece.left + piece.right) / 2)
                filled[column].add(number)
                signs[column] = signs[column] and _SIGN.match(piece.text) is not None
        removed = False
        for index in range(len(kept)):
            one, other = filled[index], filled[index + 1]
            fewer = min(len(one), len(other))
            if (not one & other and fewer <= max(_SPARSE, _SPARSE_SHARE * len(lines))) or (
                (signs[index] and len(one) > 0) or (signs[index + 1] and len(other) > 0)
            ):
                del kept[index]
                removed = True
                break
        if not removed:
            return kept
    return kept
