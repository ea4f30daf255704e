"""Searchable PDFs, as the engine makes them out of results that tests write, and how other libraries read them."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence

import msgspec
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from pypdf import PdfReader

from contract.options import ContentFormat, StringIndexType
from contract.page import Line, Page, Span, Word
from contract.result import AnalyzeResult
from engine.searchable.make import made

Placed = tuple[str, Sequence[float]]
"""A word and its polygon."""


def result_of(*pages: Sequence[Sequence[Placed]]) -> AnalyzeResult:
    """The result of a document that has pages of lines of words, with a space between words."""
    result = AnalyzeResult.empty("prebuilt-read", StringIndexType.UNICODE_CODE_POINT, ContentFormat.TEXT)
    for number, lines in enumerate(pages, 1):
        page = Page(page_number=number, spans=[], words=[], lines=[])
        result.pages.append(page)
        for line in lines:
            start = len(result.content)
            for text, polygon in line:
                span = Span(offset=len(result.content), length=len(text))
                page.words.append(Word(content=text, polygon=list(polygon), confidence=0.9, span=span))
                result.content += text + " "
            content = result.content[start:-1]
            page.lines.append(Line(content=content, spans=[Span(offset=start, length=len(content))]))
            result.content = result.content[:-1] + "\n"
    return result


def searchable(document: bytes, result: AnalyzeResult | bytes) -> bytes:
    """The searchable PDF of a document with this result."""
    json = result if isinstance(result, bytes) else msgspec.json.encode(result)
    written = made(memoryview(document), memoryview(json))
    return document + written.written if written.continues else written.written


def read_by_pdfium(document: bytes) -> str:
    opened = pypdfium2.PdfDocument(document)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)
    finally:
        opened.close()


def read_by_pypdf(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def drawn(document: bytes, number: int = 1, scale: float = 1.0) -> NDArray[np.uint8]:
    """The pixels of a page."""
    opened = pypdfium2.PdfDocument(document)
    try:
        return np.array(opened[number - 1].render(scale=scale).to_pil().convert("RGB"))
    finally:
        opened.close()


def found_at(document: bytes, text: str) -> list[tuple[float, float, float, float]]:
    """Where pdfium finds a text on the first page: left, top, right, bottom of each run, points, as displayed."""
    opened = pypdfium2.PdfDocument(document)
    try:
        page = opened[0]
        width, height = page.get_size()
        textpage = page.get_textpage()
        searcher = textpage.search(text, match_case=True)
        match = searcher.get_next()
        assert match is not None, f"{text} is not found"
        boxes = []
        for index in range(textpage.count_rects(*match)):
            left, bottom, right, top = textpage.get_rect(index)
            corners = []
            for x, y in ((left, bottom), (right, top)):
                across, down = ctypes.c_int(), ctypes.c_int()
                # A canvas of a hundredth of a point, so that whole numbers are fine enough.
                pdfium.FPDF_PageToDevice(page, 0, 0, round(width * 100), round(height * 100), 0, x, y, across, down)
                corners.append((across.value / 100, down.value / 100))
            (x1, y1), (x2, y2) = corners
            boxes.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        return boxes
    finally:
        opened.close()
