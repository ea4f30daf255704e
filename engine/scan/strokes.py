"""Straight strokes on the paper of a photographed page: rulings, frames, its edges, but no grain of the desk."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.ocr.detect import Box
from engine.scan.frame import Pixels
from engine.scan.paper import Grey, brightness, grey_of

Floats = NDArray[np.float64]

# In pixels: strokes are looked for at this size of the longer side, and are no shorter than this share of it.
_SIDE, _SHORTEST = 1000, 0.03
# In these pixels: how far beside a stroke its ground is looked at.
_BESIDE = 5.0


def strokes(pixels: Pixels, boxes: Sequence[Box]) -> Floats:
    """The longer straight strokes of an image (HxWx3 RGB), given at least one box of its text, as Nx2x2 of their ends.

    At least one side of a stroke is as bright as the ground of the text.
    """
    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    grey = grey_of(pixels, scale)
    seen = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE, 1.0).detect(grey)[0]
    if seen is None:
        return np.empty((0, 2, 2))
    found = np.asarray(seen, np.float64).reshape(-1, 2, 2)
    ways = found[:, 1] - found[:, 0]
    lengths = np.linalg.norm(ways, axis=1)
    long = lengths >= _SHORTEST * max(grey.shape)
    found, ways = found[long], ways[long] / lengths[long][:, None]
    aside = np.stack([-ways[:, 1], ways[:, 0]], axis=1) * _BESIDE
    smooth = np.asarray(cv2.blur(grey, (3, 3)), np.uint8)
    ground = [_at(smooth, found.mean(axis=1) + way) for way in (aside, -aside)]
    return np.asarray(found[np.maximum(*ground) >= brightness(grey, boxes, scale)] / scale, np.float64)


def _at(grey: Grey, points: Floats) -> Grey:
    """The brightness at Nx2 points, or at the edge of the image nearest to them."""
    x, y = points.round().astype(int).T
    return np.asarray(grey[y.clip(0, grey.shape[0] - 1), x.clip(0, grey.shape[1] - 1)], np.uint8)
