"""Rows within a tall bracket: matrices and cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from engine.formulas.atoms import AXIS, Atom, box

#: Tall brackets of one line that are looked into.
MAX_GRIDS: Final = 20

#: Brackets by those that close them.
PAIRS: Final = {
    "(": ")",
    "[": "]",
    r"\{": r"\}",
    r"\lfloor": r"\rfloor",
    r"\lceil": r"\rceil",
    r"\langle": r"\rangle",
}
CLOSERS: Final = frozenset(PAIRS.values())
BRACKETS: Final = CLOSERS | frozenset(PAIRS)
_BRACE: Final = r"\{"

# In sizes of the characters: brackets around rows are higher, rows stand further apart, and so do cells of a row.
_TALL, _PITCH, _CELL_GAP = 1.9, 0.9, 0.8
_SAME, _JOINED = 0.2, 0.4
_LARGE = 0.9

Line = Callable[[Sequence[Atom]], str]
"""Writes things side by side."""


def with_grids(atoms: list[Atom], size: float, line: Line) -> list[Atom]:
    """The atoms, from left to right, with the rows within tall brackets as one."""
    atoms = _whole(atoms, size)
    for opener in [one for one in atoms if one.latex in PAIRS and _is_tall(one, size)][:MAX_GRIDS]:
        start = next((place for place, one in enumerate(atoms) if one is opener), None)
        if start is None:
            # It stands within another one.
            continue
        end = _end(atoms, start, size)
        if end is None and opener.latex != _BRACE:
            continue
        inside = [one for one in atoms[start + 1 : end] if opener.top < one.middle < opener.bottom]
        rows = _rows(inside, size)
        if not rows:
            continue
        cells = [_cells(row, size) for row in rows]
        if len({len(row) for row in cells}) > 1:
            cells = [[row] for row in rows]
        written = r"\\ ".join([" & ".join([line(cell) for cell in row]) for row in cells])
        kind = "matrix" if end is not None else "cases"
        parts = inside if end is not None else [opener, *inside]
        whole = box(rf"\begin{{{kind}}}{written}\end{{{kind}}}", parts)
        known = {id(part) for part in parts}
        grid = msgspec.structs.replace(whole, size=size, baseline=opener.middle + AXIS * size)
        atoms = sorted([*[one for one in atoms if id(one) not in known], grid], key=lambda one: one.left)
    return atoms


def _is_tall(one: Atom, size: float) -> bool:
    return one.bottom - one.top > _TALL * size


def _whole(atoms: list[Atom], size: float) -> list[Atom]:
    """The atoms with brackets that are drawn in pieces, one below the other, as one."""
    found: list[Atom] = []
    last: dict[str, int] = {}
    for one in sorted(atoms, key=lambda one: (round(one.left / (_SAME * size)), one.top)):
        place = last.get(one.latex, -1) if one.latex in BRACKETS else -1
        if place >= 0 and _continues(found[place], one, size):
            found[place] = msgspec.structs.replace(found[place], bottom=max(found[place].bottom, one.bottom))
        else:
            last[one.latex] = len(found)
            found.append(one)
    middles = [
        msgspec.structs.replace(one, baseline=one.middle + AXIS * size)
        if one.latex in BRACKETS and _is_tall(one, size)
        else one
        for one in found
    ]
    return sorted(middles, key=lambda one: one.left)


def _continues(above: Atom, below: Atom, size: float) -> bool:
    return abs(above.left - below.left) < _SAME * size and -_JOINED * size < below.top - above.bottom < _JOINED * size


def _end(atoms: list[Atom], start: int, size: float) -> int | None:
    """Where the tall bracket at `start` closes; None when it does not."""
    depth = 0
    opener = atoms[start].latex
    for place in range(start, len(atoms)):
        if _is_tall(atoms[place], size):
            depth += (atoms[place].latex == opener) - (atoms[place].latex == PAIRS[opener])
            if depth == 0:
                return place
    return None


def _rows(inside: list[Atom], size: float) -> list[list[Atom]]:
    """What stands within a bracket, by the lines that its large characters stand on; none for fewer than two."""
    lines: list[float] = []
    for baseline in sorted([one.baseline for one in inside if one.size >= _LARGE * size]):
        if not lines or baseline - lines[-1] > _PITCH * size:
            lines.append(baseline)
    if len(lines) < 2:
        return []
    rows: list[list[Atom]] = [[] for _ in lines]
    for one in inside:
        rows[min(range(len(lines)), key=lambda i: abs(lines[i] - AXIS * size - one.middle))].append(one)
    return rows if all(rows) else []


def _cells(row: list[Atom], size: float) -> list[list[Atom]]:
    found = [[row[0]]]
    right = row[0].right
    for one in row[1:]:
        if one.left - right > _CELL_GAP * size:
            found.append([])
        found[-1].append(one)
        right = max(right, one.right)
    return found
