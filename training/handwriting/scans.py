"""What paper and scanners do to a line: rulings, frames, shades, blur, noise, two tones, colours, a crooked cut."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.ocr.recognize import strip as straightened
from engine.ocr.sessions import Pixels

#: Lines are drawn with letters of about this height, in pixels, and scanned smaller.
SIZE = 64
# Heights of lines on scans, in pixels.
_LOWEST, _HIGHEST = 8, 70
_PENS = ((0.1, 0.15, 0.6), (0.6, 0.1, 0.1), (0.1, 0.4, 0.2))

Random = np.random.Generator
Ink = NDArray[np.float32]
"""HxW, 0 where there is paper and 1 where there is ink."""
One = TypeVar("One")


class Extent(NamedTuple):
    """Where ink is, in pixels."""

    left: int
    right: int
    top: int
    bottom: int

    @classmethod
    def of(cls, ink: Ink) -> Extent:
        rows, columns = np.flatnonzero(ink.max(axis=1) > 0.3), np.flatnonzero(ink.max(axis=0) > 0.3)
        if not len(rows) or not len(columns):
            return cls(0, ink.shape[1], 0, ink.shape[0])
        return cls(int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1)


def chosen(random: Random, some: Sequence[One]) -> One:
    return some[int(random.integers(len(some)))]


def scanned(random: Random, ink: Ink, *, turns: bool) -> Pixels:
    """A line as a finder of lines cuts it out of a scan (48xWx3, RGB); some stand on an end where `turns`."""
    extent = Extent.of(ink)
    ink = np.maximum(ink, _ruled(random, ink, extent))
    margins = random.uniform(-0.02, 0.3, 4) * (extent.bottom - extent.top)
    left, right = extent.left - margins[0], extent.right + margins[1]
    top, bottom = extent.top - margins[2], extent.bottom + margins[3]
    scale = float(np.exp(random.uniform(np.log(_LOWEST), np.log(_HIGHEST)))) / (bottom - top)
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    page = _packed(random, _coloured(random, _worn(random, np.asarray(small, np.float32)), inverts=turns))
    tilt = float(random.normal(0, 0.01)) * (right - left)
    corners = [[left, top], [right, top + tilt], [right, bottom + tilt], [left, bottom]]
    if turns and right - left < 1.2 * (bottom - top) and random.random() < 0.4:
        corners = np.roll(corners, chosen(random, (-1, 1)), axis=0).tolist()
    elif turns and random.random() < 0.05:
        corners = np.roll(corners, 2, axis=0).tolist()
    return straightened(page, np.array(corners, np.float32) * scale)


def _ruled(random: Random, ink: Ink, extent: Extent) -> Ink:
    """The line that text stands on, dots, the cells or the frame of a field, a box to tick; or nothing."""
    left, right, top, bottom = extent
    height, width = ink.shape
    page = np.zeros((height, width), np.uint8)
    kind, thick = random.random(), int(random.integers(1, 5))
    foot = int(bottom - random.uniform(-0.15, 0.4) * (bottom - top))
    if kind < 0.25:
        start, end = left + random.uniform(-90, 60), right + random.uniform(-60, 90)
        cv2.line(page, (int(start), foot), (int(end), foot), (255,), thick)
    elif kind < 0.3:
        for x in range(left - 20, right + 20, int(random.integers(8, 20))):
            cv2.circle(page, (x, foot), thick, (255,), -1)
    elif kind < 0.36:
        for place in random.uniform(left - 30, right + 30, int(random.integers(1, 4))):
            cv2.line(page, (int(place), 0), (int(place), height), (255,), thick)
    elif kind < 0.42:
        cv2.rectangle(page, (left - 15, top - 12), (right + 15, bottom + 12), (255,), thick)
    elif kind < 0.54:
        thick = int(random.integers(2, 14))
        for place in (left - random.uniform(0, 25) - thick, right + random.uniform(0, 25) + thick):
            if random.random() < 0.5:
                cv2.line(page, (int(place), 0), (int(place), height), (255,), thick)
        y = int(top - random.uniform(0, 15)) - thick
        cv2.line(page, (0, y), (width, y), (255,), thick)
    elif kind < 0.58:
        side = int(0.6 * (bottom - top) + 8)
        cv2.rectangle(page, (left - side - 12, bottom - side), (left - 12, bottom), (255,), thick)
    elif kind < 0.62:
        page[random.random(page.shape) < random.uniform(0.05, 0.3)] = 255
    return np.asarray(page / 255 * random.uniform(0.3, 1), np.float32)


def _worn(random: Random, ink: Ink) -> Ink:
    """Blurred, thickened, thinned, broken, speckled, or in two tones, as copiers and faxes leave it."""
    ink = _blurred(ink, random.uniform(0.1, 1.1))
    if random.random() < 0.5:
        ink = np.clip(ink * float(random.uniform(0.7, 2.2)), 0, 1)
    ink = np.clip(ink + random.normal(0, random.uniform(0, 0.12), ink.shape), 0, 1)
    if random.random() < 0.45:
        rough = _blurred(random.normal(0, 1, ink.shape), random.uniform(0.5, 1.5))
        ink = np.where(ink + rough * random.uniform(0, 0.25) > random.uniform(0.3, 0.6), 1.0, 0.0)
        if random.random() < 0.3:
            ink = np.where(random.random(ink.shape) < random.uniform(0, 0.01), 1 - ink, ink)
        if random.random() < 0.5:
            ink = _blurred(ink, random.uniform(0.3, 0.8))
    return np.asarray(ink, np.float32)


def _blurred(ink: NDArray[np.floating], far: float) -> Ink:
    return np.asarray(cv2.GaussianBlur(ink.astype(np.float32), (0, 0), float(far)), np.float32)


def _coloured(random: Random, ink: Ink, *, inverts: bool) -> Pixels:
    """Ink in one colour on paper in another; light on dark on some where `inverts`."""
    paper = np.full(3, chosen(random, (1.0, 1.0, float(random.uniform(0.7, 1)))))
    if random.random() < 0.3:
        paper = paper - random.uniform(0, 0.12, 3)
    pen = np.full(3, chosen(random, (0.0, float(random.uniform(0, 0.55)))))
    if random.random() < 0.3:
        pen = np.array(chosen(random, _PENS)) + float(random.uniform(0, 0.25))
    if inverts and random.random() < 0.07:
        paper, pen = pen * 0.7, paper
    shade = ink[:, :, None]
    return np.asarray(np.clip((paper * (1 - shade) + pen * shade) * 255, 0, 255), np.uint8)


def _packed(random: Random, pixels: Pixels) -> Pixels:
    """With the losses of JPEG, or without."""
    if random.random() < 0.5:
        return pixels
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "JPEG", quality=int(random.integers(30, 92)))
    return np.asarray(Image.open(packed).convert("RGB"))
