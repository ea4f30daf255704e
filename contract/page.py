"""What a page of a result holds.

Coordinates: the origin is the top-left corner of the page as sent; x grows to the right, y downwards.
Units: inches for PDF, pixels for images. A polygon is 8 floats x1,y1..x4,y4, clockwise from the corner
that is top-left relative to the text's own orientation. Confidence: 0..1. Spans count characters of
`content` in the string index type of the request.
"""

from __future__ import annotations

from enum import StrEnum

from contract.wire import Wire

Polygon = list[float]


class LengthUnit(StrEnum):
    """Unit of width, height and polygons."""

    PIXEL = "pixel"
    INCH = "inch"


class Span(Wire, kw_only=True):
    """A region of `content`: zero-based offset and length, in characters of the string index type."""

    offset: int
    length: int


class BoundingRegion(Wire, kw_only=True):
    """A polygon on a page; `page_number` counts from 1."""

    page_number: int
    polygon: Polygon


class Word(Wire, kw_only=True):
    """A run of characters without space; in scripts without spaces, one character."""

    content: str
    polygon: Polygon | None = None
    confidence: float
    span: Span


class Line(Wire, kw_only=True):
    """Words (and selection marks) that follow each other on one line."""

    content: str
    polygon: Polygon | None = None
    spans: list[Span]


class SelectionState(StrEnum):
    """Whether a check box or radio button is marked."""

    SELECTED = "selected"
    UNSELECTED = "unselected"


class SelectionMark(Wire, kw_only=True):
    """A check box, radio button or tick; stands as `:selected:` or `:unselected:` in text content."""

    state: SelectionState
    polygon: Polygon | None = None
    span: Span
    confidence: float


class BarcodeKind(StrEnum):
    """The kinds of barcode of the protocol."""

    QR_CODE = "QRCode"
    PDF417 = "PDF417"
    UPC_A = "UPCA"
    UPC_E = "UPCE"
    CODE_39 = "Code39"
    CODE_128 = "Code128"
    EAN_8 = "EAN8"
    EAN_13 = "EAN13"
    DATA_BAR = "DataBar"
    CODE_93 = "Code93"
    CODABAR = "Codabar"
    DATA_BAR_EXPANDED = "DataBarExpanded"
    ITF = "ITF"
    MICRO_QR_CODE = "MicroQRCode"
    AZTEC = "Aztec"
    DATA_MATRIX = "DataMatrix"
    MAXI_CODE = "MaxiCode"


class Barcode(Wire, kw_only=True):
    """A barcode; stands as `:barcode:` in text content."""

    kind: BarcodeKind
    value: str
    polygon: Polygon | None = None
    span: Span
    confidence: float


class FormulaKind(StrEnum):
    """Inline: within a paragraph. Display: a line of its own."""

    INLINE = "inline"
    DISPLAY = "display"


class Formula(Wire, kw_only=True):
    """A formula; `value` is LaTeX; stands as `:formula:` in text content."""

    kind: FormulaKind
    value: str
    polygon: Polygon | None = None
    span: Span
    confidence: float


class Page(Wire, kw_only=True):
    """One page of the input. `angle`: clockwise degrees of the text in (-180, 180]."""

    page_number: int
    angle: float | None = None
    width: float | None = None
    height: float | None = None
    unit: LengthUnit | None = None
    spans: list[Span]
    words: list[Word] | None = None
    selection_marks: list[SelectionMark] | None = None
    lines: list[Line] | None = None
    barcodes: list[Barcode] | None = None
    formulas: list[Formula] | None = None
