"""Where everything that was read stands in the content; all offsets are code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from engine.evidence import Word
from engine.reading.page import Cell, Figure, Line, Paragraph, ReadPage, Table

Place = tuple[int, int]
"""Start and end."""


class PlacedLine(msgspec.Struct, frozen=True, gc=False):
    """A line and the places of its words and selection marks."""

    line: Line
    words: list[Place]


class PlacedParagraph(msgspec.Struct, frozen=True, gc=False):
    """A paragraph with the markup that tells its role; `number`: its position among all of the result."""

    paragraph: Paragraph
    number: int
    start: int
    end: int
    lines: list[PlacedLine]


class PlacedCell(msgspec.Struct, frozen=True, gc=False):
    """A cell; without paragraphs it has no place."""

    cell: Cell
    paragraphs: list[PlacedParagraph]


class PlacedTable(msgspec.Struct, frozen=True, gc=False):
    """A table with its markup; its footnotes stand after its end. `number`: its position among all tables."""

    table: Table
    number: int
    start: int
    end: int
    caption: list[PlacedParagraph]
    cells: list[PlacedCell]
    footnotes: list[PlacedParagraph]

    def paragraphs(self) -> Iterator[PlacedParagraph]:
        """All of them, in the order of the content."""
        yield from self.caption
        for cell in self.cells:
            yield from cell.paragraphs
        yield from self.footnotes


class PlacedFigure(msgspec.Struct, frozen=True, gc=False):
    """A figure with its markup; its footnotes stand after its end. `id`: page number and position on the page."""

    figure: Figure
    number: int
    id: str
    start: int
    end: int
    caption: list[PlacedParagraph]
    inside: list[PlacedParagraph]
    footnotes: list[PlacedParagraph]

    def paragraphs(self) -> Iterator[PlacedParagraph]:
        """All of them, in the order of the content."""
        yield from self.caption
        yield from self.inside
        yield from self.footnotes


PlacedBlock = PlacedParagraph | PlacedTable | PlacedFigure


class PlacedPage(msgspec.Struct, frozen=True, gc=False):
    """A page; `text` is its part of the content, `barcodes` are the places of its barcodes, in their order."""

    page: ReadPage
    text: str
    start: int
    end: int
    blocks: list[PlacedBlock]
    barcodes: list[Place]

    def paragraphs(self) -> Iterator[PlacedParagraph]:
        """All of them, in the order of the content."""
        for block in self.blocks:
            if isinstance(block, PlacedParagraph):
                yield block
            else:
                yield from block.paragraphs()

    def words(self) -> Iterator[tuple[Word, Place]]:
        """All words and selection marks, in the order of the content."""
        for paragraph in self.paragraphs():
            for line in paragraph.lines:
                yield from zip(line.line.words, line.words, strict=True)


def merged(places: Iterable[Place], text: str, start: int = 0) -> list[Place]:
    """Places in ascending order, those as one that nothing but space parts; `text` stands at `start`."""
    found: list[Place] = []
    for place in places:
        if found and not text[found[-1][1] - start : place[0] - start].strip():
            found[-1] = (found[-1][0], place[1])
        else:
            found.append(place)
    return found
