"""Draws a page of a PDF as pixels."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray

from engine.evidence import Box

Pixels = NDArray[np.uint8]

_MOST_SIDE = 10_000
_BYTES_PER_PIXEL = 4


def rendered(page: Any, width: float, height: float, dpi: float, most_pixels: int) -> Pixels:
    """The page as it is displayed, HxWx3 RGB on white.

    `width`, `height`: of the displayed page in inches, above 0. Pixels are square up to rounding; there are
    at most `most_pixels`, so that a large page is drawn at less than `dpi`.
    """
    return rendered_part(page, (width, height), (0.0, 0.0, width, height), dpi, most_pixels)


def rendered_part(page: Any, size: tuple[float, float], box: Box, dpi: float, most_pixels: int) -> Pixels:
    """What a page shows in a box, as `rendered` gives the whole of it. `size`: of the displayed page, inches."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    dpi = min(dpi, math.sqrt(most_pixels / (width * height)), _MOST_SIDE / max(width, height))
    wide, high = max(1, round(width * dpi)), max(1, round(height * dpi))
    # The page is drawn at its place around the bitmap, and clipped to it.
    across, down = wide / width, high / height
    place = (-round(left * across), -round(top * down), round(size[0] * across), round(size[1] * down))
    pixels = np.full((high, wide, _BYTES_PER_PIXEL), 255, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(
        wide, high, pdfium.FPDFBitmap_BGRx, pixels.ctypes.data_as(ctypes.c_void_p), wide * _BYTES_PER_PIXEL
    )
    if bitmap:
        try:
            flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
            pdfium.FPDF_RenderPageBitmap(bitmap, page, *place, 0, flags)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    return np.ascontiguousarray(pixels[:, :, :3])
