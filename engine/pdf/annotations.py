"""Text that stands on a page in annotations: form fields, text boxes, stamps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.pdf.document import Document

#: Annotations looked at on one page.
MAX_ANNOTATIONS = 10_000

_WITH_TEXT = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP})
_FORM_VERSION = 2


def flatten(document: Document, page: Any) -> bool:
    """Draws the appearances of annotations into the page when any of them can hold text.

    The page object in memory changes, not the document that was sent; nothing is executed. True when the
    page must be loaded anew to show it.
    """
    kinds, bare = set(), False
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        kinds.add(kind)
        bare |= kind == pdfium.FPDF_ANNOT_WIDGET and not pdfium.FPDFAnnot_HasKey(annotation, b"AP")
        pdfium.FPDFPage_CloseAnnot(annotation)
    if kinds.isdisjoint(_WITH_TEXT):
        return False
    with _filled(document, page) if bare else nullcontext():
        return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


@contextmanager
def _filled(document: Document, page: Any) -> Iterator[None]:
    """Has pdfium write the fields that leave it to the viewer, as many writers of forms do, while it lasts."""
    callbacks = pdfium.FPDF_FORMFILLINFO(version=_FORM_VERSION)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document, callbacks)
    if not form:
        yield
        return
    pdfium.FORM_OnAfterLoadPage(page, form)
    try:
        yield
    finally:
        pdfium.FORM_OnBeforeClosePage(page, form)
        pdfium.FPDFDOC_ExitFormFillEnvironment(form)
