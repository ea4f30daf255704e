"""Brings a page to the size at which the marks on it are looked for."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np

from engine.scan.marks.candidates import Grey

# In pixels: text is made no lower and no higher than this. Lower, a box is a few pixels and its lines run into
# what is in it; higher, it says no more.
_LOWEST, _HIGHEST = 22.0, 32.0
# A page is enlarged no more than this, and to no more pixels.
_MOST, _MOST_PIXELS = 2.5, 12_000_000


def magnified(grey: Grey, size: float) -> tuple[Grey, float]:
    """A page (HxW) whose text is `size` pixels high as it is looked at, and how much larger that is."""
    factor = _factor(grey.size, size)
    if factor == 1.0:
        return grey, factor
    height, width = (max(1, round(side * factor)) for side in grey.shape)
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    resized: Any = cv2.resize(grey, (width, height), interpolation=way)
    return np.asarray(resized, dtype=np.uint8), factor


def _factor(pixels: int, size: float) -> float:
    if size > _HIGHEST:
        return _HIGHEST / size
    if size < _LOWEST:
        return max(1.0, min(_LOWEST / max(size, 1.0), _MOST, math.sqrt(_MOST_PIXELS / max(pixels, 1))))
    return 1.0
