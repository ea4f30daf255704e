"""Cuts the characters of a strip into words, where the page has space between them."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.ocr.lexicon import UNKNOWN, Lexicon
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
# After a mark that has a space behind it in every language, a narrow gap is one, and before a letter none is needed.
_AFTER_COLON = 0.17
#: Boxes to be ticked; they are no part of the word beside them.
BOXES = frozenset("□☐☑☒■▢")
#: Ink differs from paper by this share of the greatest difference in its line.
_INK = 0.25
# In pixels of a strip: a stroke as long as this, and no higher, is a line that the text stands on, and so thick is
# it with its blur.
_DRAWN, _LOW, _BLUR = 2 * HEIGHT + 1, HEIGHT * 5 // 8, 7


class Cut(NamedTuple):
    """A word of a strip, from `left` to `right` in pixels of the strip."""

    characters: tuple[Character, ...]
    left: float
    right: float

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.characters)


def cut(strip: Pixels, characters: list[Character], *, fine: bool = False, lexicon: Lexicon = UNKNOWN) -> list[Cut]:
    """The words of a strip, in the order of its characters.

    `fine` says that the strip was enlarged much. `lexicon` has the words of the language of the page.
    """
    # The letters of fine print run together into what looks like a line.
    ink = columns_of_ink(strip, lined=not fine)
    printed, spaced = _printed(characters)
    if not printed:
        return []
    gaps = [widest_gap(ink, before.place, after.place) for before, after in pairwise(printed)]
    widths = [right - left for left, right in gaps]
    space = _space(widths) if fine else _WIDE * HEIGHT
    texts = ["", *(one.text for one in printed)]
    ends = [
        index
        for index, width in enumerate(widths, start=1)
        if index in spaced or _apart(width, space, texts[index - 1 : index + 2])
    ]
    ends = _parted(printed, widths, ends, lexicon)
    inked = np.flatnonzero(ink)
    first, last = (int(inked[0]), int(inked[-1]) + 1) if len(inked) else (0, len(ink))
    lefts = [first, *(gaps[end - 1][1] for end in ends)]
    rights = [*(gaps[end - 1][0] for end in ends), last]
    found = []
    for start, end, left, right in zip([0, *ends], [*ends, len(printed)], lefts, rights, strict=True):
        found.append(Cut(lexicon.corrected(printed[start:end]), float(left), float(max(right, left + 1))))
    return found


def _parted(printed: list[Character], widths: list[int], ends: list[int], lexicon: Lexicon) -> list[int]:
    """The ends of words with those between which the recognizer saw no space."""
    found = list(ends)
    for start, end in pairwise([0, *ends, len(printed)]):
        if end - start > 1:
            part = lexicon.parted(printed[start:end], widths[start : end - 1])
            found += [] if part is None else [start + part]
    return sorted(found)


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


def _apart(width: int, space: float, texts: list[str]) -> bool:
    """Whether the last two of three neighbouring characters belong to different words, though no space was seen."""
    first, before, after = texts
    if ideographic(before) or ideographic(after) or width > _WIDE * HEIGHT or before in BOXES or after in BOXES:
        return True
    if before in ",;:" and first.isalpha():
        return after.isalpha() or (before == ":" and width >= _AFTER_COLON * HEIGHT and after.isdigit())
    return width > space and (before.isalpha() or after.isalpha())


def columns_of_ink(strip: Pixels, *, lined: bool = False) -> NDArray[np.bool_]:
    """For each column of a strip, whether anything is printed there; if it may be `lined`, beside such a line."""
    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)[4 : HEIGHT - 4].astype(np.int16)
    paper = int(np.median(grey))
    contrast = np.abs(grey - paper)
    inked = (contrast > max(24.0, _INK * float(contrast.max()))).astype(np.uint8)
    if lined:
        drawn = cv2.morphologyEx(inked[_LOW:], cv2.MORPH_OPEN, np.ones((1, _DRAWN), np.uint8))
        inked[_LOW:] *= cv2.dilate(drawn, np.ones((_BLUR, 1), np.uint8)) == 0
    return np.asarray(inked.any(axis=0))


def widest_gap(ink: NDArray[np.bool_], left: float, right: float) -> tuple[int, int]:
    """Start and end of the widest run of columns without ink between two places, or a gap of no width."""
    start, end = int(left), max(int(left) + 1, int(right))
    blank = np.flatnonzero(~ink[start:end])
    if not len(blank):
        middle = (start + end) // 2
        return middle, middle
    runs = np.split(blank, np.flatnonzero(np.diff(blank) > 1) + 1)
    widest = max(runs, key=len)
    return start + int(widest[0]), start + int(widest[-1]) + 1
