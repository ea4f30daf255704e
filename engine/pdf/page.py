"""Reads a page of a PDF into evidence."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from contract.errors import ApiError, Fault
from contract.limits import MAX_PAGE_INCHES
from contract.page import LengthUnit
from engine.evidence import Page
from engine.pdf import library
from engine.pdf.annotations import flatten
from engine.pdf.document import Document
from engine.pdf.geometry import Frame
from engine.pdf.words import words

# A page whose images cover this share of it is a scan, and its invisible text is what was read of it.
_SCAN_COVERS = 0.5
_MAX_OBJECTS = 20_000

_LETTER = (8.5, 11.0)


def read(document: Document, number: int) -> Page:
    """The evidence of the page with this number, from 1; sizes in inches.

    A page that pdfium cannot load gives a page without words that is not `readable`.
    Raises: ApiError INVALID_CONTENT_DIMENSIONS when a side is longer than `MAX_PAGE_INCHES`.
    """
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        return _unreadable(number)
    try:
        frame = _frame(page)
        width, height = frame.size
        if max(width, height) > MAX_PAGE_INCHES:
            raise ApiError(Fault.INVALID_CONTENT_DIMENSIONS, target=str(number))
        if flatten(page):
            # What was flattened shows only in a page that is loaded anew.
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document, number - 1)
            if not page:
                return _unreadable(number)
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return _unreadable(number)
        try:
            handle = library.handle(text_page)
            count = pdfium.FPDFText_CountChars(text_page)
            found = words(handle, count, frame, keep_invisible=_is_scan(page, frame))
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        return Page(number, width, height, LengthUnit.INCH, tuple(found))
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def _unreadable(number: int) -> Page:
    return Page(number, *_LETTER, LengthUnit.INCH, (), readable=False)


def _frame(page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def _is_scan(page: Any, frame: Frame) -> bool:
    area = (frame.right - frame.left) * (frame.top - frame.bottom)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    covered = 0.0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        if pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            covered += (right.value - left.value) * (top.value - bottom.value)
    return covered > _SCAN_COVERS * area
