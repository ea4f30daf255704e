"""Where the paper of a photographed page is, in what lies around it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.evidence import Box as Extent
from engine.ocr.detect import Box
from engine.scan.frame import Pixels

Grey = NDArray[np.uint8]
"""HxW."""

# Paper is as bright as the ground of most text, or darker by a share, in shadow: percentiles of the pixels of a box,
# and of the boxes.
_GROUND, _MOST_TEXT, _SHADOW = 80, 10, 0.85
# In pixels: edges are looked for at this size of the longer side.
_SIDE = 800
# The share of bright pixels of a row that crosses paper, and of one that nothing of its edge is left in; that one is no
# further than so many pixels.
_PAPER, _WHOLLY, _EDGE = 0.5, 0.95, 16
# The share of what is around the text that is no paper, of a page on a desk.
_SURROUNDED = 0.2


def brightness(grey: Grey, boxes: Sequence[Box], scale: float) -> float:
    """How bright paper is at least, given an image and the boxes of its text, which are larger by `scale`."""
    grounds = []
    for box in boxes:
        corners = box.corners() * scale
        (left, top), (right, bottom) = corners.min(axis=0).astype(int).clip(0), corners.max(axis=0).astype(int) + 1
        part = grey[top:bottom, left:right]
        if part.size:
            grounds.append(float(np.percentile(part, _GROUND)))
    return _SHADOW * float(np.percentile(grounds, _MOST_TEXT)) if grounds else 0.0


def grey_of(pixels: Pixels, scale: float) -> Grey:
    """The brightness of an image (HxWx3 RGB), smaller by a scale of at most 1."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if scale < 1.0:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8)


def surrounded(pixels: Pixels, boxes: Sequence[Box]) -> bool:
    """Whether much around the text of an image (HxWx3 RGB) is darker than paper, given at least one box of it."""
    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    grey = grey_of(pixels, scale)
    left, top, right, bottom = _extent(boxes, scale)
    dark = grey < brightness(grey, boxes, scale)
    dark[top:bottom, left:right] = False
    around = dark.size - (min(bottom, len(dark)) - top) * (min(right, dark.shape[1]) - left)
    return bool(np.count_nonzero(dark) > _SURROUNDED * around)


def paper(pixels: Pixels, boxes: Sequence[Box]) -> Extent:
    """The part of an upright image (HxWx3 RGB) that is paper, given at least one box of its text, in its pixels.

    A side without an edge beside the text, to darker surroundings, is that of the image.
    """
    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    grey = grey_of(pixels, scale)
    bright = grey >= brightness(grey, boxes, scale)
    left, top, right, bottom = _extent(boxes, scale)
    rows, columns = bright[:, left:right].mean(axis=1), bright[top:bottom].mean(axis=0)
    height, width = pixels.shape[:2]
    return (
        _edge(columns[:left]) / scale,
        _edge(rows[:top]) / scale,
        width - _edge(columns[:right:-1]) / scale,
        height - _edge(rows[:bottom:-1]) / scale,
    )


def _extent(boxes: Sequence[Box], scale: float) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the text, in pixels at a scale."""
    corners = np.concatenate([box.corners() for box in boxes]) * scale
    (left, top), (right, bottom) = corners.min(axis=0).astype(int).clip(0), corners.max(axis=0).astype(int) + 1
    return int(left), int(top), int(right), int(bottom)


def _edge(shares: NDArray[np.float64]) -> int:
    """Where paper begins, given the shares of bright pixels from outside to the text; 0 where it always was."""
    crossing = np.flatnonzero(shares > _PAPER)
    if not len(shares) or not len(crossing) or crossing[0] == 0:
        return 0
    start = int(crossing[0])
    wholly = np.flatnonzero(shares[start : start + _EDGE] > _WHOLLY)
    return start + (int(wholly[0]) + 1 if len(wholly) else _EDGE)
