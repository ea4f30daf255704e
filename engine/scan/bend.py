"""How a page lies in a photograph, as lines of text and drawn lines tell.

On a page that was taken from aside, or that is curled, lines are not parallel, or not straight. Each height y of the
picture has its height on the flat page, y + sum of b_ij x^i y^j with i >= 1, which is the same all along a line: so
the b_ij are the least squares solution of one equation for each step along each line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.mesh import Mesh, Points
from engine.ocr.detect import Box
from engine.scan.frame import Frame, Pixels
from engine.scan.lean import Lean, lean
from engine.scan.paper import surrounded
from engine.scan.strokes import strokes

Floats = NDArray[np.float64]

# Fewer lines say nothing sure. With fewer lines of text than many, drawn lines are looked for to be sure.
_FEWEST, _MANY = 5, 16
# In degrees: lines further off run in another direction. What the skew of a page may be off.
_ALONG, _LEAST_OFF = 30.0, 1.0
# In heights of a line: how far one must be off on its way along the page, that the page was not flat. The share of
# what lines rise and fall that is left of it on the flat page.
_BENT, _LEFT = 0.25, 0.7
# The same of lines down the page, of what lies on a desk.
_LEANT = 0.7
# The exponents of x and y.
_TERMS = ((1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (3, 0), (3, 1))
# The weight of small coefficients beside that of all steps, and how often outliers are weighed anew.
_CALM, _ROUNDS = np.array([1e-4, 1e-4, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3]), 6
_NODES = 33
# Of half the longer side of a picture: how far the page goes on around its text.
_AROUND = 0.2
# The slope of drawn lines, where those of text are level, that belong to the page and not to the desk around it.
_AGREEING = 0.03
# Of the longer side of the flat page: nothing is lost where it is drawn larger than the picture, if that is small.
_SIDE, _LARGER = 2400, 1.5
# The steps in which the flat page is looked for.
_STEPS = 200
# How much higher or lower a part of a line may be on the flat page.
_LEAST_STRETCH, _MOST_STRETCH = 0.4, 2.5


def straightened(frame: Frame, upright: Pixels, boxes: Sequence[Box]) -> Frame | Mesh:
    """The frame, given its upright image and where that has text, or a better one: further turned, or flat."""
    lines = [box for box in boxes if box.course and abs(box.angle) <= _ALONG]
    if len(lines) < _FEWEST:
        return frame
    size = median([box.height for box in lines])
    courses = [np.array(box.course) for box in lines]
    level, fitted = _fitted(frame, courses)
    on_desk = surrounded(upright, lines)
    if len(courses) >= _MANY and not fitted.is_bent(size) and not on_desk:
        return level
    drawn = _within(strokes(upright, lines), np.concatenate(courses), _AROUND * max(upright.shape[:2]) / 2)
    along = [stroke[np.argsort(stroke[:, 0])] for stroke in drawn]
    agreeing = [stroke for stroke in along if fitted.levels(_turned(stroke, frame, level))]
    better, fitted = _fitted(frame, courses + agreeing)
    leaning = lean(fitted.flat(_turned(drawn.reshape(-1, 2), frame, better)).reshape(-1, 2, 2))
    if not fitted.is_bent(size) and not (on_desk and fitted.is_leant(leaning, size)):
        return level
    return _mesh(better, fitted, leaning) or level


def _fitted(frame: Frame, courses: Sequence[Floats]) -> tuple[Frame, _Fitted]:
    """The frame, turned on as far as most of the lines are off the horizontal, and how they run in it."""
    off = _direction(courses)
    level = frame if abs(off) < _LEAST_OFF else replace(frame, skew=round(frame.skew + off, 1))
    return level, _Fitted([_turned(course, frame, level) for course in courses], *level.upright_size)


def _within(drawn: Floats, text: Floats, around: float) -> Floats:
    """The lines whose middles are not far from the text; what lies around a page is not flat with it."""
    low, high, middles = text.min(axis=0) - around, text.max(axis=0) + around, drawn.mean(axis=1)
    return np.asarray(drawn[((low < middles) & (middles < high)).all(axis=1)], np.float64)


def _direction(courses: Sequence[Floats]) -> float:
    """The clockwise degrees that half of the lines, by their lengths, are above."""
    ways = np.array([course[-1] - course[0] for course in courses])
    degrees = np.degrees(np.arctan2(ways[:, 1], ways[:, 0]))
    order = np.argsort(degrees)
    lengths = ways[order, 0].cumsum()
    return float(degrees[order][np.searchsorted(lengths, lengths[-1] / 2)])


def _turned(course: Floats, frame: Frame, other: Frame) -> Floats:
    """Points of the upright image of one frame on that of another, which differs in skew."""
    radians = np.radians(other.skew - frame.skew)
    turn = np.array([[np.cos(radians), np.sin(radians)], [-np.sin(radians), np.cos(radians)]])
    middle, other_middle = np.array(frame.upright_size) / 2, np.array(other.upright_size) / 2
    return np.asarray((course - middle) @ turn.T + other_middle, np.float64)


class _Fitted:
    """Heights on the flat page, of points of a picture; in pixels from its middle."""

    def __init__(self, courses: Sequence[Floats], width: float, height: float) -> None:
        self.width, self.height = width, height
        self.unit = max(width, height) / 2
        self._coefficients = np.zeros(len(_TERMS))
        self.points = np.concatenate(courses)
        starts = np.concatenate([course[:-1] for course in courses])
        ends = np.concatenate([course[1:] for course in courses])
        matrix = self._terms(ends) - self._terms(starts)
        rise = (ends[:, 1] - starts[:, 1]) / self.unit
        length = np.hypot(*(ends - starts).T) / self.unit
        calm = np.diag(_CALM) * float((length**2).sum())
        weights = np.ones(len(rise))
        for _ in range(_ROUNDS):
            weighed = matrix * weights[:, None]
            self._coefficients = np.linalg.solve(matrix.T @ weighed + calm, -weighed.T @ rise)
            slopes = np.abs(rise + matrix @ self._coefficients) / length
            weights = 1 / np.maximum(1.0, slopes / max(1e-4, float(np.median(slopes))))
        before = math.fsum(np.ptp(course[:, 1]) for course in courses)
        self._left = math.fsum(np.ptp(self.heights(course)) for course in courses) / max(1e-9, before)

    def heights(self, points: Floats) -> Floats:
        """Heights on the flat page, of Nx2 points in pixels from the corner."""
        return np.asarray(points[:, 1] + self.unit * (self._terms(points) @ self._coefficients), np.float64)

    def is_bent(self, size: float) -> bool:
        """Whether lines of this height meet others, and are straighter on the flat page."""
        aside = self.heights(self.points) - self.points[:, 1]
        return float(np.abs(aside).max()) > _BENT * size and self._left < _LEFT

    def is_leant(self, leaning: Lean, size: float) -> bool:
        """Whether what is upright on the flat page, with text of this height, is not in the picture."""
        x, y = self.flat(self.points).T
        return float(np.abs(leaning.upright(x, y) - x).max()) * self.unit > _LEANT * size

    def levels(self, stroke: Floats) -> bool:
        """Whether a line, given by its ends, is nearly level on the flat page, as it is along lines of text."""
        left, right = self.heights(stroke)
        return bool(abs(right - left) <= _AGREEING * (stroke[1, 0] - stroke[0, 0]))

    def flat(self, points: Floats) -> Floats:
        """Nx2 points in pixels from the corner, on the flat page but for their lean, in units from its middle."""
        aside = (points[:, 0] - self.width / 2) / self.unit
        return np.stack([aside, (self.heights(points) - self.height / 2) / self.unit], axis=1)

    def _terms(self, points: Floats) -> Floats:
        x, y = ((points - (self.width / 2, self.height / 2)) / self.unit).T
        return np.stack([x**i * y**j for i, j in _TERMS], axis=1)


def _mesh(frame: Frame, fitted: _Fitted, leaning: Lean) -> Mesh | None:
    """The flat page, as far as there is text and some more around it; None where it would fold."""
    low, high = (
        fitted.points.min(axis=0) - 2 * _AROUND * fitted.unit,
        fitted.points.max(axis=0) + 2 * _AROUND * fitted.unit,
    )
    x, y = np.linspace(low, high, _STEPS).T
    across, down = np.meshgrid(x, y)
    flat = fitted.flat(np.stack([across.ravel(), down.ravel()], axis=1))[:, 1].reshape(across.shape)
    stretch = np.diff(flat, axis=0) / (y[1] - y[0]) * fitted.unit
    if stretch.min() < _LEAST_STRETCH or stretch.max() > _MOST_STRETCH:
        return None
    text = fitted.flat(fitted.points)
    text[:, 0] = leaning.upright(text[:, 0], text[:, 1])
    picture = fitted.flat(np.array([[x, y] for x in (0.0, fitted.width) for y in (0.0, fitted.height)]))
    low = np.maximum(text.min(axis=0) - _AROUND, picture.min(axis=0))
    high = np.minimum(text.max(axis=0) + _AROUND, picture.max(axis=0))
    upright_x, upright_y = np.meshgrid(*np.linspace(low, high, _NODES).T)
    seen_x = leaning.leaning(upright_x, upright_y) * fitted.unit + fitted.width / 2
    seen_y = np.stack([np.interp(upright_y[:, 0], flat[:, column], y) for column in range(len(x))], axis=1)
    seen_y = np.stack([np.interp(row_x, x, row) for row_x, row in zip(seen_x, seen_y, strict=True)])
    nodes: Points = frame.points(np.stack([seen_x.ravel(), seen_y.ravel()], axis=1)).reshape(_NODES, _NODES, 2)
    wide, tall = (high - low) * fitted.unit
    larger = min(_LARGER, max(1.0, _SIDE / max(wide, tall)))
    return Mesh(round(wide * larger), round(tall * larger), nodes, (frame.width, frame.height), frame.angle)
