"""Check boxes and radio buttons that a PDF has as fields of a form."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.pdf.annotations import MAX_ANNOTATIONS
from engine.pdf.boxes import Box

_HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_OFF = "Off"
_MOST_BYTES = 256


class Button(NamedTuple):
    """A field of the page. `box` in user space."""

    box: Box
    selected: bool


def buttons(page: Any) -> list[Button]:
    """The buttons of a page that is not flattened yet, in the order of its annotations.

    Only fields that are on or off name the state that their appearance shows.
    """
    found = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rectangle = pdfium.FS_RECTF()
        if (
            pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET
            and not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN
            and pdfium.FPDFAnnot_GetRect(annotation, rectangle)
            and (untrusted_state := _text(annotation, b"AS"))
        ):
            box = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            found.append(Button(box, untrusted_state != _OFF))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _text(annotation: Any, key: bytes) -> str:
    """A string or name of an annotation; empty when there is none."""
    buffer = (ctypes.c_ushort * (_MOST_BYTES // 2))()
    count = pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, _MOST_BYTES)
    return bytes(buffer)[: min(count, _MOST_BYTES)].decode("utf-16-le", errors="replace").rstrip("\x00")
