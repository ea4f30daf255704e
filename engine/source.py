"""Where evidence comes from: the pages of a document, whatever its format."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from contract.options import AnalyzeOptions
from engine import formats
from engine.evidence import Page
from engine.formats import Format
from engine.image import source as image
from engine.pdf import source as pdf


class Source(Protocol):
    """The pages of an open document, numbered from 1."""

    @property
    def page_count(self) -> int:
        """At least 1. Raises: ApiError INVALID_CONTENT when the document has no pages."""

    def quickly(self, number: int) -> Page | None:
        """The evidence of a page in milliseconds, or None when recognition must take its seconds."""

    def read(self, number: int) -> Page:
        """The evidence of a page. Raises: ApiError with the fault of the page or of the document."""


def opened(untrusted_document: memoryview, options: AnalyzeOptions) -> AbstractContextManager[Source]:
    """The pages of a document.

    Raises: ApiError as `formats.readable` does, and INVALID_CONTENT when the document cannot be opened.
    """
    kind = formats.readable(untrusted_document)
    if kind is Format.PDF:
        return pdf.opened(untrusted_document, options)
    return image.opened(untrusted_document, kind, options)
