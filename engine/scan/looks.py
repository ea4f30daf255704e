"""The colours of words on a scan, estimated from the pixels in their boxes."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.evidence import Look, Word
from engine.scan.frame import Pixels

# Light and print wander within a page: colours are told in six steps each, and what is hardly coloured as grey.
_STEP, _GREYISH = 51, 48
# Ink is thin: the pixels that differ most from the ground, this share of it, have its colour.
_PURE = 0.5
_LEAST_PIXELS = 4
_WHITE = "#ffffff"


def with_looks(pixels: Pixels, words: Sequence[Word]) -> list[Word]:
    """The words of an image (HxWx3 RGB) with the colours of their ink, and of their ground where it is not white."""
    return [replace(word, look=_look(pixels, word)) for word in words]


def _look(pixels: Pixels, word: Word) -> Look | None:
    height, width = pixels.shape[:2]
    xs, ys = word.quad[0::2], word.quad[1::2]
    left, top = max(0, int(min(xs))), max(0, int(min(ys)))
    right, bottom = min(width, int(max(xs)) + 1), min(height, int(max(ys)) + 1)
    if min(right - left, bottom - top) < _LEAST_PIXELS:
        return None
    crop = pixels[top:bottom, left:right].reshape(-1, 3)
    grey = cv2.cvtColor(crop[None], cv2.COLOR_RGB2GRAY)
    _, parted = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    light = parted[0] > 0
    ground, ink = (crop[light], crop[~light]) if 2 * light.sum() >= light.size else (crop[~light], crop[light])
    if not len(ground) or not len(ink):
        return None
    base = np.median(ground, axis=0)
    off = np.abs(ink.astype(np.float32) - base).sum(axis=1)
    pure = ink[off >= np.quantile(off, 1 - _PURE)]
    background = _told(base)
    return Look(None, _told(np.median(pure, axis=0)), None if background == _WHITE else background)


def _told(color: NDArray[np.float64]) -> str:
    if color.max() - color.min() < _GREYISH:
        color = np.full(3, color.mean())
    red, green, blue = (round(float(part) / _STEP) * _STEP for part in color)
    return f"#{red:02x}{green:02x}{blue:02x}"
