"""What was seen on the pages of a document, before any reading order.

Every source of evidence (the text layer of a PDF, and others to come) gives these types, and reading
needs nothing else. Coordinates are in the page's unit; the origin is the top-left corner of the page as
it is displayed, x grows to the right and y downwards.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import msgspec

from contract.page import BarcodeKind, FormulaKind, LengthUnit, SelectionState
from engine.mesh import Mesh

#: Confidence of a word that the document itself spells out; what is seen in pixels has any other.
SPELLED_OUT = 0.995

Quad = tuple[float, float, float, float, float, float, float, float]
"""x1,y1..x4,y4, clockwise from the corner that is top-left in the text's own orientation."""


class Look(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a word looks like; colours are `#rrggbb`, and None is what is not known.

    `family`: of its font, as CSS names it, a generic one last. `background`: what it stands on.
    """

    family: str | None
    color: str | None
    background: str | None = None


class Formula(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a word stands for that is a formula; `latex` has balanced braces."""

    kind: FormulaKind
    latex: str


class Word(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Characters without space between them, in logical order, as `engine.text.clean` leaves them.

    `angle`: clockwise degrees of the text's direction on the page, -180 < angle <= 180.
    `size`: height of the font in the page's unit, above 0. `confidence`: 0..1.
    `mark`: the state of a selection mark, which stands among the words as `SELECTED` or `UNSELECTED`.
    `element`: index of the innermost of the page's `elements` that it stands in, -1 without one.
    `look`: where styles are asked for.
    `math`: its font is made for formulas. `formula`: what stands among the words as `FORMULA`.
    `by_hand`: how likely it was written by hand, 0..1; 0 in documents that state their text.
    """

    text: str
    quad: Quad
    angle: float
    size: float
    bold: bool
    confidence: float
    mark: SelectionState | None = None
    italic: bool = False
    element: int = -1
    look: Look | None = None
    math: bool = False
    formula: Formula | None = None
    by_hand: float = 0.0


#: The text of a formula.
FORMULA = ":formula:"
#: The text of a selection mark.
MARK_TEXTS = {state: f":{state}:" for state in SelectionState}

Box = tuple[float, float, float, float]
"""left, top, right, bottom."""


class Rule(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A straight line along or across the page, drawn or seen; `thickness` >= 0."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float


class Fill(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A box filled with one colour, `#rrggbb`."""

    box: Box
    color: str


class Picture(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Where a page shows what is no text: an image, or a drawing of many lines and curves.

    `alone`: text around it is none of its labels, as around a signature or a stamp.
    """

    box: Box
    alone: bool = False


class SeenCell(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A cell of a table as it looks: around what stands in it, and how many rows and columns it covers, from 1."""

    quad: Quad
    row_span: int = 1
    column_span: int = 1
    header: bool = False


SeenTable = tuple[tuple[SeenCell, ...], ...]
"""Rows of cells, as HTML gives them; they may contradict each other and the page."""


class SeenKind(StrEnum):
    """What a part of a page may look like."""

    HEADING = "heading"
    HEADER = "header"
    FOOTER = "footer"
    EQUATION = "equation"


class SeenPart(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A part of the page and what it looks like; it may be taken wrongly."""

    kind: SeenKind
    box: Box


class Drawings(NamedTuple):
    """What a page shows beside its text; nothing lies outside of the page."""

    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[SeenTable, ...] = ()
    parts: tuple[SeenPart, ...] = ()

    def beside(self, other: Drawings) -> Drawings:
        """These and others of the same page."""
        return Drawings(
            self.rules + other.rules,
            self.fills + other.fills,
            self.pictures + other.pictures,
            self.tables + other.tables,
            self.parts + other.parts,
        )


NOTHING_DRAWN = Drawings((), (), ())


class Heading(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A heading on the page, as the document's own outline names it; `level` counts from 1."""

    title: str
    level: int


class ElementKind(StrEnum):
    """What a document may say that a part of it is. An artifact is page furniture or decoration."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"
    HEADER_CELL = "headerCell"
    DATA_CELL = "dataCell"
    CAPTION = "caption"
    NOTE = "note"
    ARTIFACT = "artifact"


class Element(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A part of the page as the document itself states it, in a tree whose elements stand in reading order.

    `parent`: index of the element around it, always lower than its own; -1 without one. `level`: of a heading, 1 to 6.
    `row_span`, `column_span`: of a cell, from 1.
    """

    kind: ElementKind
    parent: int = -1
    level: int = 0
    row_span: int = 1
    column_span: int = 1


class Barcode(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A decoded barcode. `confidence`: 0..1."""

    kind: BarcodeKind
    value: str
    quad: Quad
    confidence: float


class Page(msgspec.Struct, frozen=True, array_like=True):
    """The words of one page, in the order of their source, and the page's measures in `unit`.

    `number` counts from 1. `readable` is false for a page of a good document that could not be read.
    `rules`, `fills`, `pictures`, `tables` and `headings` are looked for where layout is asked for.
    `unread` counts the lines that are likely in a script that is not read here. `elements`: what the document
    states of its structure, which may be wrong. `entries`: where a form, as it states, is written into.
    `recognized`: its words were read of pixels, all of them. `tables`: what looks like one on pixels.
    `mesh`: where the page lies in the image as sent, when it was made flat; all but its barcodes is flat then.
    `parts`: what parts of its text look like on pixels, where all of it was read of them.
    """

    number: int
    width: float
    height: float
    unit: LengthUnit
    words: tuple[Word, ...]
    readable: bool = True
    barcodes: tuple[Barcode, ...] = ()
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Picture, ...] = ()
    headings: tuple[Heading, ...] = ()
    unread: int = 0
    elements: tuple[Element, ...] = ()
    entries: tuple[Box, ...] = ()
    recognized: bool = False
    tables: tuple[SeenTable, ...] = ()
    mesh: Mesh | None = None
    parts: tuple[SeenPart, ...] = ()
