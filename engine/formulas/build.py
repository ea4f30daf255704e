"""Writes the characters of a formula as LaTeX, by where they stand.

What stands over and under a line is a fraction, what stands under a line behind a root its radicand, small
characters beside the line of the others are scripts, those over and under a sum its bounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from engine.evidence import Rule
from engine.formulas.atoms import AXIS, Atom, atom, box, joined, name
from engine.formulas.glyph import Glyph
from engine.formulas.grids import BRACKETS, CLOSERS, PAIRS, with_grids
from engine.formulas.stacks import stacked
from engine.formulas.symbols import BIG, NOT

#: Formulas within formulas that are looked for; what is deeper is written side by side.
MAX_DEPTH: Final = 10

# In sizes of the characters of the line.
_SMALLER = 0.9
_RAISED, _LOWERED, _OFF_LINE = 0.12, 0.08, 0.4
_WORD_GAP = 0.25
_CLOSE = 0.2
# Bounds stand within so much of their operator, and so far apart at most.
_BOUND_REACH, _BOUND_GAP = 0.9, 0.4
_TALL = 1.4
_SPACED: Final = frozenset("=+-<>,;:/|([")


def latex(glyphs: Sequence[Glyph], rules: Sequence[Rule], base: Glyph | None = None) -> str:
    """The LaTeX of a formula, with balanced braces; empty when none of its characters has a meaning.

    `base`: the character of the text before it that its scripts stand at.
    """
    atoms = [found for glyph in glyphs if (found := atom(glyph))]
    if base and atoms:
        left = min([one.left for one in atoms]) - _CLOSE * base.size
        atoms.insert(0, Atom("{}", base.size, left, left, base.baseline, base.top, base.bottom))
    return line(atoms, rules, 0)


def line(atoms: Sequence[Atom], rules: Sequence[Rule], depth: int) -> str:
    """Things side by side, with what stands over, under and beside them."""
    if not atoms:
        return ""
    size = _size(atoms)
    if depth < MAX_DEPTH:
        atoms = stacked(atoms, rules, size, lambda inner, within: line(inner, within, depth + 1))
    atoms = sorted(_named(atoms, size), key=lambda one: one.left)
    if depth < MAX_DEPTH:
        atoms = with_grids(atoms, size, lambda inner: line(inner, (), depth + 1))
        atoms = _bounded(atoms, size, depth)
    return _written(_scripted(atoms, depth), size)


def _named(atoms: Sequence[Atom], size: float) -> list[Atom]:
    """Upright letters that stand together as the names they spell."""
    found: list[Atom] = []
    for one in sorted(atoms, key=lambda one: (round(one.baseline / size * 8), one.left)):
        last = found[-1] if found else None
        if (
            last
            and last.letters
            and one.letters
            and last.size == one.size
            and abs(last.baseline - one.baseline) < _LOWERED * size
            and -_CLOSE * size < one.left - last.right < _CLOSE * one.size
        ):
            found[-1] = last.before(one)
        else:
            found.append(one)
    return [name(one) if one.letters else one for one in found]


def _bounded(atoms: list[Atom], size: float, depth: int) -> list[Atom]:
    """Sums and the like with what stands over and under them as their scripts."""
    if not any(one.latex in BIG for one in atoms):
        return atoms
    taken: set[int] = set()
    found: dict[int, Atom] = {}
    for place, operator in enumerate(atoms):
        if operator.latex not in BIG:
            continue
        free = [i for i, one in enumerate(atoms) if i not in taken and i != place]
        free = [i for i in free if atoms[i].size < _SMALLER * size]
        above = [i for i in free if atoms[i].middle < operator.top]
        below = [i for i in free if atoms[i].middle > operator.bottom]
        written, right = operator.latex, operator.right
        for sign, side in (("_", below), ("^", above)):
            bounds = _around(operator, atoms, side, size)
            if bounds:
                written += f"{sign}{{{line([atoms[i] for i in bounds], (), depth + 1)}}}"
                right = max([right, *[atoms[i].right for i in bounds]])
                taken.update(bounds)
        found[place] = msgspec.structs.replace(operator, latex=written, right=right)
    return [found.get(place, one) for place, one in enumerate(atoms) if place not in taken]


def _around(operator: Atom, atoms: list[Atom], side: list[int], size: float) -> list[int]:
    """Of the things at one side of an operator those that stand over or under it, and what continues them."""
    reach, gap = _BOUND_REACH * size, _BOUND_GAP * size
    run: list[int] = []
    reached = 0.0
    for i in side:
        one = atoms[i]
        if max(operator.top - one.bottom, one.top - operator.bottom) > reach:
            continue
        if run and one.left - reached > gap:
            if reached > operator.left:
                break
            run = []
        run.append(i)
        reached = max(reached, one.right) if len(run) > 1 else one.right
    return run if run and atoms[run[0]].left < operator.right and reached > operator.left else []


class _Node:
    """A thing of the line and its scripts."""

    def __init__(self, base: Atom | None) -> None:
        self.base = base
        self.lower: list[Atom] = []
        self.upper: list[Atom] = []


def _scripted(atoms: list[Atom], depth: int) -> list[tuple[Atom, str]]:
    """The things on the line, each with its scripts in LaTeX."""
    size = _size(atoms)
    baseline = _baseline(atoms, size)
    nodes: list[_Node] = []
    group: list[Atom] = []
    for one in atoms:
        level = _level(one, baseline, size)
        if level and group and one.size < _SMALLER * group[0].size and one.left - group[-1].right < _CLOSE * size:
            group.append(one)
        elif level:
            if not nodes:
                nodes.append(_Node(None))
            group = nodes[-1].upper if level > 0 else nodes[-1].lower
            group.append(one)
        else:
            nodes.append(_Node(one))
            group = []
    found = []
    for node in nodes:
        scripts = ""
        for sign, inner in (("_", node.lower), ("^", node.upper)):
            if inner and depth < MAX_DEPTH:
                scripts += f"{sign}{{{line(inner, (), depth + 1)}}}"
            elif inner:
                scripts += f"{sign}{{{joined([one.latex for one in inner])}}}"
        base = node.base or box("{}", node.lower + node.upper)
        right = max([one.right for one in (base, *node.lower, *node.upper)])
        found.append((msgspec.structs.replace(base, right=right), scripts))
    return found


def _size(atoms: Sequence[Atom]) -> float:
    """The size of the characters on the line; sums and the like may be of a larger one."""
    return max([one.size for one in atoms if not one.large] or [one.size for one in atoms])


def _baseline(atoms: Sequence[Atom], size: float) -> float:
    """The line that most of the large characters stand on."""
    large = [one for one in atoms if one.size >= _SMALLER * size and one.latex not in BRACKETS and not one.large]
    if not large:
        return atoms[0].baseline
    votes = Counter([round(one.baseline / size * 8) for one in large])
    most = max(votes, key=lambda vote: (votes[vote], vote))
    return next(one.baseline for one in large if round(one.baseline / size * 8) == most)


def _level(one: Atom, baseline: float, size: float) -> int:
    """1 for what stands above the line, -1 for what stands below it, 0 on it."""
    if one.latex in BRACKETS and one.bottom - one.top > size and one.top < baseline - AXIS * size < one.bottom:
        return 0
    shift = (baseline - one.baseline) / size
    if one.large or one.size >= _SMALLER * size:
        return 0 if abs(shift) < _OFF_LINE else (1 if shift > 0 else -1)
    return 1 if shift > _RAISED else -1 if shift < -_LOWERED else 0


def _written(nodes: list[tuple[Atom, str]], size: float) -> str:
    pairs = _pairs([one for one, _ in nodes])
    parts: list[str] = []
    last: Atom | None = None
    for place, (one, scripts) in enumerate(nodes):
        if last and _are_apart(last, one, size):
            parts.append(r"\ ")
        text = one.latex
        if text == NOT and place + 1 < len(nodes):
            following = nodes[place + 1][0].latex
            text = r"\neq" if following == "=" else NOT
        elif last and last.latex == NOT and text == "=":
            text = ""
        parts.append(pairs.get(place, "") + text + scripts)
        last = one
    return joined(parts)


def _pairs(atoms: list[Atom]) -> dict[int, str]:
    r"""`\left` and `\right` for tall brackets that belong together, by their places."""
    found: dict[int, str] = {}
    stack: list[int] = []
    for place, one in enumerate(atoms):
        if one.bottom - one.top < _TALL * one.size:
            continue
        if one.latex in PAIRS:
            stack.append(place)
        elif one.latex in CLOSERS and stack and PAIRS[atoms[stack[-1]].latex] == one.latex:
            found |= {stack.pop(): r"\left", place: r"\right"}
    return found


def _are_apart(one: Atom, other: Atom, size: float) -> bool:
    """Whether the space between two things is one that was written."""
    if one.relates or other.relates or one.latex in _SPACED or other.latex in _SPACED:
        return False
    return other.left - one.right > _WORD_GAP * size
