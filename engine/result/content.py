"""The content of a result and where everything read stands in it."""

from __future__ import annotations

import msgspec

from contract.options import ContentFormat
from engine.evidence import Barcode
from engine.reading.page import Line, Paragraph, ReadPage
from engine.text import clean

_PAGE_BREAK = "<!-- PageBreak -->"
_BARCODE = ":barcode:"
_BETWEEN_LINES = "\n"
_BETWEEN_PARAGRAPHS = {ContentFormat.TEXT: "\n", ContentFormat.MARKDOWN: "\n\n"}
_BETWEEN_PAGES = {ContentFormat.TEXT: "\n", ContentFormat.MARKDOWN: f"\n\n{_PAGE_BREAK}\n\n"}


class PlacedLine(msgspec.Struct, frozen=True):
    """A line and its offset; `offsets` are those of its words. All in code points of the content."""

    line: Line
    offset: int
    offsets: list[int]


class PlacedParagraph(msgspec.Struct, frozen=True):
    """A paragraph from `start` to `end`, code points of the content."""

    paragraph: Paragraph
    start: int
    end: int
    lines: list[PlacedLine]


class PlacedPage(msgspec.Struct, frozen=True):
    """A page from `start` to `end`, code points of the content. `barcodes`: start and end of each."""

    page: ReadPage
    start: int
    end: int
    paragraphs: list[PlacedParagraph]
    barcodes: list[tuple[int, int]]


def placed(pages: list[ReadPage], content_format: ContentFormat) -> tuple[str, list[PlacedPage]]:
    """The content of all pages and the place of each of them in it."""
    writer = _Writer(content_format)
    return writer.written(pages)


class _Writer:
    def __init__(self, content_format: ContentFormat) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._between_paragraphs = _BETWEEN_PARAGRAPHS[content_format]
        self._markdown = content_format is ContentFormat.MARKDOWN
        self._between_pages = _BETWEEN_PAGES[content_format]

    def written(self, pages: list[ReadPage]) -> tuple[str, list[PlacedPage]]:
        found = []
        for number, page in enumerate(pages):
            if number and (
                self._between_pages != _BETWEEN_LINES or (self._length and (page.paragraphs or page.barcodes))
            ):
                self._put(self._between_pages)
            found.append(self._page(page))
        return "".join(self._pieces), found

    def _put(self, text: str) -> int:
        """Appends and returns the offset of what was appended."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start

    def _page(self, page: ReadPage) -> PlacedPage:
        start = self._length
        paragraphs = []
        for number, paragraph in enumerate(page.paragraphs):
            if number:
                self._put(self._between_paragraphs)
            paragraphs.append(self._paragraph(paragraph))
        barcodes = []
        for number, barcode in enumerate(page.barcodes, 1):
            if self._length > start:
                self._put(self._between_paragraphs)
            begin = self._put(self._barcode(barcode, page.number, number))
            barcodes.append((begin, self._length))
        return PlacedPage(page, start, self._length, paragraphs, barcodes)

    def _barcode(self, barcode: Barcode, page: int, number: int) -> str:
        if not self._markdown:
            return _BARCODE
        value = " ".join([clean(part) for part in barcode.value.split()]).replace("\\", "\\\\").replace('"', '\\"')
        return f'![{barcode.kind}](barcodes/{page}.{number} "{value}")'

    def _paragraph(self, paragraph: Paragraph) -> PlacedParagraph:
        start = self._length
        lines = []
        for number, line in enumerate(paragraph.lines):
            if number:
                self._put(_BETWEEN_LINES)
            lines.append(self._line(line))
        return PlacedParagraph(paragraph, start, self._length, lines)

    def _line(self, line: Line) -> PlacedLine:
        offset = place = self._put(line.text)
        offsets = []
        for word in line.words:
            # Between two words of a line there is one space or nothing.
            if line.text.startswith(" ", place - offset):
                place += 1
            offsets.append(place)
            place += len(word.text)
        return PlacedLine(line, offset, offsets)
