"""Opens a PDF; closes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # noqa: F401  (its import initializes pdfium)
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from contract.errors import ApiError, Detail, Fault
from engine.pdf.memory import address_of

Document = Any
"""An open FPDF_DOCUMENT."""


@contextmanager
def opened(untrusted_document: memoryview) -> Iterator[Document]:
    """The open document, which is closed on leaving.

    A document that only restricts its use (an owner's password) opens; the engine changes nothing but its
    own copy in memory. Raises: ApiError INVALID_CONTENT when it is broken or locked by a password.
    """
    # pdfium reads from this memory until the document is closed.
    with address_of(untrusted_document) as address:
        document = pdfium.FPDF_LoadMemDocument64(address, len(untrusted_document), None)
        if not document:
            raise ApiError(Fault.INVALID_CONTENT, Detail.LOCKED if _is_locked() else None)
        try:
            yield document
        finally:
            pdfium.FPDF_CloseDocument(document)


def page_count(document: Document) -> int:
    """Pages of the document.

    Raises: ApiError INVALID_CONTENT when it has none.
    """
    untrusted_count = pdfium.FPDF_GetPageCount(document)
    if untrusted_count < 1:
        raise ApiError(Fault.INVALID_CONTENT)
    return int(untrusted_count)


def _is_locked() -> bool:
    return int(pdfium.FPDF_GetLastError()) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
