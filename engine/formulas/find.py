"""Finds the formulas among the characters of a page.

Writers of documents put the characters of a formula one after the other, so that formulas are runs of the
content stream: those around characters of fonts that are made for formulas. Words part them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import Final

import msgspec

from contract.page import FormulaKind
from engine.evidence import Rule
from engine.formulas.build import latex
from engine.formulas.glyph import MAX_LENGTH, Found, Glyph
from engine.formulas.inline import runs
from engine.formulas.pieces import Piece, around, is_script, is_seed, pieces, relates
from engine.formulas.symbols import latex as symbol

#: Lines along the page that are looked at; there are not so many fractions on one.
MAX_RULES: Final = 2_000

# A page in whose letters so many are of fonts for formulas is set in one.
_ALL_MATH, _FEWEST_LETTERS = 0.6, 200
# Shares of characters: words in a displayed formula at most, and characters with a meaning at least.
_WORDS, _LEAST_KNOWN = 0.45, 0.8
_MOST_WORDS, _FEWEST_IN_PROSE = 3, 3
# Letters of a unit that has a power below zero.
_LONGEST_UNIT, _MINUS = 3, "-\u2212"
# The last lines are looked at for one that goes on.
_LOOKED_AT = 3
_FEWEST_DISPLAYED = 3
# In font sizes.
_GAP, _BACK, _INDENT = 1.3, 1.0, 0.8
_RULE_ROOM = 0.4
_ROOM, _CENTRED = 0.35, 1.0
# Share of the lower of two heights.
_ON_LINE = 0.55

_NUMBER = re.compile(r"[(\[][A-Z]?\d{1,4}(?:[.\-–]\d{1,4})*[a-z]?[)\]]")


class _Line(msgspec.Struct, gc=False, eq=False):
    """Pieces side by side, close to each other, and the box around them. `size`: of the largest characters."""

    pieces: list[Piece]
    left: float
    top: float
    right: float
    bottom: float
    size: float

    def shared(self, other: _Line) -> float:
        """The share of the lower one's height that two boxes have in common."""
        lower = min(self.bottom - self.top, other.bottom - other.top)
        return (min(self.bottom, other.bottom) - max(self.top, other.top)) / lower if lower > 0 else 0.0

    @property
    def is_number(self) -> bool:
        """Whether it is the number of an equation."""
        return _NUMBER.fullmatch("".join([piece.text for piece in self.pieces])) is not None

    def widened(self, other: _Line | None) -> _Line:
        """This line as wide as another one that begins where it begins."""
        if other and abs(self.left - other.left) < _INDENT * self.size and other.right > self.right:
            return msgspec.structs.replace(self, right=other.right)
        return self

    def takes(self, other: _Line) -> bool:
        """Whether another one is a part of this line."""
        size = other.size
        return (
            self.shared(other) >= _ON_LINE
            and other.left - self.right < _GAP * size
            and other.right > self.left - _BACK * size
        )

    def add(self, other: _Line) -> None:
        self.pieces += other.pieces
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.size = max(self.size, other.size)


def formulas(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Found]:
    """The formulas of a page, in the order of their first characters; no character is in two of them."""
    letters = [glyph.face.math for glyph in glyphs if glyph.text.isalpha()]
    if len(letters) > _FEWEST_LETTERS and sum(letters) > _ALL_MATH * len(letters):
        return []
    found: list[Found | None] = []
    rules = sorted([rule for rule in rules if rule.y1 == rule.y2][:MAX_RULES], key=lambda rule: rule.y1)
    lines = _lines(pieces(glyphs, rules))
    column: _Line | None = None
    follows = False
    for number, line in enumerate(lines):
        beside = [
            lines[i] for i in (number - 1, number + 1) if 0 <= i < len(lines) and lines[i].shared(line) >= _ON_LINE
        ]
        numbered = len(beside) == 1 and beside[0].is_number
        around = lines[number - 1] if number else None, lines[number + 1] if number + 1 < len(lines) else None
        stands_alone = numbered or (not beside and (follows or _is_apart(line, around, column)))
        follows = stands_alone and _is_formula(line, column)
        if follows:
            part = [glyph for piece in line.pieces for glyph in piece.glyphs]
            found.append(_formula(FormulaKind.DISPLAY, part, None, rules))
        else:
            found += _inline(line.pieces, rules)
        if sum([piece.word for piece in line.pieces]) >= _FEWEST_IN_PROSE:
            column = line.widened(column)
    return [formula for formula in found if formula]


