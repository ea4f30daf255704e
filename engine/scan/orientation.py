"""Which way up a page is, as a small network sees it."""

from __future__ import annotations

import cv2
import numpy as np

from engine.ocr import weights
from engine.ocr.sessions import network
from engine.scan.frame import Pixels

# What the network was taught on: the middle of a page whose shorter side has so many pixels.
_SHORT_SIDE, _MIDDLE = 256, 224
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)


def likely_turns(pixels: Pixels) -> tuple[float, float, float, float]:
    """How likely the content of a page (HxWx3 RGB) is turned clockwise by 0, 1, 2 or 3 quarters; sum 1.

    Raises: WeightsMissing.
    """
    height, width = pixels.shape[:2]
    scale = _SHORT_SIDE / min(height, width)
    size = (max(_SHORT_SIDE, round(width * scale)), max(_SHORT_SIDE, round(height * scale)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    left, top = (size[0] - _MIDDLE) // 2, (size[1] - _MIDDLE) // 2
    middle = small[top : top + _MIDDLE, left : left + _MIDDLE, ::-1].astype(np.float32) / 255.0
    batch = ((middle - _MEAN) / _DEVIATION).transpose(2, 0, 1)[None]
    none, one, two, three = (float(share) for share in network(weights.ORIENTATION)(np.ascontiguousarray(batch))[0])
    return none, one, two, three
