"""Cuts regions out of the pages of a document."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final, Protocol

import cv2
import numpy as np

from contract.errors import ApiError, Fault
from contract.page import Polygon
from engine import formats
from engine.evidence import Box
from engine.formats import Format
from engine.image import document as image
from engine.image.pixels import Picture, Pixels, decoded
from engine.pdf import document as pdf
from engine.pdf import page as pdf_page
from engine.pdf.render import rendered_part
from engine.task import Region

_DPI: Final = 200.0
_MOST_PIXELS: Final = 4_000_000
"""Of one picture: a page of letter size at `_DPI`."""
_MOST_SIDE: Final = 4_000
"""Pixels, of a picture that is turned."""
_STRAIGHT_PIXELS: Final = 1.5
"""Corners this far from those of a box along the page make that box."""
_PNG_COMPRESSION: Final = 6


class _Pages(Protocol):
    """Pages to cut from."""

    def cut(self, number: int, polygon: Polygon) -> Pixels | None:
        """What stands in a polygon, upright, HxWx3 RGB; None when the page cannot be shown or the polygon is empty."""


def cropped(untrusted_document: memoryview, regions: Sequence[Region]) -> dict[str, bytes]:
    """The picture (PNG) of each region by its name; those that cannot be shown are left out.

    Polygons are in the page's unit, from its top-left corner; their first corner is the top-left one of the picture.
    Raises: ApiError UNSUPPORTED_CONTENT when the document has no pages to look at, and as opening it does.
    """
    pictures = {}
    with _opened(untrusted_document) as pages:
        for region in sorted(regions, key=lambda each: each.page_number):
            pixels = pages.cut(region.page_number, region.polygon)
            if pixels is not None:
                pictures[region.name] = _png(pixels)
    return pictures


@contextmanager
def _opened(untrusted_document: memoryview) -> Iterator[_Pages]:
    kind = formats.readable(untrusted_document)
    if kind is Format.PDF:
        with pdf.opened(untrusted_document) as document:
            yield _PdfPages(document)
    elif kind in formats.IMAGES:
        with image.opened(untrusted_document, kind) as document:
            yield _ImagePages(document)
    else:
        raise ApiError(Fault.UNSUPPORTED_CONTENT)


class _PdfPages:
    def __init__(self, document: pdf.Document) -> None:
        self._document = document

    def cut(self, number: int, polygon: Polygon) -> Pixels | None:
        with pdf_page.shown(self._document, number) as page:
            box = _box(polygon, page.frame.size) if page is not None else None
            if page is None or box is None:
                return None
            pixels = rendered_part(page.handle, page.frame.size, box, _DPI, _MOST_PIXELS)
        return _upright(pixels, polygon, box)


class _ImagePages:
    """Keeps the picture of a page, for several figures on it."""

    def __init__(self, document: image.Document) -> None:
        self._document = document
        self._number = 0
        self._picture: Picture | None = None

    def cut(self, number: int, polygon: Polygon) -> Pixels | None:
        if number != self._number:
            self._number, self._picture = number, None
            if 1 <= number <= len(self._document.frames):
                with suppress(ApiError):
                    self._picture = decoded(self._document, number - 1)
        if self._picture is None:
            return None
        whole, width, height = self._picture
        box = _box(polygon, (width, height))
        if box is None:
            return None
        factor = whole.shape[1] / width
        left, top, right, bottom = (round(side * factor) for side in box)
        pixels = whole[top : max(bottom, top + 1), left : max(right, left + 1)]
        return _upright(pixels, polygon, box)


def _box(polygon: Polygon, size: tuple[float, float]) -> Box | None:
    """The box around a polygon, as far as it lies on a page of this size; None when nothing of it does."""
    if len(polygon) != 8 or not all(map(math.isfinite, polygon)):
        return None
    left, right = max(0.0, min(polygon[0::2])), min(size[0], max(polygon[0::2]))
    top, bottom = max(0.0, min(polygon[1::2])), min(size[1], max(polygon[1::2]))
    return (left, top, right, bottom) if left < right and top < bottom else None


def _upright(pixels: Pixels, polygon: Polygon, box: Box) -> Pixels:
    """The polygon out of the picture of its box, turned so that its first corner is the top-left one."""
    left, top, right, bottom = box
    high, wide = pixels.shape[:2]
    corners = np.array(polygon, np.float64).reshape(4, 2) - (left, top)
    corners *= (wide / (right - left), high / (bottom - top))
    if np.abs(corners - [(0, 0), (wide, 0), (wide, high), (0, high)]).max() > _STRAIGHT_PIXELS:
        width = min(_MOST_SIDE, max(1, round(math.dist(corners[0], corners[1]))))
        height = min(_MOST_SIDE, max(1, round(math.dist(corners[0], corners[3]))))
        upright = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        turning = cv2.getPerspectiveTransform(corners.astype(np.float32), upright)
        white = (255, 255, 255)
        pixels = np.asarray(cv2.warpPerspective(pixels, turning, (width, height), borderValue=white), np.uint8)
    return _small(pixels)


def _small(pixels: Pixels) -> Pixels:
    high, wide = pixels.shape[:2]
    factor = math.sqrt(_MOST_PIXELS / (high * wide))
    if factor >= 1:
        return pixels
    size = max(1, int(wide * factor)), max(1, int(high * factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _png(pixels: Pixels) -> bytes:
    _, written = cv2.imencode(
        ".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, _PNG_COMPRESSION]
    )
    return written.tobytes()
