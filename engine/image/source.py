"""The pages of an image file, as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from contract.errors import ApiError, Detail, Fault
from contract.options import AnalyzeOptions, Feature
from contract.page import LengthUnit
from engine.evidence import Page
from engine.formats import Format
from engine.image import document
from engine.image.pixels import decoded
from engine.ocr.weights import WeightsMissing
from engine.scan import read
from engine.scan.barcodes import barcodes
from engine.scan.scale import scaled, scaled_drawings


class ImageSource:
    """The pages of an open image file; measures in pixels of the image as it is displayed."""

    def __init__(self, opened: document.Document, options: AnalyzeOptions) -> None:
        self._document = opened
        self._options = options

    @property
    def page_count(self) -> int:
        return len(self._document.frames)

    def quickly(self, number: int) -> Page | None:
        """None: every image needs recognition."""
        return None

    def read(self, number: int) -> Page:
        """The evidence of the page with this number, from 1.

        A broken page of a file with other pages is not `readable`.
        Raises: ApiError INVALID_CONTENT when the only page is broken, INVALID_CONTENT_DIMENSIONS when it is
        too small or too large, UNSUPPORTED_CONTENT when the weights are missing.
        """
        try:
            picture = decoded(self._document, number - 1)
        except ApiError as refused:
            if refused.fault is Fault.INVALID_CONTENT and self.page_count > 1:
                return Page(number, 0.0, 0.0, LengthUnit.PIXEL, (), readable=False)
            raise ApiError(refused.fault, target=str(number)) from refused
        try:
            found = read.seen(picture.pixels, self._options)
        except WeightsMissing as missing:
            raise ApiError(Fault.UNSUPPORTED_CONTENT, Detail.NO_WEIGHTS) from missing
        factor = picture.width / picture.pixels.shape[1]
        words = tuple(scaled(word, factor) for word in found.words)
        wanted = Feature.BARCODES in self._options.features
        codes = tuple(scaled(code, factor) for code in barcodes(picture.pixels)) if wanted else ()
        mesh = found.mesh.scaled(factor) if found.mesh else None
        size = (mesh.width, mesh.height) if mesh else (float(picture.width), float(picture.height))
        drawn = scaled_drawings(found.drawn, factor)
        return Page(
            number,
            *size,
            LengthUnit.PIXEL,
            words,
            True,
            codes,
            drawn.rules,
            drawn.fills,
            drawn.pictures,
            unread=found.unread,
            recognized=True,
            tables=drawn.tables,
            mesh=mesh,
            parts=drawn.parts,
        )


@contextmanager
def opened(untrusted_document: memoryview, kind: Format, options: AnalyzeOptions) -> Iterator[ImageSource]:
    """The pages of a file of this format. Raises: ApiError as `document.opened` does."""
    with document.opened(untrusted_document, kind) as found:
        yield ImageSource(found, options)
