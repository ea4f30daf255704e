"""What a caller can ask of an analysis, checked and typed."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

#: The model that gives text alone; every other one builds on the layout of pages.
READ: Final = "prebuilt-read"


class StringIndexType(StrEnum):
    """The unit in which offsets and lengths count characters of `content`."""

    TEXT_ELEMENTS = "textElements"
    UNICODE_CODE_POINT = "unicodeCodePoint"
    UTF16_CODE_UNIT = "utf16CodeUnit"


class ContentFormat(StrEnum):
    """Format of `content`."""

    TEXT = "text"
    MARKDOWN = "markdown"


class Feature(StrEnum):
    """Optional parts of an analysis."""

    OCR_HIGH_RESOLUTION = "ocrHighResolution"
    LANGUAGES = "languages"
    BARCODES = "barcodes"
    FORMULAS = "formulas"
    KEY_VALUE_PAIRS = "keyValuePairs"
    STYLE_FONT = "styleFont"
    QUERY_FIELDS = "queryFields"


class Output(StrEnum):
    """Additional files made during an analysis."""

    PDF = "pdf"
    FIGURES = "figures"


class PageRange(msgspec.Struct, frozen=True):
    """Pages `first` to `last`, both from 1 and both included; `last` None means to the end."""

    first: int
    last: int | None


class AnalyzeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """A checked request. `pages` empty means all pages."""

    model_id: str
    pages: tuple[PageRange, ...] = ()
    locale: str | None = None
    string_index_type: StringIndexType = StringIndexType.TEXT_ELEMENTS
    features: frozenset[Feature] = frozenset()
    query_fields: tuple[str, ...] = ()
    content_format: ContentFormat = ContentFormat.TEXT
    outputs: frozenset[Output] = frozenset()

    @property
    def asks_for_layout(self) -> bool:
        """Whether the structure of pages is wanted and not only their text."""
        return self.model_id != READ

    def selected(self, page_count: int) -> Iterator[int]:
        """Page numbers asked for that the document has, ascending, each once."""
        if not self.pages:
            yield from range(1, page_count + 1)
            return
        for number in range(1, page_count + 1):
            if any(r.first <= number <= (r.last or page_count) for r in self.pages):
                yield number
