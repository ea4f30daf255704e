"""Makes scans of drawings."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.scan.marks.candidates import Grey, Outline

#: Everything is drawn this many times larger than it is scanned.
FINE = 3
# Text that is lower than this many pixels is not scanned less sharply still.
_SHARP = 20.0


def scanned(drawn: Grey, random: np.random.Generator, size: float) -> tuple[Grey, NDArray[np.float64]]:
    """What a scanner or camera makes of a drawing whose text will be `size` pixels high, and the 2x3 matrix to it."""
    angle = float(random.normal(0, 0.5))
    fine_height, fine_width = drawn.shape
    matrix = cv2.getRotationMatrix2D((fine_width / 2, fine_height / 2), angle, 1.0)
    turned: Any = cv2.warpAffine(drawn, matrix, (fine_width, fine_height), borderValue=(255,))
    width, height = fine_width // FINE, fine_height // FINE
    if random.random() < 0.2:
        # A scan in black and white that was made smaller.
        turned = cv2.GaussianBlur(turned, (0, 0), float(random.uniform(0.5, 2)))
        turned = cv2.threshold(turned, float(random.uniform(90, 220)), 255, cv2.THRESH_BINARY)[1]
    grey: Any = cv2.resize(turned, (width, height), interpolation=cv2.INTER_AREA)
    if random.random() < 0.6:
        grey = cv2.GaussianBlur(grey, (0, 0), float(random.uniform(0.3, 1.1)) * min(1.0, size / _SHARP))
    light = np.linspace(float(random.uniform(0.75, 1)), float(random.uniform(0.75, 1)), width)[None]
    dark = float(random.choice([0.0, random.uniform(0, 90)]))
    noisy = (dark + grey.astype(np.float32) * (255 - dark) / 255) * light
    noisy += random.normal(0, float(random.choice([0.0, random.uniform(0, 9)])), noisy.shape)
    grey = np.clip(noisy, 0, 255).astype(np.uint8)
    if random.random() < 0.3:
        around = 2 * round(size) + 1
        grey = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, around, 15)
        if random.random() < 0.3 and size > _SHARP:
            grey = cv2.erode(grey, np.ones((2, 2), np.uint8))
    if random.random() < 0.7:
        _, coded = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(30, 95))])
        grey = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return np.asarray(grey, dtype=np.uint8), np.asarray(matrix / FINE, dtype=np.float64)


def moved(outline: Outline, matrix: NDArray[np.float64]) -> Outline:
    """Where an outline of a drawing is on the scan."""
    corners = np.array([(x, y, 1) for x in outline[0:3:2] for y in outline[1:4:2]]) @ matrix.T
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return Outline(left, top, right, bottom, True)
