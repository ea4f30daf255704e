"""From a page made flat back to the picture that was taken of it."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]

_DIGITS = 4
# The rows that are drawn at a time, which bounds the memory for where their pixels are.
_BAND = 256


class Mesh(msgspec.Struct, frozen=True):
    """Where the points of a page that is flat, and upright, are in the image as sent.

    `width`, `height`: of the flat page. `nodes`: RxCx2, of points of the flat page in even steps from its
    top-left corner to its bottom-right one, R and C from 2. `sent`: width and height of the image as sent.
    `angle`: clockwise degrees of the content of that, -180 < angle <= 180. All in one unit.
    """

    width: float
    height: float
    nodes: Points
    sent: tuple[float, float]
    angle: float

    def upright(self, pixels: Pixels) -> Pixels:
        """The flat page (height x width x 3) out of the image as sent, for a mesh in pixels.

        What lies beside the image has the colour of its edge.
        """
        edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        rows, columns = self.nodes.shape[:2]
        width, height = round(self.width), round(self.height)
        across, down = _shares(width, columns).T, _shares(height, rows)
        nodes = self.nodes.astype(np.float32) - np.float32(0.5)
        flat = np.empty((height, width, 3), np.uint8)
        for top in range(0, height, _BAND):
            x, y = (down[top : top + _BAND] @ nodes[..., axis] @ across for axis in (0, 1))
            band = cv2.remap(pixels, x, y, cv2.INTER_CUBIC, borderValue=np.median(edge, axis=0).tolist())
            flat[top : top + _BAND] = band
        return flat

    def part(self, left: float, top: float, right: float, bottom: float) -> Mesh:
        """The mesh of a part of the flat page."""
        rows, columns = self.nodes.shape[:2]
        x, y = np.meshgrid(np.linspace(left, right, columns), np.linspace(top, bottom, rows))
        nodes = self.points(np.stack([x.ravel(), y.ravel()], axis=1)).reshape(self.nodes.shape)
        return Mesh(right - left, bottom - top, nodes, self.sent, self.angle)

    def points(self, flat: Points) -> Points:
        """Nx2 points of the flat page in the image as sent; what lies outside of it goes on as its edge does."""
        rows, columns = self.nodes.shape[:2]
        place = flat * ((columns - 1) / self.width, (rows - 1) / self.height)
        column = place[:, 0].astype(int).clip(0, columns - 2)
        row = place[:, 1].astype(int).clip(0, rows - 2)
        across, down = (place - np.stack([column, row], axis=1)).T[:, :, None]
        upper = self.nodes[row, column] * (1 - across) + self.nodes[row, column + 1] * across
        lower = self.nodes[row + 1, column] * (1 - across) + self.nodes[row + 1, column + 1] * across
        return np.asarray(upper * (1 - down) + lower * down, np.float64)

    def direction(self, flat: float) -> float:
        """A direction on the flat page, in clockwise degrees, in the image as sent."""
        return round(180.0 - (180.0 - flat - self.angle) % 360.0, _DIGITS)

    def scaled(self, factor: float) -> Mesh:
        """The same with its measures times a factor."""
        width, height = self.sent
        return Mesh(
            self.width * factor,
            self.height * factor,
            self.nodes * factor,
            (width * factor, height * factor),
            self.angle,
        )


def _shares(length: int, count: int) -> NDArray[np.float32]:
    """length x count: how much of each node the middle of each pixel of a side has."""
    places = (np.arange(length, dtype=np.float32)[:, None] + np.float32(0.5)) * np.float32((count - 1) / length)
    away = np.abs(places - np.arange(count, dtype=np.float32))
    return np.asarray(np.maximum(np.float32(0.0), np.float32(1.0) - away), np.float32)
