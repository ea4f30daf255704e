"""How far the lines of a page are off the horizontal."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.scan.frame import Pixels

# In degrees. A page that is further off was not laid on a scanner; its lines are read where they run.
_MOST = 15.0
_COARSE, _FINE = 1.0, 0.1
# In pixels: lines of text show at this size, and the work stays small.
_SIDE = 1000
_MOST_INK = 120_000
_LEAST_INK = 300
# The rows of a straight page part into lines and gaps this many times more sharply than at other angles.
_CLEAR = 1.25


def skew(pixels: Pixels) -> float:
    """Clockwise degrees of the lines of a page (HxWx3) that is upright up to 15 degrees; 0 when unclear."""
    points = _ink(pixels)
    if len(points) < _LEAST_INK:
        return 0.0
    coarse = np.arange(-_MOST, _MOST + _COARSE / 2, _COARSE)
    sharpness = [_sharpness(points, angle) for angle in coarse]
    best = int(np.argmax(sharpness))
    if sharpness[best] < _CLEAR * float(np.median(sharpness)) or best in (0, len(coarse) - 1):
        return 0.0
    fine = np.arange(coarse[best] - _COARSE, coarse[best] + _COARSE + _FINE / 2, _FINE)
    return round(float(fine[int(np.argmax([_sharpness(points, angle) for angle in fine]))]), 1)


def _ink(pixels: Pixels) -> NDArray[np.float32]:
    """Where strokes end below, as Nx2 of x and y: baselines show in them more sharply than in all ink."""
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = cv2.cvtColor(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    ends = (ink[:-1] == 1) & (ink[1:] == 0)
    y, x = np.nonzero(ends)
    if len(x) > _MOST_INK:
        every = len(x) // _MOST_INK + 1
        x, y = x[::every], y[::every]
    return np.stack([x, y], axis=1).astype(np.float32)


def _sharpness(points: NDArray[np.float32], degrees: float) -> float:
    """Sum of the squares of how much ink each row has, rows running at this angle."""
    radians = np.deg2rad(degrees)
    rows = points[:, 1] * np.cos(radians) - points[:, 0] * np.sin(radians)
    counts = np.bincount((rows - rows.min()).astype(np.int32))
    return float(np.sum(counts.astype(np.float64) ** 2))
