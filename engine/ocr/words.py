"""Cuts the characters of a strip into words, where the page has space between them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.ocr.recognize import HEIGHT, Character
from engine.ocr.sessions import Pixels
from engine.text import ideographic

#: A gap this wide parts words even when the recognizer saw no space, as a share of the height of a strip.
_WIDE = 0.55
# In fine print the recognizers leave out spaces; there a narrower gap does, when it stands out from the
# usual one of its line. Elsewhere it does not: headings are spaced, and faint points leave gaps in numbers.
_SPACE = 0.2
_STANDS_OUT = 2.5
_USUAL = 4.0
_FEW = 6
#: Ink differs from paper by this share of the greatest difference in its line.
_INK = 0.25


class Cut(NamedTuple):
    """A word of a strip: from `left` to `right` in pixels of the strip; `likelihoods` of its characters."""

    text: str
    left: float
    right: float
    likelihoods: tuple[float, ...]


def cut(strip: Pixels, characters: list[Character], *, fine: bool = False) -> list[Cut]:
    """The words of a strip, in the order of its characters. `fine` says that the strip was enlarged much."""
    ink = _ink(strip)
    printed, spaced = _printed(characters)
    if not printed:
        return []
    gaps = [_widest_gap(ink, before.place, after.place) for before, after in pairwise(printed)]
    space = _space([right - left for left, right in gaps]) if fine else _WIDE * HEIGHT
    ends = [
        index
        for index, (gap, before, after) in enumerate(zip(gaps, printed, printed[1:], strict=False), start=1)
        if index in spaced or _apart(gap[1] - gap[0], space, before.text, after.text)
    ]
    inked = np.flatnonzero(ink)
    first, last = (int(inked[0]), int(inked[-1]) + 1) if len(inked) else (0, len(ink))
    lefts = [first, *(gaps[end - 1][1] for end in ends)]
    rights = [*(gaps[end - 1][0] for end in ends), last]
    found = []
    for start, end, left, right in zip([0, *ends], [*ends, len(printed)], lefts, rights, strict=True):
        word = printed[start:end]
        likelihoods = tuple(character.likelihood for character in word)
        found.append(Cut("".join(c.text for c in word), float(left), float(max(right, left + 1)), likelihoods))
    return found


def _printed(characters: list[Character]) -> tuple[list[Character], set[int]]:
    """The characters without spaces, and before which of them there was one."""
    printed: list[Character] = []
    spaced = set()
    for character in characters:
        if character.text.isspace():
            spaced.add(len(printed))
        else:
            printed.append(character)
    return printed, spaced


def _space(widths: list[int]) -> float:
    """How wide a gap must be, in pixels of the strip, to stand out from the others of its line."""
    usual = float(np.median(widths)) if len(widths) >= _FEW else _USUAL
    return max(_SPACE * HEIGHT, _STANDS_OUT * usual)


def _apart(width: int, space: float, before: str, after: str) -> bool:
    """Whether two neighbouring characters belong to different words though no space was seen between them."""
    if ideographic(before) or ideographic(after) or width > _WIDE * HEIGHT:
        return True
    return width > space and (before.isalpha() or after.isalpha())


def _ink(strip: Pixels) -> NDArray[np.bool_]:
    """For each column of a strip, whether anything is printed there."""
    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)[4 : HEIGHT - 4].astype(np.int16)
    paper = int(np.median(grey))
    contrast = np.abs(grey - paper)
    return np.asarray(contrast.max(axis=0) > max(24.0, _INK * float(contrast.max())))


def _widest_gap(ink: NDArray[np.bool_], left: float, right: float) -> tuple[int, int]:
    """Start and end of the widest run of columns without ink between two places, or a gap of no width."""
    start, end = int(left), max(int(left) + 1, int(right))
    blank = np.flatnonzero(~ink[start:end])
    if not len(blank):
        middle = (start + end) // 2
        return middle, middle
    runs = np.split(blank, np.flatnonzero(np.diff(blank) > 1) + 1)
    widest = max(runs, key=len)
    return start + int(widest[0]), start + int(widest[-1]) + 1
