"""The text of pictures that are embedded in a file, as far as there is time to read them."""

from __future__ import annotations

from typing import Final

from contract.errors import ApiError, Fault
from contract.options import AnalyzeOptions
from contract.page import LengthUnit
from engine import evidence, formats
from engine.image.document import opened
from engine.image.pixels import decoded
from engine.ocr.weights import WeightsMissing
from engine.office.text import NOWHERE
from engine.reading.page import Figure, Paragraph, paragraphs
from engine.reading.read import read
from engine.scan import read as scan

# A picture takes about a second; the pictures of one file are read one after the other.
_MOST_PICTURES: Final = 12
_MOST_PIXELS: Final = 24_000_000


class Pictures:
    """Reads the pictures of one file; one that is shown again is read once."""

    def __init__(self, options: AnalyzeOptions) -> None:
        self._options = options
        self._pictures = _MOST_PICTURES
        self._pixels = _MOST_PIXELS
        self._known: dict[bytes, Figure | None] = {}

    def figure(self, untrusted_image: bytes) -> Figure | None:
        """The picture with its text; None when it is too small to be more than decoration.

        It has no text when its format is not read here or no time is left.
        """
        if untrusted_image not in self._known:
            try:
                self._known[untrusted_image] = Figure(NOWHERE, self._text(untrusted_image))
            except ApiError as refused:
                small = refused.fault is Fault.INVALID_CONTENT_DIMENSIONS
                self._known[untrusted_image] = None if small else Figure(NOWHERE)
        return self._known[untrusted_image]

    def _text(self, untrusted_image: bytes) -> tuple[Paragraph, ...]:
        view = memoryview(untrusted_image)
        kind = formats.sniff(view)
        if kind not in formats.IMAGES:
            return ()
        with opened(view, kind) as document:
            width, height = document.image.size
            if not self._pictures or width * height > self._pixels:
                return ()
            self._pictures -= 1
            self._pixels -= width * height
            pixels = decoded(document, 0).pixels
        try:
            words = tuple(scan.seen(pixels, self._options).words)
        except WeightsMissing:
            return ()
        seen = evidence.Page(1, float(pixels.shape[1]), float(pixels.shape[0]), LengthUnit.PIXEL, words)
        return tuple(paragraphs(read(seen).blocks))
