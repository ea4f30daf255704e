"""Reads a file that states its own structure, whole: it has no pages to choose from, and none takes seconds."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from contract.errors import ApiError, Fault
from contract.options import AnalyzeOptions
from engine.formats import Format
from engine.office import pptx, xlsx
from engine.office.docx import document as docx
from engine.office.html import document as html
from engine.office.pieces import page
from engine.office.text import ticks
from engine.reading.page import Paragraph, ReadPage, paragraphs

Reader = Callable[[memoryview, AnalyzeOptions], list[ReadPage]]

#: The formats that are read here.
READERS: Final[Mapping[Format, Reader]] = MappingProxyType(
    {Format.DOCX: docx.pages, Format.XLSX: xlsx.pages, Format.PPTX: pptx.pages, Format.HTML: html.pages}
)


def read(untrusted_document: memoryview, kind: Format, options: AnalyzeOptions) -> list[ReadPage]:
    """All pages of a document of one of the formats in `READERS`, at least one.

    Raises: ApiError INVALID_CONTENT when it is broken, MODEL_ANALYZE_ERROR when it grows too much as it is
    unpacked, UNSUPPORTED_CONTENT when a workbook has too many characters.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pages = READERS[kind](untrusted_document, options)
        except (ApiError, MemoryError):
            raise
        except Exception as error:
            # The readers of formats raise what their parsing trips over, of any type.
            raise ApiError(Fault.INVALID_CONTENT) from error
    if options.asks_for_layout:
        return pages
    return [page(one.number, _text_alone(one)) for one in pages]


def _text_alone(read_page: ReadPage) -> Iterator[Paragraph]:
    """The paragraphs of a page without roles, boxes to tick among them as the signs they are."""
    for one in paragraphs(read_page.blocks):
        yield Paragraph(one.quad, tuple(ticks(line) for line in one.lines))