def _lines(found: Sequence[Piece]) -> list[_Line]:
    """The lines that pieces stand on. What stands over a fraction may be far from what stands before it."""
    lines: list[_Line] = []
    for piece in found:
        last = _Line([piece], piece.left, piece.top, piece.right, piece.bottom, piece.size)
        while taking := [line for line in lines[-_LOOKED_AT:] if line.takes(last)]:
            lines.remove(taking[-1])
            taking[-1].add(last)
            last = taking[-1]
        lines.append(last)
    for line in lines:
        line.pieces.sort(key=lambda piece: piece.glyphs[0].index)
    return lines


def _is_apart(line: _Line, around: tuple[_Line | None, _Line | None], column: _Line | None) -> bool:
    """Whether a line stands below more room than there is between lines of text, or in the middle of the column.

    `around`: the lines before and after it.
    """
    above, below = around
    if above is None or column is None or line.top - above.bottom > _ROOM * column.size:
        return True
    if above.top > line.top:
        # A new column begins, and the line with it, unless it is the end of a paragraph.
        return below is None or below.top < line.bottom or below.left < line.left - _INDENT * column.size
    return abs(line.left + line.right - column.left - column.right) < _CENTRED * column.size


def _is_formula(line: _Line, column: _Line | None) -> bool:
    """Whether there is hardly anything but a formula on a line, and it does not begin where those of text do."""
    found = line.pieces
    glyphs = [glyph for piece in found for glyph in piece.glyphs]
    words = sum([len(piece.glyphs) for piece in found if piece.word])
    if len(glyphs) < _FEWEST_DISPLAYED or words > _WORDS * len(glyphs) or _most_words(found) > _MOST_WORDS:
        return False
    if found[0].word and len(found[0].glyphs) > 1:
        return False
    if not any(is_seed(glyph) for glyph in glyphs) or not any(relates(glyph) for glyph in glyphs):
        return False
    return column is None or line.left > column.left + _INDENT * column.size or line.right < column.left


def _most_words(found: Sequence[Piece]) -> int:
    """How many words follow each other at most."""
    most = row = 0
    for piece in found:
        row = row + 1 if piece.word else 0
        most = max(most, row)
    return most


def _inline(found: Sequence[Piece], rules: Sequence[Rule]) -> list[Found | None]:
    """The formulas among words. Scripts of a letter or unit take it along, those of other words stand at nothing."""
    formulas: list[Found | None] = []
    last: Piece | None = None
    for is_word, group in groupby(found, key=lambda piece: piece.word):
        together = list(group)
        if is_word:
            last = together[-1]
            continue
        # Some writers put all scripts behind what stands on the line.
        glyphs = sorted([glyph for piece in together for glyph in piece.glyphs], key=lambda glyph: glyph.left)
        for run in runs(glyphs):
            base = last if last and run[0] is glyphs[0] and is_script(run[0], last.glyphs[-1], last.right) else None
            if base and (len(base.glyphs) == 1 or (len(base.glyphs) <= _LONGEST_UNIT and run[0].text in _MINUS)):
                formulas.append(_formula(FormulaKind.INLINE, base.glyphs + run, None, rules))
            else:
                formulas.append(_formula(FormulaKind.INLINE, run, base.glyphs[-1] if base else None, rules))
    return formulas


def _formula(kind: FormulaKind, glyphs: list[Glyph], base: Glyph | None, rules: Sequence[Rule]) -> Found | None:
    if len(glyphs) > MAX_LENGTH:
        return None
    known = sum([symbol(glyph.text, glyph.face) != "" for glyph in glyphs]) / len(glyphs)
    if known < _LEAST_KNOWN:
        return None
    box = around(glyphs)
    size = max([glyph.size for glyph in glyphs])
    room = _RULE_ROOM * size
    first = bisect_left(rules, box[1] - room, key=lambda rule: rule.y1)
    last = bisect_right(rules, box[3] + room, key=lambda rule: rule.y1)
    near = [rule for rule in rules[first:last] if box[0] - room < rule.x1 and rule.x2 < box[2] + room]
    written = latex(glyphs, near, base)
    indices = sorted([index for glyph in glyphs for index in glyph.indices])
    return Found(kind, written, box, size, tuple(indices), known) if written else None
