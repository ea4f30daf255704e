"""Text that stands on a page in annotations: form fields, text boxes, stamps."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

#: Annotations looked at on one page.
MAX_ANNOTATIONS = 10_000

_WITH_TEXT = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP})


def flatten(page: Any) -> bool:
    """Draws the appearances of annotations into the page when any of them can hold text.

    The page object in memory changes, not the document that was sent; nothing is executed. True when the
    page must be loaded anew to show it.
    """
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if subtype in _WITH_TEXT:
            return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)
    return False
