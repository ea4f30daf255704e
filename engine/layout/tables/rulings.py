"""The straight lines of a page in the frame of its text, put together from the pieces that they are drawn in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from engine.evidence import Rule
from engine.reading.direction import Direction

#: Lines looked at in each of the two directions, the longest first.
MAX_RULINGS = 1500
# In font sizes: how far pieces of one line may be apart, across it and along it.
_ACROSS, _ALONG = 0.2, 0.5
# A line is at a slant when it gains more than this share of its length.
_SLANT = 0.03


class Ruling(NamedTuple):
    """A line at a height or, of one that runs down, at a place along the text; from `start` to `end`."""

    at: float
    start: float
    end: float


class Rulings(NamedTuple):
    """Lines along the text and across it, each list from small to large `at`."""

    along: list[Ruling]
    down: list[Ruling]


def rulings(rules: Iterable[Rule], direction: Direction, size: float) -> Rulings:
    """The lines of a page in the frame of a direction whose text is `size` high."""
    ends = np.array([(rule.x1, rule.y1, rule.x2, rule.y2) for rule in rules]).reshape(-1, 2)
    along: list[Ruling] = []
    down: list[Ruling] = []
    for x1, y1, x2, y2 in direction.framed(ends).reshape(-1, 4).tolist():
        wide, high = abs(x2 - x1), abs(y2 - y1)
        if high <= max(_SLANT * wide, _ACROSS * size) and wide > high:
            along.append(Ruling((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
        elif wide <= max(_SLANT * high, _ACROSS * size):
            down.append(Ruling((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
    return Rulings(_whole(along, size), _whole(down, size))


def _whole(pieces: list[Ruling], size: float) -> list[Ruling]:
    """Lines out of their pieces."""
    found: list[Ruling] = []
    for level in levels(pieces, _ACROSS * size):
        level.sort(key=lambda piece: piece.start)
        at = sum([piece.at * (piece.end - piece.start) for piece in level]) / max(
            sum([piece.end - piece.start for piece in level]), 1e-9
        )
        start, end = level[0].start, level[0].end
        for piece in level[1:]:
            if piece.start > end + _ALONG * size:
                found.append(Ruling(at, start, end))
                start, end = piece.start, piece.end
            end = max(end, piece.end)
        found.append(Ruling(at, start, end))
    longest = sorted(found, key=lambda ruling: ruling.start - ruling.end)[:MAX_RULINGS]
    return sorted(longest)


def levels(pieces: list[Ruling], reach: float) -> list[list[Ruling]]:
    """Lines grouped by where they are; those of a group follow each other within `reach`."""
    found: list[list[Ruling]] = []
    for piece in sorted(pieces):
        if found and piece.at - found[-1][-1].at <= reach and piece.at - found[-1][0].at <= 2 * reach:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found
