"""The characters of a page, parted into words and what stands between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from engine.evidence import Box, Rule
from engine.formulas.glyph import Glyph
from engine.formulas.symbols import BIG, INTEGRALS, OPERATORS, RELATIONS, WEAK, latex

# In font sizes.
_ASCENT, _DESCENT = 0.75, 0.25
_RULE_ROOM, _BOUND_ROOM = 0.35, 0.3
_WORD_GAP, _SAME_LINE, _SHIFTED = 0.2, 0.08, 0.08
_GAP, _BACK = 1.3, 1.0
_SCRIPT_GAP = 0.3
_GLUED, _SIGN_GAP = 0.15, 0.45
_ALIKE, _SMALLER = 0.05, 0.85

# Variables written side by side in italics of the text; longer ones are words.
_MOST_VARIABLES = 3


class Piece(msgspec.Struct, gc=False):
    """Characters that stand together, and the box around them. `word`: they are letters that spell a word.

    `size`: of the largest.
    """

    glyphs: list[Glyph]
    word: bool
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        """Its characters in their order."""
        return "".join([glyph.text for glyph in self.glyphs])


def is_seed(glyph: Glyph) -> bool:
    """Whether a character tells a formula."""
    if not glyph.face.math or glyph.in_words:
        return False
    written = latex(glyph.text, glyph.face)
    return written != "" and written not in WEAK and not glyph.text.isdigit()


def relates(glyph: Glyph) -> bool:
    """Whether a character is a sign between others, or a sum or the like."""
    written = latex(glyph.text, glyph.face)
    return written in RELATIONS or written in BIG or written in INTEGRALS


def is_script(glyph: Glyph, base: Glyph, reached: float) -> bool:
    """Whether a character is small, and above or below the line of one before it whose scripts end at `reached`."""
    return (
        glyph.size < _SMALLER * base.size
        and abs(glyph.baseline - base.baseline) > _SHIFTED * base.size
        and base.right - _SCRIPT_GAP * base.size < glyph.left < reached + _SCRIPT_GAP * base.size
        and glyph.top < base.baseline + base.size
        and glyph.bottom > base.baseline - 1.5 * base.size
    )


def around(glyphs: Sequence[Glyph]) -> Box:
    """The box around characters, with room for the ascents and descents of their fonts."""
    return (
        min([glyph.left for glyph in glyphs]),
        min([min(glyph.top, glyph.baseline - _ASCENT * glyph.size) for glyph in glyphs]),
        max([glyph.right for glyph in glyphs]),
        max([max(glyph.bottom, glyph.baseline + _DESCENT * glyph.size) for glyph in glyphs]),
    )


def pieces(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Piece]:
    """All characters, in their order; `rules`: along the page, from top to bottom.

    Scripts and the names of functions are no words.
    """
    found: list[Piece] = []
    between: list[Glyph] = []
    for token, following in pairwise([*_tokens(glyphs), []]):
        if _is_word(token, between, following):
            found += _parted(between, rules)
            between = []
            found.append(_piece(token, True))
        else:
            between += token
    return found + _parted(between, rules)


def _tokens(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Letters that stand together as one, each other character alone."""
    found: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in glyphs:
        letter = glyph.in_words
        if letter and last and _continues(last, glyph):
            found[-1].append(glyph)
        else:
            found.append([glyph])
        last = glyph if letter else None
    return found


def _continues(last: Glyph, glyph: Glyph) -> bool:
    size = last.size
    return (
        abs(glyph.size - size) < _ALIKE * size
        and abs(glyph.baseline - last.baseline) < _SAME_LINE * size
        and abs(glyph.left - last.right) < _WORD_GAP * size
    )


def _is_word(token: list[Glyph], between: list[Glyph], following: list[Glyph]) -> bool:
    """Whether a token is a word; not so a variable, a script, or the name of a function."""
    first = token[0]
    if not first.in_words or (len(token) == 1 and first.face.math and first.face.bold):
        return False
    if first.face.italic and (len(token) == 1 or (len(token) <= _MOST_VARIABLES and _goes_on(between, first))):
        return False
    base = next((glyph for glyph in reversed(between[-8:]) if glyph.size > first.size), None)
    if base and is_script(first, base, max(base.right, between[-1].right)):
        return False
    if _goes_on(between, first) and following and _is_applied(token[-1], following[0]):
        return not any(is_seed(glyph) for glyph in between)
    return "".join([glyph.text for glyph in token]) not in OPERATORS


def _is_applied(last: Glyph, following: Glyph) -> bool:
    """Whether what follows a name is its argument or index."""
    if is_script(following, last, last.right):
        return True
    return following.text == "(" and following.left - last.right < _GLUED * last.size


def _goes_on(between: list[Glyph], glyph: Glyph) -> bool:
    """Whether a letter stands right behind a bracket, or behind a sign with the space that signs have."""
    if not between or abs(between[-1].baseline - glyph.baseline) > _SAME_LINE * glyph.size:
        return False
    gap = (glyph.left - between[-1].right) / glyph.size
    return _GLUED < gap < _SIGN_GAP if relates(between[-1]) else gap < _GLUED


def _piece(glyphs: list[Glyph], word: bool) -> Piece:
    return Piece(glyphs, word, *around(glyphs), max([glyph.size for glyph in glyphs]))


def _parted(glyphs: list[Glyph], rules: Sequence[Rule]) -> list[Piece]:
    """Characters between words, parted where the line ends or a wide gap is."""
    if not glyphs:
        return []
    rows = _rows(glyphs, rules)
    found: list[list[Glyph]] = []
    left = right = 0.0
    row = -1
    for glyph in glyphs:
        its = bisect_right(rows, glyph.baseline)
        if found and its == row and glyph.left - right < _GAP * glyph.size and glyph.right > left - _BACK * glyph.size:
            found[-1].append(glyph)
            left, right = min(left, glyph.left), max(right, glyph.right)
        else:
            found.append([glyph])
            left, right, row = glyph.left, glyph.right, its
    return [_piece(one, False) for one in found]


def _span(glyph: Glyph) -> tuple[float, float]:
    """What a character fills of the height of its row; bounds stand close to signs that have some."""
    _, top, _, bottom = around([glyph])
    room = _BOUND_ROOM * glyph.size if latex(glyph.text, glyph.face) in BIG else 0.0
    return top - room, bottom + room


def _rows(glyphs: list[Glyph], rules: Sequence[Rule]) -> list[float]:
    """The heights at which nothing stands, from top to bottom; a line between two others joins them."""
    spans = [_span(glyph) for glyph in glyphs]
    left, top, right, bottom = around(glyphs)
    if any(is_seed(glyph) for glyph in glyphs):
        room = _RULE_ROOM * glyphs[0].size
        first = bisect_left(rules, top, key=lambda rule: rule.y1)
        last = bisect_right(rules, bottom, key=lambda rule: rule.y1)
        spans += [
            (rule.y1 - room, rule.y1 + room)
            for rule in rules[first:last]
            if left - room < rule.x1 < rule.x2 < right + room
        ]
    spans.sort()
    found: list[float] = []
    reached = spans[0][1]
    for begin, end in spans:
        if begin > reached:
            found.append((begin + reached) / 2)
        reached = max(reached, end)
    return found
