"""From the upright image of a page back to the page as it was sent."""

from __future__ import annotations

import math
from typing import Any

import cv2
import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.evidence import Box, Drawings, Quad, Rule, SeenTable

Pixels = NDArray[np.uint8]

_DIGITS = 2


class Frame(msgspec.Struct, frozen=True):
    """How the content of an image lies in it.

    `width`, `height`: of the image as sent, pixels. `turns`: clockwise quarter turns of the content, 0..3.
    `skew`: clockwise degrees of the content beyond the turns.
    """

    width: int
    height: int
    turns: int
    skew: float

    @property
    def angle(self) -> float:
        """Clockwise degrees of the content, -180 < angle <= 180."""
        return normalized(90.0 * self.turns + self.skew)

    def upright(self, pixels: Pixels) -> Pixels:
        """The image (height x width x 3) turned so that its content is upright; new corners are white."""
        turned = np.ascontiguousarray(np.rot90(pixels, self.turns))
        if not self.skew:
            return turned
        height, width = turned.shape[:2]
        size = self._upright_size(width, height)
        straight: Any = cv2.warpAffine(
            turned,
            self._straightening(width, height),
            size,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(255, 255, 255),
        )
        return np.asarray(straight, dtype=np.uint8)

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height of the upright image."""
        sides = (self.height, self.width) if self.turns % 2 else (self.width, self.height)
        return self._upright_size(*sides) if self.skew else sides

    def points(self, upright: NDArray[np.float64]) -> NDArray[np.float64]:
        """Nx2 points of the upright image in pixels of the image as sent."""
        points = upright
        if self.skew:
            sides = (self.height, self.width) if self.turns % 2 else (self.width, self.height)
            back = cv2.invertAffineTransform(self._straightening(*sides))
            points = points @ back[:, :2].T + back[:, 2]
        x, y = points[:, 0], points[:, 1]
        if self.turns == 1:
            x, y = self.width - y, x
        elif self.turns == 2:
            x, y = self.width - x, self.height - y
        elif self.turns == 3:
            x, y = y, self.height - x
        return np.stack([x, y], axis=1)

    def quad(self, upright: Quad) -> Quad:
        """A quad of the upright image in pixels of the image as sent; its first corner stays the first."""
        points = self.points(np.array(upright, dtype=np.float64).reshape(4, 2))
        x1, y1, x2, y2, x3, y3, x4, y4 = (round(float(value), _DIGITS) for value in points.ravel())
        return (x1, y1, x2, y2, x3, y3, x4, y4)

    def drawings(self, upright: Drawings) -> Drawings:
        """What is drawn on the upright image, on the image as sent."""
        return Drawings(
            tuple([self._rule(rule) for rule in upright.rules]),
            tuple([replace(fill, box=self.box(fill.box)) for fill in upright.fills]),
            tuple([replace(picture, box=self.box(picture.box)) for picture in upright.pictures]),
            tuple([self._table(table) for table in upright.tables]),
            tuple([replace(part, box=self.box(part.box)) for part in upright.parts]),
        )

    def _rule(self, upright: Rule) -> Rule:
        x1, y1, x2, y2 = upright.x1, upright.y1, upright.x2, upright.y2
        ends = self.quad((x1, y1, x2, y2, x2, y2, x1, y1))
        return Rule(ends[0], ends[1], ends[2], ends[3], upright.thickness)

    def _table(self, upright: SeenTable) -> SeenTable:
        return tuple([tuple([replace(cell, quad=self.quad(cell.quad)) for cell in row]) for row in upright])

    def box(self, upright: Box) -> Box:
        """The box along the image as sent around a box of the upright image."""
        left, top, right, bottom = upright
        quad = self.quad((left, top, right, top, right, bottom, left, bottom))
        return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])

    def _upright_size(self, width: int, height: int) -> tuple[int, int]:
        """Sides of the upright image, which holds all of the turned one."""
        cosine, sine = abs(math.cos(math.radians(self.skew))), abs(math.sin(math.radians(self.skew)))
        return math.ceil(width * cosine + height * sine), math.ceil(width * sine + height * cosine)

    def _straightening(self, width: int, height: int) -> NDArray[np.float64]:
        """2x3: from the turned image to the upright one, middle to middle."""
        matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), self.skew, 1.0), dtype=np.float64)
        wide, high = self._upright_size(width, height)
        matrix[:, 2] += (wide - width) / 2, (high - height) / 2
        return matrix


def normalized(degrees: float) -> float:
    """The same direction in (-180, 180]."""
    rounded = round(degrees % 360.0, _DIGITS)
    return round(rounded - 360.0, _DIGITS) if rounded > 180.0 else rounded
