"""The pages of a PDF, as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from contract.options import AnalyzeOptions
from engine.evidence import Page
from engine.ocr.weights import WeightsMissing
from engine.pdf import document, page
from engine.pdf.drawings import NOTHING_DRAWN, Drawings
from engine.pdf.recognize import Need, codes, need, words


class PdfSource:
    """The pages of an open PDF; measures in inches."""

    def __init__(self, opened: document.Document, options: AnalyzeOptions) -> None:
        self._document = opened
        self._options = options

    @property
    def page_count(self) -> int:
        return document.page_count(self._document)

    def quickly(self, number: int) -> Page | None:
        """The evidence of a page whose text layer says all; None when pixels must be read."""
        with page.opened(self._document, number) as found:
            if found is None:
                return page.unreadable(number)
            if need(found) is not Need.NOTHING:
                return None
            return found.evidence(found.words, codes(found, self._options), self._drawings(found))

    def read(self, number: int) -> Page:
        """The evidence of the page with this number, from 1.

        Without the weights of recognition it is what the text layer says.
        """
        with page.opened(self._document, number) as found:
            if found is None:
                return page.unreadable(number)
            try:
                seen = words(found, need(found), self._options)
            except WeightsMissing:
                seen = found.words
            return found.evidence(seen, codes(found, self._options), self._drawings(found))

    def _drawings(self, found: page.OpenPage) -> Drawings:
        return found.drawings() if self._options.asks_for_layout else NOTHING_DRAWN


@contextmanager
def opened(untrusted_document: memoryview, options: AnalyzeOptions) -> Iterator[PdfSource]:
    """The pages of a PDF. Raises: ApiError as `document.opened` does."""
    with document.opened(untrusted_document) as found:
        yield PdfSource(found, options)
