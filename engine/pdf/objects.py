"""What a page holds beside text: images, and how much is drawn by lines and curves."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.pdf.boxes import Box

#: Objects looked at on one page, and how deep forms may hold forms.
MAX_OBJECTS = 20_000
_MOST_DEPTH = 8

Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: (x, y) goes to (ax + cy + e, bx + dy + f)."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


def images(page: Any) -> list[Box]:
    """The boxes of the images of a page in user space, also of those inside forms."""
    return boxes(page, pdfium.FPDF_PAGEOBJ_IMAGE)


def boxes(page: Any, wanted: int) -> list[Box]:
    """The boxes of the objects of one kind (`FPDF_PAGEOBJ_*`) in user space, also of those inside forms."""
    return [_bounds(thing, matrix) for thing, matrix in things(page, wanted)]


def segments(page: Any) -> int:
    """Lines and curves that are drawn on a page; letters that are drawn so have about twenty each."""
    return sum(max(0, pdfium.FPDFPath_CountSegments(thing)) for thing, _ in things(page, pdfium.FPDF_PAGEOBJ_PATH))


def things(page: Any, wanted: int) -> Iterator[tuple[Any, Matrix]]:
    """Objects of one kind (`FPDF_PAGEOBJ_*`) with the matrix from their space to that of the page."""
    room = MAX_OBJECTS
    todo: list[tuple[Any, Any, Any, Matrix, int]] = [
        (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, page, _IDENTITY, 0)
    ]
    while todo:
        count, get, holder, matrix, depth = todo.pop()
        for index in range(min(count(holder), room)):
            room -= 1
            thing = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == wanted:
                yield thing, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                inner = times(matrix_of(thing), matrix)
                todo.append((pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, thing, inner, depth + 1))


def matrix_of(thing: Any) -> Matrix:
    """From the space of an object's own content to the one that the object stands in."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _bounds(thing: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return _NOWHERE
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    if not all(map(math.isfinite, xs + ys)):
        return _NOWHERE
    return min(xs), min(ys), max(xs), max(ys)
