"""Cuts the characters of a strip into words, where the page has space between them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.ocr.recognize import HEIGHT, Character
from engine.ocr.sessions import Pixels
from engine.text import ideographic

#: A gap this wide parts words even when the recognizer saw no space, as a share of the height of a strip.
_WIDE = 0.55
_INK = 0.25


class Cut(NamedTuple):
    """A word of a strip: from `left` to `right` in pixels of the strip; `likelihoods` of its characters."""

    text: str
    left: float
    right: float
    likelihoods: tuple[float, ...]


def cut(strip: Pixels, characters: list[Character]) -> list[Cut]:
    """The words of a strip, in the order of its characters."""
    if not characters:
        return []
    ink = _ink(strip)
    groups: list[list[Character]] = [[]]
    borders: list[tuple[int, int]] = []
    for character in characters:
        last = groups[-1][-1] if groups[-1] else None
        if character.text.isspace():
            if last is not None:
                groups.append([])
            continue
        before = last or (groups[-2][-1] if len(groups) > 1 else None)
        if before is not None:
            gap = _widest_gap(ink, before.place, character.place)
            apart = gap[1] - gap[0] > _WIDE * HEIGHT or ideographic(character.text) or ideographic(before.text)
            if last is not None and apart:
                groups.append([])
            if not groups[-1]:
                borders.append(gap)
        groups[-1].append(character)
    if not groups[-1]:
        groups.pop()
    lefts = [_first(ink, 0), *(gap[1] for gap in borders)]
    rights = [*(gap[0] for gap in borders), _last(ink)]
    return [
        Cut(
            "".join(c.text for c in group), float(left), float(max(right, left + 1)), tuple(c.likelihood for c in group)
        )
        for group, left, right in zip(groups, lefts, rights, strict=True)
    ]


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


def _first(ink: NDArray[np.bool_], start: int) -> int:
    found = np.flatnonzero(ink[start:])
    return start + int(found[0]) if len(found) else start


def _last(ink: NDArray[np.bool_]) -> int:
    found = np.flatnonzero(ink)
    return int(found[-1]) + 1 if len(found) else len(ink)
