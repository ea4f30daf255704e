"""The ellipse and the rectangle that fit what a piece of ink encloses, and how far the ink follows them."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.scan.rules import Ink

# How much of a shape the hull of the ink covers, and how slim an oval may be.
_ROUND, _SQUARE = (0.93, 1.06), 0.9
_SLIMMEST = 0.35
# How many points stand for an outline, and of how many an ellipse can be fitted.
_POINTS, _LEAST_POINTS = 96, 5
# The inside begins at this share of the way from the middle, so that the frame is not in it.
_INSIDE = 0.8
# Letters run along a round frame in this band, shares of its radius; looked for in so many sectors.
_BAND, _SECTORS = (0.6, 0.88), 32

Points = NDArray[np.float64]
"""Nx2 or 2: x, y in pixels."""


class Outline(msgspec.Struct, frozen=True, gc=False):
    """A shape around a middle. `across`, `down`: from there to the sides; `points`: along the shape.

    `degrees`: how far one that has corners lies askew, 0..45.
    """

    points: Points
    across: Points
    down: Points
    is_round: bool
    degrees: float = 0.0

    @property
    def sides(self) -> tuple[float, float]:
        """The shorter and the longer, in pixels."""
        lengths = 2 * float(np.hypot(*self.across)), 2 * float(np.hypot(*self.down))
        return min(lengths), max(lengths)

    def closed(self, ink: Ink, near: float) -> float:
        """The share of the outline along which there is ink, within `near` pixels of it."""
        reach = 2 * max(1, round(near)) + 1
        wider = cv2.copyMakeBorder(ink, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=(0,))
        thick = cv2.dilate(wider, np.ones((reach, reach), np.uint8))
        x, y = np.round(self.points + reach).astype(int).T
        return float(thick[y.clip(0, thick.shape[0] - 1), x.clip(0, thick.shape[1] - 1)].mean())

    def filled(self, ink: Ink) -> float:
        """The share of the inside, without the frame, that is ink."""
        middle = self.points.mean(axis=0)
        inside = np.zeros(ink.shape, np.uint8)
        cv2.fillPoly(inside, [np.round(middle + _INSIDE * (self.points - middle)).astype(np.int32)], (1,))
        return float(ink[inside > 0].mean()) if inside.any() else 0.0

    def lettered(self, ink: Ink) -> float:
        """The share of the sectors that have ink in the band where letters run along a round frame."""
        y, x = np.nonzero(ink)
        away = np.stack([x, y], axis=1) - self.points.mean(axis=0)
        across = away @ self.across / (self.across @ self.across)
        down = away @ self.down / (self.down @ self.down)
        radius = np.hypot(across, down)
        angles = np.arctan2(down, across)[(_BAND[0] < radius) & (radius < _BAND[1])]
        return len(np.unique((angles + np.pi) // (2 * np.pi / _SECTORS))) / _SECTORS


def outlines(ink: Ink) -> list[Outline]:
    """The shapes that fit the hull of a piece of ink, of those that fit at all."""
    hull = cv2.convexHull(cv2.findNonZero(ink))
    covered = cv2.contourArea(hull)
    found = [_rectangle(hull, covered)]
    if len(hull) >= _LEAST_POINTS:
        found.append(_ellipse(hull, covered))
    return [outline for outline in found if outline is not None]


def _ellipse(hull: cv2.typing.MatLike, covered: float) -> Outline | None:
    middle, sides, turned = cv2.fitEllipse(hull)
    area = np.pi * sides[0] * sides[1] / 4
    if not _ROUND[0] * area < covered < _ROUND[1] * area or min(sides) < _SLIMMEST * max(sides):
        return None
    across, down = _axes(sides, turned)
    along = np.linspace(0.0, 2 * np.pi, _POINTS, endpoint=False)[:, None]
    return Outline(middle + np.cos(along) * across + np.sin(along) * down, across, down, is_round=True)


def _rectangle(hull: cv2.typing.MatLike, covered: float) -> Outline | None:
    middle, sides, turned = cv2.minAreaRect(hull)
    if not 0 < _SQUARE * sides[0] * sides[1] <= covered:
        return None
    across, down = _axes(sides, turned)
    along = np.linspace(-1.0, 1.0, _POINTS // 4, endpoint=False)[:, None]
    around = [along * across - down, across + along * down, down - along * across, -across - along * down]
    askew = abs((turned + 45.0) % 90.0 - 45.0)
    return Outline(middle + np.concatenate(around), across, down, is_round=False, degrees=askew)


def _axes(sides: Sequence[float], turned: float) -> tuple[Points, Points]:
    turn = np.radians(turned)
    across = np.array([np.cos(turn), np.sin(turn)]) * sides[0] / 2
    return across, np.array([-np.sin(turn), np.cos(turn)]) * sides[1] / 2
