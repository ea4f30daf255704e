"""What is drawn on a page of a PDF beside its text: straight lines, filled boxes, pictures.

Boxes that are too thin to be seen as boxes count as lines, since many writers draw their lines so.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.evidence import Box, Drawings, Fill, Picture, Rule
from engine.pdf import library, objects
from engine.pdf.boxes import Box as Bounds
from engine.pdf.geometry import POINTS_PER_INCH, Frame
from engine.pdf.objects import Matrix
from engine.pdf.regions import joined

#: Lines, curves and moves looked at on one page.
MAX_SEGMENTS = 200_000
# In inches. A thinner box is a line; a shorter line is a dot or a part of a letter.
_THIN = 0.05
_SHORT = 0.04
# How far the ends of a line along or across the page may be off it, in inches.
_STRAIGHT = 0.01
# A drawing has as many lines at a slant and curves, and is larger than a mark of a list.
_FEWEST_STROKES = 8
_LEAST_SIDE = 0.3
# In inches: strokes of one drawing, and the strips that an image is cut into, are no further apart.
_CLOSE, _TOUCHING = 0.1, 0.02

_Point = tuple[float, float]


class _Part(NamedTuple):
    """A part of a path that is drawn without lifting the pen, in inches. `curves`: how many of its lines are."""

    points: list[_Point]
    curves: int


def drawings(page: Any, images: list[Bounds], frame: Frame) -> Drawings:
    """What is drawn on a page, in inches as it is displayed. `images`: their boxes in user space."""
    found = _Found(frame)
    room = MAX_SEGMENTS
    for thing, matrix in objects.things(page, pdfium.FPDF_PAGEOBJ_PATH):
        count = min(library.count_segments(thing), room)
        room -= max(count, 0)
        if count > 1:
            inner = objects.times(objects.matrix_of(thing), matrix)
            found.add(thing, list(_parts(thing, count, inner, frame)), math.hypot(inner[0], inner[1]))
    for left, bottom, right, top in images:
        found.add_picture((*frame.displayed(left, bottom), *frame.displayed(right, top)))
    return found.drawings()


def _parts(thing: Any, count: int, matrix: Matrix, frame: Frame) -> Iterator[_Part]:
    a, b, c, d, e, f = matrix
    place = (ctypes.c_float * 2)()
    x_address = ctypes.addressof(place)
    y_address = x_address + ctypes.sizeof(ctypes.c_float)
    points: list[_Point] = []
    curves = 0
    for index in range(count):
        segment = library.segment(thing, index)
        library.segment_point(segment, x_address, y_address)
        x, y = place
        u, v = a * x + c * y + e, b * x + d * y + f
        # Coordinates beyond any page are none; what is not finite fails this too.
        if not (abs(u) < 1e6 and abs(v) < 1e6):
            return
        kind = library.segment_type(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield _Part(points, curves)
            points, curves = [], 0
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curves += 1
        points.append(frame.displayed(u, v))
        if library.segment_closes(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield _Part(points, curves)


class _Found:
    """What was found so far."""

    def __init__(self, frame: Frame) -> None:
        self._width, self._height = frame.size
        self._rules: dict[Rule, None] = {}
        self._fills: list[Fill] = []
        self._images: list[Box] = []
        self._strokes: list[tuple[Box, int]] = []

    def add(self, thing: Any, parts: list[_Part], scale: float) -> None:
        """Adds a path. `scale`: of its space to points."""
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, mode, stroked)
        color = _color(thing, pdfium.FPDFPageObj_GetFillColor) if mode.value else None
        line = _color(thing, pdfium.FPDFPageObj_GetStrokeColor) if stroked.value else None
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
        thickness = max(0.0, min(width.value * scale / POINTS_PER_INCH, _THIN))
        for points, curves in parts:
            box = self._within(_around(points))
            if box is None:
                continue
            slanted = 0
            if line:
                for (x1, y1), (x2, y2) in pairwise(points):
                    if abs(x1 - x2) > _STRAIGHT and abs(y1 - y2) > _STRAIGHT:
                        slanted += 1
                    elif not curves:
                        self._add_rule((x1, y1, x2, y2), thickness)
            shaped = curves > 0 or not _is_box(points, box)
            if color:
                self._add_fill(box, color, shaped)
            if curves or slanted or (color and shaped):
                self._strokes.append((box, max(curves, slanted, 1)))

    def add_picture(self, box: Box) -> None:
        """Adds an image."""
        x1, y1, x2, y2 = box
        within = self._within((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        if within is None:
            return
        if _is_thin(within):
            self._add_rule(_middle(within), min(within[2] - within[0], within[3] - within[1]))
        else:
            self._images.append(within)

    def drawings(self) -> Drawings:
        """All of it, with the strips of images and what is drawn by slanted lines and curves joined to pictures."""
        pictures = [box for box, _ in joined([(box, 1) for box in self._images], _TOUCHING)]
        for box, strokes in joined(self._strokes, _CLOSE):
            if strokes >= _FEWEST_STROKES and min(box[2] - box[0], box[3] - box[1]) >= _LEAST_SIDE:
                pictures.append(box)
        return Drawings(tuple(self._rules), tuple(self._fills), tuple([Picture(box) for box in pictures]))

    def _add_rule(self, ends: Box, thickness: float) -> None:
        inside = self._within(
            (min(ends[0], ends[2]), min(ends[1], ends[3]), max(ends[0], ends[2]), max(ends[1], ends[3]))
        )
        if inside and max(inside[2] - inside[0], inside[3] - inside[1]) >= _SHORT:
            self._rules[Rule(*inside, round(thickness, 4))] = None

    def _add_fill(self, box: Box, color: str, shaped: bool) -> None:
        if _is_thin(box):
            self._add_rule(_middle(box), min(box[2] - box[0], box[3] - box[1]))
        elif not shaped:
            self._fills.append(Fill(box, color))

    def _within(self, box: Box) -> Box | None:
        """The part of a box that is on the page."""
        left, top, right, bottom = box
        if right < 0 or bottom < 0 or left > self._width or top > self._height:
            return None
        return max(left, 0.0), max(top, 0.0), min(right, self._width), min(bottom, self._height)


def _around(points: list[_Point]) -> Box:
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_thin(box: Box) -> bool:
    shorter, longer = sorted((box[2] - box[0], box[3] - box[1]))
    return shorter <= _THIN and longer >= _SHORT and longer > 2 * shorter


def _is_box(points: list[_Point], box: Box) -> bool:
    """Whether every point is a corner of the box."""
    left, top, right, bottom = box
    return all(min(x - left, right - x) <= _STRAIGHT and min(y - top, bottom - y) <= _STRAIGHT for x, y in points)


def _middle(box: Box) -> Box:
    """The line along the middle of a thin box, as left, top, right, bottom."""
    left, top, right, bottom = box
    if right - left > bottom - top:
        y = round((top + bottom) / 2, 4)
        return left, y, right, y
    x = round((left + right) / 2, 4)
    return x, top, x, bottom


def _color(thing: Any, get: Any) -> str | None:
    """`#rrggbb`; None for what is not seen. A pattern counts as grey."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(thing, red, green, blue, alpha):
        return "#808080"
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}" if alpha.value else None
