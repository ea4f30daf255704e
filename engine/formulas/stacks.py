"""What stands over and under something: fractions, radicals, bars and accents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import msgspec

from engine.evidence import Rule
from engine.formulas.atoms import AXIS, Atom, box

#: Lines of one formula that are looked at, the longest first.
MAX_RULES: Final = 60

# In sizes of the characters.
_REACH = 0.15
_STACK_GAP = 0.65
_BAR_GAP = 0.35
_ROOT_GAP = 0.3
_ON_AXIS = 0.2
_DEGREE = 0.8
_SAME = 0.1
_ROOT = r"\surd"

Line = Callable[[Sequence[Atom], Sequence[Rule]], str]
"""Writes things side by side, with the lines that belong to them."""


def stacked(atoms: Sequence[Atom], rules: Sequence[Rule], size: float, line: Line) -> list[Atom]:
    """The atoms of a line of `size` with fractions, radicals and accented letters in the place of their parts."""
    found = list(atoms)
    rest = sorted(rules, key=lambda rule: rule.x2 - rule.x1)[-MAX_RULES:]
    while rest:
        rule = rest.pop()
        stack = _stack(found, rule, size)
        if stack is None:
            continue
        # Lines may be drawn twice.
        rest = [one for one in rest if not _same(one, rule, size)]
        rest, written = _written(stack, rest, line)
        parts = {id(part) for part in stack.parts}
        found = [*[one for one in found if id(one) not in parts], written]
        rest = [one for one in rest if not written.covers(one)]
    return _accented(found, size)


class _Stack(NamedTuple):
    """What a line belongs to. `template`: the LaTeX around its `groups`; `height`: of the line it stands on."""

    template: str
    groups: list[list[Atom]]
    beside: list[Atom]
    height: float
    size: float

    @property
    def parts(self) -> list[Atom]:
        """All it is made of."""
        return [one for group in self.groups for one in group] + self.beside


def _stack(atoms: list[Atom], rule: Rule, size: float) -> _Stack | None:
    reach = _REACH * size
    near = [one for one in atoms if rule.x1 - reach < one.centre < rule.x2 + reach]
    root = next((one for one in atoms if one.latex == _ROOT and _opens(one, rule, size)), None)
    if root:
        return _radical(root, [one for one in near if one is not root and one.middle > rule.y1 - reach], atoms)
    above = _next_to([one for one in near if one.middle < rule.y1], rule, size)
    below = _next_to([one for one in near if one.middle >= rule.y1], rule, size)
    if above and below:
        return _fraction(above, below, rule, atoms, size)
    if below and min([one.top for one in below]) - rule.y1 < _BAR_GAP * size:
        return _Stack(r"\overline{%s}", [below], [], _height(below), max([one.size for one in below]))
    return None


def _same(one: Rule, other: Rule, size: float) -> bool:
    return abs(one.y1 - other.y1) < _SAME * size and abs(one.x1 - other.x1) < _REACH * size


def _radical(root: Atom, near: list[Atom], atoms: list[Atom]) -> _Stack | None:
    under = [one for one in near if one.middle < root.bottom + _REACH * root.size]
    if not under:
        return None
    inside = {id(one) for one in under}
    degree = [one for one in atoms if one is not root and id(one) not in inside and _is_degree(one, root)]
    size = max([one.size for one in under])
    if degree:
        return _Stack(r"\sqrt[%s]{%s}", [degree, under], [root], _height(under), size)
    return _Stack(r"\sqrt{%s}", [under], [root], _height(under), size)


def _fraction(above: list[Atom], below: list[Atom], rule: Rule, atoms: list[Atom], size: float) -> _Stack:
    inside = {id(one) for one in above + below}
    scale = max([one.size for one in above + below])
    # A small fraction may stand on the line or be a script.
    on_line = [one for one in atoms if one.size == size and id(one) not in inside]
    if any(abs(one.baseline - AXIS * size - rule.y1) < _ON_AXIS * size for one in on_line):
        scale = size
    return _Stack(r"\frac{%s}{%s}", [above, below], [], rule.y1 + AXIS * scale, scale)


def _written(stack: _Stack, rules: list[Rule], line: Line) -> tuple[list[Rule], Atom]:
    """What is left of the lines, and the stack."""
    texts = []
    for group in stack.groups:
        inside = _within(rules, group)
        rules = [rule for rule in rules if rule not in inside]
        texts.append(line(group, inside))
    whole = box(stack.template % tuple(texts), stack.parts)
    return rules, msgspec.structs.replace(whole, baseline=stack.height, size=stack.size)


def _height(atoms: list[Atom]) -> float:
    """The line that the largest of some things stand on."""
    return max(atoms, key=lambda one: one.size).baseline


def _opens(root: Atom, rule: Rule, size: float) -> bool:
    """Whether the line over a radicand begins at the end of a root."""
    return abs(root.right - rule.x1) < _ROOT_GAP * size and abs(root.top - rule.y1) < _ROOT_GAP * size


def _is_degree(one: Atom, root: Atom) -> bool:
    """Whether something is small and stands in the corner of a root."""
    return (
        one.size < _DEGREE * root.size
        and root.left - root.size / 2 < one.centre < root.right
        and one.bottom < root.middle + _ROOT_GAP * root.size
    )


def _next_to(side: list[Atom], rule: Rule, size: float) -> list[Atom]:
    """Of what stands on one side of a line that which no gap parts from it."""
    found: list[Atom] = []
    reached = 0.0
    for one in sorted(side, key=lambda one: min(abs(one.top - rule.y1), abs(one.bottom - rule.y1))):
        near, far = sorted((abs(one.top - rule.y1), abs(one.bottom - rule.y1)))
        if near - reached > _STACK_GAP * size:
            break
        found.append(one)
        reached = max(reached, far)
    return found


def _within(rules: Sequence[Rule], parts: Sequence[Atom]) -> list[Rule]:
    """The lines that stand among some things."""
    left, right = min([one.left for one in parts]), max([one.right for one in parts])
    top, bottom = min([one.top for one in parts]), max([one.bottom for one in parts])
    room = _BAR_GAP * max([one.size for one in parts])
    return [
        rule for rule in rules if left <= (rule.x1 + rule.x2) / 2 <= right and top - room <= rule.y1 <= bottom + room
    ]


def _accented(atoms: list[Atom], size: float) -> list[Atom]:
    accents = [one for one in atoms if one.accent]
    if not accents:
        return atoms
    letters = [one for one in atoms if not one.accent]
    for accent in accents:
        under = [
            place
            for place, one in enumerate(letters)
            if one.left <= accent.centre <= one.right + _REACH * size
            and accent.middle < one.middle
            and one.top - accent.bottom < _BAR_GAP * size
        ]
        if under:
            place = min(under, key=lambda i: abs(letters[i].centre - accent.centre))
            one = letters[place]
            written = f"{accent.accent}{{{one.latex}}}"
            letters[place] = msgspec.structs.replace(one, latex=written, top=min(one.top, accent.top), letters=False)
        elif accent.latex != accent.accent:
            letters.append(accent)
    return letters
