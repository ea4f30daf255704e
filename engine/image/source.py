"""The pages of an image file, as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from contract.errors import ApiError, Fault
from contract.options import AnalyzeOptions
from contract.page import LengthUnit
from engine.evidence import Page, Quad, Word
from engine.formats import Format
from engine.image import document
from engine.image.pixels import Picture, decoded
from engine.ocr.weights import WeightsMissing
from engine.scan import read

_NOT_INSTALLED = "This deployment reads no images: the weights of its text recognition are not installed."


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
            found = read.words(picture.pixels, self._options)
        except WeightsMissing as missing:
            raise ApiError(Fault.UNSUPPORTED_CONTENT, _NOT_INSTALLED) from missing
        words = tuple(_enlarged(word, picture) for word in found)
        return Page(number, float(picture.width), float(picture.height), LengthUnit.PIXEL, words)


@contextmanager
def opened(untrusted_document: memoryview, kind: Format, options: AnalyzeOptions) -> Iterator[ImageSource]:
    """The pages of a file of this format. Raises: ApiError as `document.opened` does."""
    with document.opened(untrusted_document, kind) as found:
        yield ImageSource(found, options)


def _enlarged(word: Word, picture: Picture) -> Word:
    """A word of pixels that were shrunk, in pixels of the page."""
    factor = picture.width / picture.pixels.shape[1]
    if factor == 1.0:
        return word
    x1, y1, x2, y2, x3, y3, x4, y4 = (round(value * factor, 2) for value in word.quad)
    quad: Quad = (x1, y1, x2, y2, x3, y3, x4, y4)
    return msgspec.structs.replace(word, quad=quad, size=word.size * factor)
