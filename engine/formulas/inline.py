"""The formulas among the characters between two words of a line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from engine.formulas.glyph import MAX_LENGTH, Glyph
from engine.formulas.pieces import is_script, is_seed, relates
from engine.formulas.symbols import MARKS, latex

# In font sizes: what belongs together has no wider gap; signs have space around them.
_GAP, _GAP_AT_SCRIPT, _GAP_AT_SIGN = 0.2, 0.25, 0.65
_BACK = 3.0
_SMALLER = 0.85
_OPENERS: Final = {"(": ")", "[": "]", "{": "}"}
_CLOSERS: Final = frozenset(_OPENERS.values())
# What ends a sentence or joins words does not end a formula.
_AROUND: Final = frozenset(",.;:!?-‐‑–—/'’‘\"”“*†‡")


def runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The runs of characters that are formulas, without the punctuation around them."""
    found = []
    for run in _linked(glyphs):
        inner = _trimmed(run) if len(run) <= MAX_LENGTH else []
        if any(is_seed(glyph) for glyph in inner) and not _is_path(inner):
            found.append(inner)
    return found


def _linked(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    if not glyphs:
        return []
    found = [[glyphs[0]]]
    closing = _closing(glyphs)
    depth = 0
    for place, (one, other) in enumerate(pairwise(glyphs)):
        depth = max(0, depth + (one.text in _OPENERS) - (one.text in _CLOSERS))
        within = depth > 0 and place < closing
        if _is_linked(one, other, within):
            found[-1].append(other)
        else:
            found.append([other])
            depth = 0
    return found


def _closing(glyphs: Sequence[Glyph]) -> int:
    """Where the last bracket closes."""
    return max([place for place, glyph in enumerate(glyphs) if glyph.text in _CLOSERS], default=-1)


def _is_linked(one: Glyph, other: Glyph, within: bool) -> bool:
    size = max(one.size, other.size)
    gap = other.left - one.right
    if is_script(other, one, one.right):
        return True
    widest = _GAP if one.size > _SMALLER * other.size else _GAP_AT_SCRIPT
    if within or relates(one) or relates(other):
        widest = _GAP_AT_SIGN
    return -_BACK * size < gap < widest * size


def _trimmed(run: list[Glyph]) -> list[Glyph]:
    """The run without what may stand around a formula: punctuation, hyphens, brackets without a counterpart."""
    start, end = 0, len(run)
    while start < end:
        if _is_outer(run[end - 1]) or _is_unmatched(run[start:end], _CLOSERS, -1):
            end -= 1
        elif _is_outer(run[start]) or _is_unmatched(run[start:end], frozenset(_OPENERS), 0):
            start += 1
        elif _is_in_brackets(run[start:end]):
            start, end = start + 1, end - 1
        else:
            break
    return run[start:end]


def _is_outer(glyph: Glyph) -> bool:
    return latex(glyph.text, glyph.face) in MARKS if glyph.face.math else glyph.text in _AROUND


def _is_in_brackets(run: Sequence[Glyph]) -> bool:
    """Whether the text has put a run in brackets."""
    if len(run) < 3 or run[0].text != "(" or run[-1].text != ")":
        return False
    depth = 0
    for glyph in run[:-1]:
        depth += (glyph.text == "(") - (glyph.text == ")")
        if depth == 0:
            return False
    return True


def _is_unmatched(run: Sequence[Glyph], brackets: frozenset[str], place: int) -> bool:
    """Whether the first or last character is a bracket without its counterpart."""
    if run[place].text not in brackets:
        return False
    texts = [glyph.text for glyph in run]
    opened, closed = sum([text in _OPENERS for text in texts]), sum([text in _CLOSERS for text in texts])
    return closed > opened if place else opened > closed


def _is_path(run: Sequence[Glyph]) -> bool:
    """Whether a run is the tilde of an address."""
    return len(run) == 1 and run[0].text in "∼~"
