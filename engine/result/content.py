"""The content of a result, written block by block."""

from __future__ import annotations

from contract.options import ContentFormat
from engine.reading.page import Block, Figure, Line, Paragraph, ReadPage, Table
from engine.result.markup import MARKUP, Around
from engine.result.places import (
    Place,
    PlacedBlock,
    PlacedCell,
    PlacedFigure,
    PlacedLine,
    PlacedPage,
    PlacedParagraph,
    PlacedTable,
)

_BETWEEN_LINES = "\n"


class Writer:
    """Writes pages one after the other."""

    def __init__(self, content_format: ContentFormat) -> None:
        self._markup = MARKUP[content_format]
        self._written: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._paragraphs = self._tables = self._figures = 0

    def content(self) -> str:
        """The content of all pages so far."""
        return "".join(self._written)

    def page(self, page: ReadPage) -> PlacedPage:
        """Writes the next page and tells the places of all that is on it."""
        between = self._markup.between_pages
        if self._written and (between != _BETWEEN_LINES or (self._length and (page.blocks or page.barcodes))):
            self._put(between)
            self._take()
        start = self._length
        blocks = self._blocks(page)
        barcodes = self._barcodes(page, start)
        return PlacedPage(page, self._take(), start, self._length, blocks, barcodes)

    def _take(self) -> str:
        """What was put since the last time, as one text."""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._written.append(text)
        return text

    def _put(self, text: str) -> int:
        """Appends and returns the offset of what was appended."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start

    def _blocks(self, page: ReadPage) -> list[PlacedBlock]:
        start = self._length
        blocks: list[PlacedBlock] = []
        figures = 0
        for block in page.blocks:
            around = self._around(block)
            if self._length > start:
                self._put(around.apart + self._markup.between_blocks)
            if isinstance(block, Figure):
                figures += 1
                blocks.append(self._figure(block, f"{page.number}.{figures}"))
            elif isinstance(block, Table):
                blocks.append(self._table(block))
            else:
                blocks.append(self._paragraph(block, around))
        return blocks

    def _barcodes(self, page: ReadPage, start: int) -> list[Place]:
        barcodes: list[Place] = []
        for number, barcode in enumerate(page.barcodes, 1):
            if self._length > start:
                self._put(self._markup.between_blocks)
            begin = self._put(self._markup.barcode(barcode, f"{page.number}.{number}"))
            barcodes.append((begin, self._length))
        return barcodes

    def _around(self, block: Block) -> Around:
        if isinstance(block, Paragraph):
            return self._markup.paragraph(block)
        return self._markup.table if isinstance(block, Table) else self._markup.figure

    def _paragraph(self, paragraph: Paragraph, around: Around | None) -> PlacedParagraph:
        """A paragraph; `around` is None within a table or figure, where the markup of its role has no place."""
        number = self._paragraphs
        self._paragraphs += 1
        start = self._put(around.before if around else "")
        in_html, plain = around is None, around == Around()
        # A heading is one line, and a comment is no place for more.
        between = _BETWEEN_LINES if plain or in_html else " "
        lines: list[PlacedLine] = []
        joined = True
        for line in paragraph.lines:
            if not joined:
                self._put(between)
            joined = line.hyphenated and self._markup.joins_hyphenated
            lines.append(self._line(line, plain, in_html, joined))
        if around:
            self._put(around.after)
        return PlacedParagraph(paragraph, number, start, self._length, lines)

    def _line(self, line: Line, plain: bool, in_html: bool, joined: bool) -> PlacedLine:
        places: list[Place] = []
        # Between two words of a line there is one space or nothing.
        position = 0
        last = len(line.words) - 1
        if plain:
            self._put(self._markup.line_start(line.text))
        for number, word in enumerate(line.words):
            if line.text.startswith(" ", position):
                self._put(" ")
                position += 1
            position += len(word.text)
            text = self._markup.word(word, in_html)
            start = self._put(text[:-1] if joined and number == last else text)
            places.append((start, self._length))
        return PlacedLine(line, places)

    def _inner(self, paragraphs: tuple[Paragraph, ...], around: Around, begin: int) -> list[PlacedParagraph]:
        """Paragraphs of a part of a table or figure that begins at `begin`."""
        self._put(around.before)
        if around.before:
            begin = self._length
        found: list[PlacedParagraph] = []
        for paragraph in paragraphs:
            if self._length > begin:
                self._put(_BETWEEN_LINES)
            found.append(self._paragraph(paragraph, None))
        self._put(around.after)
        return found

    def _outer(self, paragraphs: tuple[Paragraph, ...], begin: int) -> list[PlacedParagraph]:
        """Paragraphs that stand as they would stand alone, in or after a table or figure."""
        found: list[PlacedParagraph] = []
        for paragraph in paragraphs:
            if self._length > begin:
                self._put(self._markup.between_blocks)
            found.append(self._paragraph(paragraph, Around()))
        return found

    def _table(self, table: Table) -> PlacedTable:
        number = self._tables
        self._tables += 1
        markup = self._markup
        start = self._put(markup.table.before)
        caption = self._inner(table.caption, markup.caption, start) if table.caption else []
        cells: list[PlacedCell] = []
        row = None
        for cell in table.cells:
            if cell.row != row:
                self._put((markup.row.after if cells else "") + markup.row.before)
                row = cell.row
            cells.append(PlacedCell(cell, self._inner(cell.paragraphs, markup.cell(cell), start)))
        self._put((markup.row.after if cells else "") + markup.table.after)
        return PlacedTable(table, number, start, self._length, caption, cells, self._outer(table.footnotes, start))

    def _figure(self, figure: Figure, identity: str) -> PlacedFigure:
        number = self._figures
        self._figures += 1
        markup = self._markup
        start = self._put(markup.figure.before)
        caption = self._inner(figure.caption, markup.figure_caption, start) if figure.caption else []
        inside: list[PlacedParagraph] = []
        if figure.paragraphs:
            self._put(markup.figure_text.before)
            inside = self._outer(figure.paragraphs, self._length if markup.figure_text.before else start)
            self._put(markup.figure_text.after)
        self._put(markup.figure.after)
        end = self._length
        footnotes = self._outer(figure.footnotes, start)
        return PlacedFigure(figure, number, identity, start, end, caption, inside, footnotes)
