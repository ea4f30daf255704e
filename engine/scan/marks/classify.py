"""Tells empty marks, marked ones and what only looks like one apart, with a small network of our own.

`training/marks.py` makes the examples, trains the network and writes its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.scan.marks.candidates import Grey, Outline

WEIGHTS = Path(__file__).parent / "weights.npz"

#: Side of the square that the network looks at, and how much larger than the outline it is.
SIDE = 32
_CONTEXT = 1.7
_SMALL = 16
# Less contrast than this between ink and paper, of 255, is noise.
_LEAST_CONTRAST = 40.0

Floats = NDArray[np.float32]


class Look(IntEnum):
    """What an outline turns out to be; the positions of the network's answers."""

    OTHER = 0
    UNSELECTED = 1
    SELECTED = 2


def looks(grey: Grey, outlines: Sequence[Outline]) -> Floats:
    """How likely each outline of a page (HxW) is each `Look`: Nx3, each row sums to 1."""
    if not outlines:
        return np.zeros((0, len(Look)), np.float32)
    hidden = np.stack([features(grey, outline) for outline in outlines])
    layers = _layers()
    for number, (matrix, bias) in enumerate(layers):
        hidden = hidden @ matrix + bias
        if number < len(layers) - 1:
            hidden = np.maximum(hidden, 0)
    likely = np.exp(hidden - hidden.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), dtype=np.float32)


def features(grey: Grey, outline: Outline) -> Floats:
    """What the network is told of an outline: its directions of edges, and itself in small."""
    square = _square(grey, outline)
    small = cv2.resize(square, (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
    edges: Any = _edges().compute(square)
    shape = outline.height / max(outline.width, 1.0)
    return np.concatenate([edges.ravel(), small.ravel() / 255.0, [shape]]).astype(np.float32)


def _square(grey: Grey, outline: Outline) -> Grey:
    """The outline and what is around it, SIDExSIDE, ink dark on white; beyond the page there is paper."""
    side = max(outline.width, outline.height) * _CONTEXT
    left = (outline.left + outline.right - side) / 2
    top = (outline.top + outline.bottom - side) / 2
    x1, y1 = max(0, int(left)), max(0, int(top))
    part = grey[y1 : max(y1 + 1, int(top + side) + 1), x1 : max(x1 + 1, int(left + side) + 1)]
    paper, ink = (float(level) for level in np.percentile(part, (90, 2)))
    scale = SIDE / side
    matrix = np.array([[scale, 0, (x1 - left) * scale], [0, scale, (y1 - top) * scale]], np.float32)
    # Lines thinner than a pixel of the square must not vanish.
    soft: Any = cv2.blur(part, (max(1, round(1 / scale)),) * 2) if scale < 1 else part
    square = cv2.warpAffine(
        soft, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(paper,)
    )
    contrast = max(paper - ink, _LEAST_CONTRAST)
    stretched = (square.astype(np.float32) - (paper - contrast)) / contrast * 255
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)


@cache
def _edges() -> Any:
    return cv2.HOGDescriptor((SIDE, SIDE), (16, 16), (8, 8), (8, 8), 9)


@cache
def _layers() -> list[tuple[Floats, Floats]]:
    with np.load(WEIGHTS) as stored:
        count = len(stored.files) // 2
        return [
            (stored[f"matrix{number}"].astype(np.float32), stored[f"bias{number}"].astype(np.float32))
            for number in range(count)
        ]
