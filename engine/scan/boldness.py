"""Which lines of a scan are printed bold: those that hold more ink than the other lines do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, groupby
from statistics import median
from typing import Any

import cv2
import numpy as np
from msgspec.structs import replace

from engine.evidence import Word
from engine.scan.frame import Pixels
from engine.text import ideographic

Sums = np.ndarray[Any, np.dtype[Any]]
"""What an image holds above and to the left of each place."""

# Fewer lines do not show what is usual on a page, and where more of it is bold, that is usual.
_FEWEST_LINES, _MOST_BOLD = 8, 0.3
# Ink beside what is usual: of bold lines; of bold lines of capitals and figures, which hold more of it by their height;
# and of lines that are dark for another reason.
_BOLD, _BOLD_CAPITALS, _DARK = 1.2, 1.4, 2.3
# Ink is darker than what is around it, which is as wide as so many lines are high, by so many of 255 steps.
_AROUND, _DARKER = 2.0, 20


def with_boldness(image: Pixels, words: list[Word]) -> list[Word]:
    """The words of an upright page (HxWx3, RGB), line after line, with those of bold lines marked.

    Lines of ideographs stay as they are: some have many more strokes than others.
    """
    lines = [list(line) for _, line in groupby(words, key=lambda word: (word.size, round(word.quad[1] / word.size)))]
    telling = [number for number, line in enumerate(lines) if not any(ideographic(word.text[0]) for word in line)]
    if len(telling) < _FEWEST_LINES:
        return words
    sums = _sums(image, median([word.size for word in words]))
    ink = {number: _ink(lines[number], *sums) for number in telling}
    usual = _usual([(amount, _characters(lines[number])) for number, amount in ink.items()])
    bold = [
        number
        for number, amount in ink.items()
        if (_BOLD if _is_small(lines[number]) else _BOLD_CAPITALS) * usual < amount < _DARK * usual
    ]
    if sum([_characters(lines[number]) for number in bold]) > _MOST_BOLD * _characters(words):
        return words
    for number in bold:
        lines[number] = [replace(word, bold=True) for word in lines[number]]
    return [word for line in lines for word in line]


def _sums(image: Pixels, size: float) -> tuple[Sums, Sums]:
    """How dark the ink is in sum, and the squares of that."""
    gray: Pixels = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.uint8)
    wide = 2 * int(_AROUND * size / 2) + 1
    darker = cv2.subtract(cv2.blur(gray, (wide, wide)), gray)
    ink = np.where(darker > _DARKER, darker, 0).astype(np.float32)
    return cv2.integral(ink, sdepth=cv2.CV_64F), cv2.integral(ink * ink, sdepth=cv2.CV_64F)


def _ink(line: Sequence[Word], sums: Sums, squares: Sums) -> float:
    """The area of the ink of words as a share of what they cover.

    The square of a sum by the sum of the squares counts the pixels of which it is made, those at soft edges in part:
    so neither the colour of the ink nor where its edges fall between pixels matters much.
    """
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    covered = dark = square = 0.0
    for word in line:
        xs, ys = word.quad[0::2], word.quad[1::2]
        left, top = min(max(0, int(min(xs))), width), min(max(0, int(min(ys))), height)
        right, bottom = max(left, min(width, int(max(xs)) + 1)), max(top, min(height, int(max(ys)) + 1))
        covered += (right - left) * word.size
        dark += float(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])
        square += float(squares[bottom, right] - squares[top, right] - squares[bottom, left] + squares[top, left])
    return dark * dark / max(square, 1.0) / max(covered, 1.0)


def _usual(measured: list[tuple[float, int]]) -> float:
    """The median of the measures of lines, each counting as often as the line has characters."""
    measures, counts = zip(*sorted(measured), strict=True)
    passed = list(accumulate(counts))
    return float(measures[bisect_left(passed, passed[-1] / 2)])


def _characters(words: Sequence[Word]) -> int:
    return sum([len(word.text) for word in words])


def _is_small(line: Sequence[Word]) -> bool:
    """Whether most characters are small letters."""
    return 2 * sum([character.islower() for word in line for character in word.text]) > _characters(line)
