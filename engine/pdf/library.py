"""The functions of pdfium that are called once or more for each character or stroke.

pypdfium2's own bindings convert each argument; these take addresses as plain integers, so that one
buffer holds the answers for a whole page. They do not release the interpreter lock: a child reads one
document in one thread.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

Handle = int
"""Address of a page, text page or object of pdfium."""


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value
    if address is None:
        raise RuntimeError("pdfium lacks a function")
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int

#: (text page, index, address of 4 floats: left, top, right, bottom) -> success.
loose_box = _bound(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
#: (text page, index, addresses of left, right, bottom, top; doubles) -> success; the box of what is drawn.
tight_box = _bound(pdfium.FPDFText_GetCharBox, _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
#: (text page, index, addresses of x, y; doubles) -> success; where the character stands on its line.
origin = _bound(pdfium.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
#: (text page, index, address of 6 floats: a, b, c, d, e, f) -> success.
matrix = _bound(pdfium.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
#: (text page, index) -> code point.
code_point = _bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
#: (text page, index) -> 1 for a character that pdfium made up.
is_generated = _bound(pdfium.FPDFText_IsGenerated, _INT, _POINTER, _INT)
#: (text page, index) -> text object or None; characters that pdfium made up have none.
text_object = _bound(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
#: (text page, index) -> font size before the matrix.
font_size = _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
#: (text object) -> FPDF_TEXTRENDERMODE_*.
render_mode = _bound(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _POINTER)
#: (text object) -> font or None.
font = _bound(pdfium.FPDFTextObj_GetFont, _POINTER, _POINTER)
#: (page object) -> id of the marked content that it is in, or -1.
content_id = _bound(pdfium.FPDFPageObj_GetMarkedContentID, _INT, _POINTER)
#: (structure element) -> children and marked contents.
count_children = _bound(pdfium.FPDF_StructElement_CountChildren, _INT, _POINTER)
#: (structure element, index) -> structure element or None.
child = _bound(pdfium.FPDF_StructElement_GetChildAtIndex, _POINTER, _POINTER, _INT)
#: (structure element, index) -> id of a marked content, or -1.
child_content_id = _bound(pdfium.FPDF_StructElement_GetChildMarkedContentID, _INT, _POINTER, _INT)
#: (font, buffer, length) -> length with the terminating zero.
font_name = _bound(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
#: (path object) -> segments, or -1.
count_segments = _bound(pdfium.FPDFPath_CountSegments, _INT, _POINTER)
#: (path object, index) -> segment or None.
segment = _bound(pdfium.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
#: (segment, address of x, address of y; floats) -> success.
segment_point = _bound(pdfium.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
#: (segment) -> FPDF_SEGMENT_*.
segment_type = _bound(pdfium.FPDFPathSegment_GetType, _INT, _POINTER)
#: (segment) -> whether it is the last of a closed part.
segment_closes = _bound(pdfium.FPDFPathSegment_GetClose, _INT, _POINTER)


def handle(pointer: Any) -> Handle:
    """Address behind a pointer that pypdfium2's bindings gave; 0 for a null pointer."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
