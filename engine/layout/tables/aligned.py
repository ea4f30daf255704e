"""Tables that are not drawn: short pieces of text that stand below each other, line after line."""

from __future__ import annotations

from collections.abc import Sequence

from engine.layout.tables.lines import Line, Piece, line, lines
from engine.layout.tables.plausible import is_tabular
from engine.layout.tables.structure import Structure, structure
from engine.reading.direction import Direction

# Characters of a piece that is a line of prose.
_PROSE = 40
# In font sizes: lines of one table are no further apart, from the bottom of one to the top of the next.
_APART = 2.0
# Lines of one piece that may follow each other within a table.
_MOST_SINGLE = 2


def aligned(direction: Direction, indices: Sequence[int], size: float, space: float) -> list[Structure]:
    """The tables among some words of a direction whose text is `size` high."""
    found = []
    for run in _runs(lines(direction, list(indices), space) if indices else [], size):
        seen = _structured(run, size)
        if seen and is_tabular(seen, drawn=False):
            found.append(seen)
    return found


def _runs(text: list[Line], size: float) -> list[list[Line]]:
    """Lines of several pieces that follow each other, with few lines of one piece between them."""
    open_runs: list[list[Line]] = []
    closed: list[list[Line]] = []
    for part in [part for one in text for part in _beside_prose(one)]:
        still = []
        mine = None
        for run in open_runs:
            last = run[-1]
            if part.top - last.bottom > _APART * size:
                closed.append(run)
            elif mine is None and min(part.right, last.right) > max(part.left, last.left):
                mine = run
            else:
                still.append(run)
        if mine is None:
            mine = []
        mine.append(part)
        open_runs = [*still, mine]
    return [trimmed for run in [*closed, *open_runs] for trimmed in _trimmed(run)]


def _beside_prose(one: Line) -> list[Line]:
    """The parts of a line before, between and after the pieces that are prose; those break what is above them."""
    parts: list[list[Piece]] = [[]]
    for piece in one.pieces:
        if len(piece.text) >= _PROSE:
            parts += [[piece], []]
        else:
            parts[-1].append(piece)
    return [line(part) for part in parts if part]


def _trimmed(run: list[Line]) -> list[list[Line]]:
    """A run parted at prose and at many lines of one piece; each part begins and ends with several pieces."""
    found: list[list[Line]] = [[]]
    single: list[Line] = []
    for one in run:
        if len(one.pieces) > 1:
            if found[-1]:
                found[-1] += single
            found[-1].append(one)
            single = []
            continue
        single.append(one)
        if len(single) > _MOST_SINGLE or len(one.pieces[0].text) >= _PROSE:
            found.append([])
            single = []
    return [part for part in found if len(part) > 1]


def _structured(run: list[Line], size: float) -> Structure | None:
    left, right = min([one.left for one in run]), max([one.right for one in run])
    return structure(run, [], (left, run[0].top, right, max([one.bottom for one in run])), size)
