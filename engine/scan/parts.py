"""The parts of a page, as a small network sees them that was taught on printed pages.

The network gives, for each cell of four grids over the page, how likely it is the middle of a part of each
kind, and a distribution over the distances to the four sides of the part (Li et al., Generalized Focal
Loss, 2020). It knows articles well and forms badly: what it says is to be checked against the words.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import cv2
import numpy as np

from engine.evidence import Box
from engine.ocr import weights
from engine.ocr.sessions import Floats, heads
from engine.scan.frame import Pixels

# What the network was taught on.
_WIDTH, _HEIGHT = 608, 800
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)
_STRIDES = (8, 16, 32, 64)
#: Distances are told in steps of a stride, 0 to one less than this.
_STEPS = 8

_LEAST = 0.4
# Two boxes of one kind that share more of what they cover are the same part.
_SAME = 0.5


class Kind(IntEnum):
    """The kinds of part, in the order of the network's classes."""

    TEXT = 0
    TITLE = 1
    FIGURE = 2
    FIGURE_CAPTION = 3
    TABLE = 4
    TABLE_CAPTION = 5
    HEADER = 6
    FOOTER = 7
    REFERENCE = 8
    EQUATION = 9


class Part(NamedTuple):
    """A part of a page; `box` in its pixels. `likelihood`: 0.4..1."""

    kind: Kind
    box: Box
    likelihood: float


def parts(pixels: Pixels) -> list[Part]:
    """The parts of an upright page (HxWx3 RGB), those of a kind one after the other. Raises: WeightsMissing."""
    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_AREA)
    # The network was taught on images whose first channel is blue.
    batch = ((small[:, :, ::-1].astype(np.float32) / 255.0 - _MEAN) / _DEVIATION).transpose(2, 0, 1)[None]
    answers = heads(weights.PARTS)(np.ascontiguousarray(batch))
    likelihoods = np.concatenate([one[0] for one in answers[: len(_STRIDES)]])
    boxes = np.concatenate(
        [_boxes(stride, one[0]) for stride, one in zip(_STRIDES, answers[len(_STRIDES) :], strict=True)]
    )
    boxes = boxes.clip(0.0, [_WIDTH, _HEIGHT] * 2) * ([width / _WIDTH, height / _HEIGHT] * 2)
    return [part for kind in Kind for part in _of_kind(kind, boxes, likelihoods[:, kind])]


def _boxes(stride: int, distances: Floats) -> Floats:
    """Nx4: left, top, right, bottom of the part around each cell of a grid, in pixels of the network's page."""
    rows, columns = -(-_HEIGHT // stride), -(-_WIDTH // stride)
    down, across = np.mgrid[0:rows, 0:columns]
    middles = (np.stack([across.ravel(), down.ravel()], axis=1) + 0.5) * stride
    shares = np.exp(distances.reshape(-1, 4, _STEPS) - distances.reshape(-1, 4, _STEPS).max(axis=2, keepdims=True))
    sides = (shares @ np.arange(_STEPS, dtype=np.float32)) / shares.sum(axis=2) * stride
    return np.concatenate([middles - sides[:, :2], middles + sides[:, 2:]], axis=1).astype(np.float32)


def _of_kind(kind: Kind, boxes: Floats, likelihoods: Floats) -> list[Part]:
    likely = np.flatnonzero(likelihoods > _LEAST)
    corners = [(float(x1), float(y1), float(x2 - x1), float(y2 - y1)) for x1, y1, x2, y2 in boxes[likely]]
    kept = cv2.dnn.NMSBoxes(corners, likelihoods[likely].tolist(), _LEAST, _SAME)
    found = []
    for index in np.asarray(kept, dtype=np.intp).ravel():
        x1, y1, x2, y2 = (float(side) for side in boxes[likely[index]])
        found.append(Part(kind, (x1, y1, x2, y2), float(likelihoods[likely[index]])))
    return found
