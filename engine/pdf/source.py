"""The pages of a PDF, as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from msgspec.structs import replace

from contract.options import AnalyzeOptions, Feature
from engine.evidence import NOTHING_DRAWN, Heading, Page
from engine.ocr.weights import WeightsMissing
from engine.pdf import document, page
from engine.pdf.looks import on_fills
from engine.pdf.marks import with_marks
from engine.pdf.outline import headings
from engine.pdf.recognize import Need, codes, need, seen
from engine.scan.read import Seen


class PdfSource:
    """The pages of an open PDF; measures in inches."""

    def __init__(self, opened: document.Document, options: AnalyzeOptions) -> None:
        self._document = opened
        self._options = options
        self._looks = Feature.STYLE_FONT in options.features

    @property
    def page_count(self) -> int:
        return document.page_count(self._document)

    def quickly(self, number: int) -> Page | None:
        """The evidence of a page whose text layer says all; None when pixels must be read."""
        with page.opened(self._document, number, self._options.features) as found:
            if found is None:
                return page.unreadable(number)
            if need(found) is not Need.NOTHING:
                return None
            return self._evidence(found, Seen(found.words, NOTHING_DRAWN))

    def read(self, number: int) -> Page:
        """The evidence of the page with this number, from 1.

        Without the weights of recognition it is what the text layer says.
        """
        with page.opened(self._document, number, self._options.features) as found:
            if found is None:
                return page.unreadable(number)
            wanted = need(found)
            try:
                shown = seen(found, wanted, self._options)
            except WeightsMissing:
                wanted, shown = Need.NOTHING, Seen(found.words, NOTHING_DRAWN)
            recognized = wanted is Need.ALL or (wanted is Need.OTHERS and not found.words)
            evidence = replace(self._evidence(found, shown), recognized=recognized)
            mesh = shown.mesh
            return replace(evidence, width=mesh.width, height=mesh.height, mesh=mesh) if mesh else evidence

    def _evidence(self, found: page.OpenPage, shown: Seen) -> Page:
        barcodes = codes(found, self._options)
        if not self._options.asks_for_layout:
            words = on_fills(shown.words, found.drawings().fills) if self._looks else shown.words
            return found.evidence(words, barcodes, unread=shown.unread)
        # What the PDF draws beside a photograph is not flat.
        drawn = shown.drawn if shown.mesh else found.drawings().beside(shown.drawn)
        words = on_fills(shown.words, drawn.fills) if self._looks else shown.words
        words = with_marks(found, words, drawn)
        return found.evidence(words, barcodes, drawn, self._headings.get(found.number, ()), shown.unread)

    @cached_property
    def _headings(self) -> dict[int, list[Heading]]:
        return headings(self._document)


@contextmanager
def opened(untrusted_document: memoryview, options: AnalyzeOptions) -> Iterator[PdfSource]:
    """The pages of a PDF. Raises: ApiError as `document.opened` does."""
    with document.opened(untrusted_document) as found:
        yield PdfSource(found, options)
