"""What a result says about the structure of the document, across its pages.

`elements` are JSON pointers into the result, such as `/paragraphs/15` or `/tables/0`.
"""

from __future__ import annotations

from enum import StrEnum

from contract.page import BoundingRegion, Span
from contract.wire import Wire


class ParagraphRole(StrEnum):
    """The part that a paragraph plays on its page."""

    PAGE_HEADER = "pageHeader"
    PAGE_FOOTER = "pageFooter"
    PAGE_NUMBER = "pageNumber"
    TITLE = "title"
    SECTION_HEADING = "sectionHeading"
    FOOTNOTE = "footnote"
    FORMULA_BLOCK = "formulaBlock"


class Paragraph(Wire, kw_only=True):
    """Lines that read as one; `content` joins them."""

    role: ParagraphRole | None = None
    content: str
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]


class CellKind(StrEnum):
    """The part that a cell plays in its table."""

    CONTENT = "content"
    ROW_HEADER = "rowHeader"
    COLUMN_HEADER = "columnHeader"
    STUB_HEAD = "stubHead"
    DESCRIPTION = "description"


class TableCell(Wire, kw_only=True):
    """A cell; row and column indices count from 0, spans of rows and columns from 1."""

    kind: CellKind = CellKind.CONTENT
    row_index: int
    column_index: int
    row_span: int = 1
    column_span: int = 1
    content: str
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]
    elements: list[str] | None = None


class Caption(Wire, kw_only=True):
    """The caption of a table or figure."""

    content: str
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]
    elements: list[str] | None = None


class Footnote(Wire, kw_only=True):
    """A footnote of a table or figure."""

    content: str
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]
    elements: list[str] | None = None


class Table(Wire, kw_only=True):
    """A table; its bounding regions leave out caption and footnotes."""

    row_count: int
    column_count: int
    cells: list[TableCell]
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]
    caption: Caption | None = None
    footnotes: list[Footnote] | None = None


class Figure(Wire, kw_only=True):
    """A figure; `id` is `{page number}.{index on the page}`, both from 1."""

    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]
    elements: list[str] | None = None
    caption: Caption | None = None
    footnotes: list[Footnote] | None = None
    id: str | None = None


class Section(Wire, kw_only=True):
    """A section and its children, in reading order."""

    spans: list[Span]
    elements: list[str] | None = None


class KeyValueElement(Wire, kw_only=True):
    """The key or the value of a pair."""

    content: str
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]


class KeyValuePair(Wire, kw_only=True):
    """A label of a form and what was filled in; `value` is absent where nothing was."""

    key: KeyValueElement
    value: KeyValueElement | None = None
    confidence: float


class FontStyle(StrEnum):
    """Slant of a font."""

    NORMAL = "normal"
    ITALIC = "italic"


class FontWeight(StrEnum):
    """Weight of a font."""

    NORMAL = "normal"
    BOLD = "bold"


class Style(Wire, kw_only=True):
    """A style and where it applies; colours are `#rrggbb`."""

    is_handwritten: bool | None = None
    similar_font_family: str | None = None
    font_style: FontStyle | None = None
    font_weight: FontWeight | None = None
    color: str | None = None
    background_color: str | None = None
    spans: list[Span]
    confidence: float


class Language(Wire, kw_only=True):
    """A language (ISO 639-1 or BCP 47) and where it is spoken."""

    locale: str
    spans: list[Span]
    confidence: float
