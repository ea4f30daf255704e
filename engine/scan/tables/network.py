"""The network that tells, token by token, the rows and cells of the picture of a table, and where each cell is.

SLANet+ by the PaddleOCR authors: a sequence as of HTML, with four corners at each step, which mean something
where a cell begins (Li et al., PP-StructureV2, 2022).
"""

from __future__ import annotations

import cv2
import numpy as np

from engine.ocr import weights
from engine.ocr.sessions import Floats, heads
from engine.scan.frame import Pixels

# What the network was taught on: the longer side has so many pixels, and black is below or beside the rest.
_SIDE = 488
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)


def told(pixels: Pixels) -> tuple[list[int], Floats]:
    """The tokens of the picture of a table (HxWx3 RGB), and Nx4: left, top, right, bottom at each, in its pixels.

    Raises: WeightsMissing.
    """
    height, width = pixels.shape[:2]
    scale = _SIDE / max(height, width)
    size = max(1, int(width * scale)), max(1, int(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR)
    batch = np.zeros((1, 3, _SIDE, _SIDE), np.float32)
    # The network was taught on images whose first channel is blue.
    normal = (small[:, :, ::-1].astype(np.float32) / 255.0 - _MEAN) / _DEVIATION
    batch[0, :, : size[1], : size[0]] = normal.transpose(2, 0, 1)
    corners, likelihoods = heads(weights.TABLES)(batch)
    points = corners[0].clip(0.0, 1.0) * _SIDE / scale
    across, down = points[:, 0::2].clip(0.0, width), points[:, 1::2].clip(0.0, height)
    boxes = np.stack([across.min(axis=1), down.min(axis=1), across.max(axis=1), down.max(axis=1)], axis=1)
    tokens: list[int] = likelihoods[0].argmax(axis=1).tolist()
    return tokens, boxes
