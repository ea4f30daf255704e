"""A page that was read: blocks of lines of words, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from contract.layout import CellKind, ParagraphRole
from contract.page import LengthUnit
from engine.evidence import Barcode, Quad, SeenPart, Word


class Line(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Words that follow each other on one line; `text` joins them, with spaces where the script has them.

    `hyphenated`: the hyphen at its end is there only because the line ends.
    """

    text: str
    quad: Quad
    words: tuple[Word, ...]
    hyphenated: bool = False


class Paragraph(msgspec.Struct, frozen=True, gc=False, array_like=True, tag="paragraph"):
    """Lines that read as one. `level`: of a heading, 1 to 6, the title's is 1; 0 for what is none."""

    quad: Quad
    lines: tuple[Line, ...]
    role: ParagraphRole | None = None
    level: int = 0


class Cell(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A cell of a table; `row` and `column` count from 0, the spans from 1."""

    row: int
    column: int
    quad: Quad
    paragraphs: tuple[Paragraph, ...]
    row_span: int = 1
    column_span: int = 1
    kind: CellKind = CellKind.CONTENT


class Table(msgspec.Struct, frozen=True, gc=False, array_like=True, tag="table"):
    """A table; `cells` by rows, each place of the grid in exactly one. `quad` leaves out caption and footnotes."""

    quad: Quad
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    caption: tuple[Paragraph, ...] = ()
    footnotes: tuple[Paragraph, ...] = ()


class Figure(msgspec.Struct, frozen=True, gc=False, array_like=True, tag="figure"):
    """A picture and the text in it. `quad` leaves out caption and footnotes."""

    quad: Quad
    paragraphs: tuple[Paragraph, ...] = ()
    caption: tuple[Paragraph, ...] = ()
    footnotes: tuple[Paragraph, ...] = ()


Block = Paragraph | Table | Figure


class Pair(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A label of a form and what was filled in, as positions in `words(page.blocks)`; `value` may be empty."""

    key: tuple[int, ...]
    value: tuple[int, ...]
    confidence: float


class ReadPage(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A page of the document; measures and coordinates as in `engine.evidence.Page`.

    `angle`: clockwise degrees of the direction that most of the text runs in, -180 < angle <= 180.
    `unit` is None for a page without geometry, of an Office or HTML file; its measures and quads say nothing.
    `unread`, `recognized`, `parts`: as in `engine.evidence.Page`.
    """

    number: int
    width: float
    height: float
    unit: LengthUnit | None
    angle: float
    blocks: tuple[Block, ...]
    readable: bool
    barcodes: tuple[Barcode, ...] = ()
    pairs: tuple[Pair, ...] = ()
    unread: int = 0
    recognized: bool = False
    parts: tuple[SeenPart, ...] = ()


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """All paragraphs, also those within tables and figures, in the order of the content."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        yield from block.caption
        if isinstance(block, Table):
            for cell in block.cells:
                yield from cell.paragraphs
        else:
            yield from block.paragraphs
        yield from block.footnotes


def words(blocks: tuple[Block, ...]) -> Iterator[Word]:
    """All words and selection marks, in the order of the content."""
    for paragraph in paragraphs(blocks):
        for line in paragraph.lines:
            yield from line.words
