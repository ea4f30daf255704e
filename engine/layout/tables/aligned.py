"""Tables that are not drawn: short pieces of text that stand below each other, line after line."""

from __future__ import annotations

from collections.abc import Sequence

from engine.layout.tables.lines import Line, Piece, line, lines
from engine.layout.tables.plausible import is_tabular
from engine.layout.tables.rulings import Ruling
from engine.layout.tables.structure import Structure, structure
from engine.reading.direction import Direction

# Characters of a piece that is a line of prose, and its share of the width of all text.
_PROSE, _PROSE_SHARE = 40, 0.35
# Lines of a paragraph follow each other within so many, in as much of their width.
_NEAR, _ABOVE = 1, 0.6
# In font sizes: lines of one table are no further apart, from the bottom of one to the top of the next.
_APART = 2.0
# In font sizes: a line above or below a table stands no further from it. It is wide when it is over this share.
_OUTSIDE, _WIDE = 1.5, 0.6
_FEWEST_EDGES = 3
# Mean characters of an entry of a table that is hardly drawn.
_TERSE = 20
# Lines of one piece that may follow each other within a table.
_MOST_SINGLE = 3


def aligned(
    direction: Direction, indices: Sequence[int], along: Sequence[Ruling], size: float, space: float
) -> list[Structure]:
    """The tables among some words of a direction whose text is `size` high; `along`: what lines there are."""
    found = []
    for run in _runs(lines(direction, list(indices), space) if indices else [], size):
        left, right = min([one.left for one in run]), max([one.right for one in run])
        top, bottom = run[0].top, max([one.bottom for one in run])
        inside = [
            one
            for one in along
            if top - _OUTSIDE * size < one.at < bottom + _OUTSIDE * size and one.start < right and one.end > left
        ]
        seen = structure(run, inside, (left, top, right, bottom), size)
        drawn = any(one.end - one.start > _WIDE * (right - left) for one in inside)
        if seen and is_tabular(seen, drawn=drawn and len(seen.grid.columns) > _FEWEST_EDGES and _is_terse(seen)):
            found.append(seen)
    return found


def _is_terse(seen: Structure) -> bool:
    """Whether entries are short: lines of prose in narrow columns stand below each other too."""
    entries = [row.text(column) for row in seen.rows for column in row.cells]
    return sum(map(len, entries)) <= _TERSE * len(entries)


def _runs(text: list[Line], size: float) -> list[list[Line]]:
    """Lines of several pieces that follow each other, with few lines of one piece between them."""
    open_runs: list[tuple[Line, list[Line]]] = []
    closed: list[list[Line]] = []
    width = max([one.right for one in text], default=0.0) - min([one.left for one in text], default=0.0)
    prose = _prose(text, width)
    for part in [part for one in text for part in _beside(one, prose)]:
        still = []
        mine: tuple[Line, list[Line]] | None = None
        for around, run in open_runs:
            if part.top - run[-1].bottom > _APART * size:
                closed.append(run)
            elif mine is None and min(part.right, around.right) > max(part.left, around.left):
                mine = around, run
            else:
                still.append((around, run))
        around, run = mine or (line(part.pieces), [])
        around.left, around.right = min(around.left, part.left), max(around.right, part.right)
        run.append(part)
        open_runs = [*still, (around, run)]
    return [trimmed for run in [*closed, *[run for _, run in open_runs]] for trimmed in _trimmed(run, prose)]


def _prose(text: list[Line], width: float) -> set[int]:
    """The pieces, by their identity, that are lines of prose: long ones, with others above or below them."""
    long = [
        [
            piece
            for piece in one.pieces
            if len(piece.text) >= _PROSE and piece.right - piece.left >= _PROSE_SHARE * width
        ]
        for one in text
    ]
    found = set()
    for number, pieces in enumerate(long):
        near = [other for others in long[max(0, number - _NEAR) : number + _NEAR + 1] for other in others]
        for piece in pieces:
            beside = [min(piece.right, one.right) - max(piece.left, one.left) for one in near if one is not piece]
            if len(long[number]) == len(text[number].pieces) or any(
                shared > _ABOVE * (piece.right - piece.left) for shared in beside
            ):
                found.add(id(piece))
    return found


def _beside(one: Line, prose: set[int]) -> list[Line]:
    """The parts of a line before, between and after the pieces that are prose; those break what is above them."""
    parts: list[list[Piece]] = [[]]
    for piece in one.pieces:
        if id(piece) in prose:
            parts += [[piece], []]
        else:
            parts[-1].append(piece)
    return [line(part) for part in parts if part]


def _trimmed(run: list[Line], prose: set[int]) -> list[list[Line]]:
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
        if len(single) > _MOST_SINGLE or id(one.pieces[0]) in prose:
            found.append([])
            single = []
    return [part for part in found if len(part) > 1]
