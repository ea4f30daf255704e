"""The fields that a page of a PDF has for a form: buttons that are on or off, and entries to write into."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.pdf.annotations import MAX_ANNOTATIONS
from engine.pdf.boxes import Box

_HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_OFF = "Off"
# Kinds of field that hold text; one that has no kind of its own is one of several places of a field.
_WRITTEN = ("Tx", "Ch", "")
_MOST_BYTES = 256


class Button(NamedTuple):
    """A check box or radio button. `box` in user space."""

    box: Box
    selected: bool


class Entry(NamedTuple):
    """A field of text or of a choice. `box` in user space; `value` as far as it is short and its own."""

    box: Box
    value: str


class Fields(NamedTuple):
    """The fields of a page, in the order of its annotations."""

    buttons: tuple[Button, ...]
    entries: tuple[Entry, ...]


def fields(page: Any) -> Fields:
    """The visible fields of a page that is not flattened yet."""
    buttons, entries = [], []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rectangle = pdfium.FS_RECTF()
        if (
            pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET
            and not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN
            and pdfium.FPDFAnnot_GetRect(annotation, rectangle)
        ):
            box = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            # Only buttons that are on or off name the state that their appearance shows.
            if untrusted_state := _text(annotation, b"AS"):
                buttons.append(Button(box, untrusted_state != _OFF))
            elif _text(annotation, b"FT") in _WRITTEN:
                entries.append(Entry(box, _text(annotation, b"V")))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return Fields(tuple(buttons), tuple(entries))


def _text(annotation: Any, key: bytes) -> str:
    """A string or name of an annotation; empty when there is none."""
    buffer = (ctypes.c_ushort * (_MOST_BYTES // 2))()
    count = pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, _MOST_BYTES)
    return bytes(buffer)[: min(count, _MOST_BYTES)].decode("utf-16-le", errors="replace").rstrip("\x00")
