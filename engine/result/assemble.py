"""Pages that were read to an AnalyzeResult."""

from __future__ import annotations

from contract.layout import Paragraph
from contract.options import AnalyzeOptions, Feature
from contract.page import Barcode, BoundingRegion, Line, Page, Span, Word
from contract.result import AnalyzeResult, Warning
from engine.reading.page import ReadPage
from engine.result.content import PlacedPage, PlacedParagraph, placed
from engine.result.index import Index, index
from engine.result.languages import languages

PAGE_NOT_READ = "PageNotRead"


def assembled(pages: list[ReadPage], options: AnalyzeOptions) -> AnalyzeResult:
    """The result for pages in ascending order of their numbers."""
    content, places = placed(pages, options.content_format)
    at = index(content, options.string_index_type)
    result = AnalyzeResult.empty(options.model_id, options.string_index_type, options.content_format)
    result.content = content
    result.pages = [_page(place, at) for place in places]
    result.paragraphs = [
        _paragraph(paragraph, place.page.number, content, at) for place in places for paragraph in place.paragraphs
    ]
    if Feature.LANGUAGES in options.features:
        result.languages = languages(places, content, at)
    result.warnings = [_warning(page.number) for page in pages if not page.readable] or None
    return result


def _page(place: PlacedPage, at: Index) -> Page:
    read = place.page
    words: list[Word] = []
    lines: list[Line] = []
    for paragraph in place.paragraphs:
        for line in paragraph.lines:
            lines.append(
                Line(
                    content=line.line.text,
                    polygon=list(line.line.quad),
                    spans=[_span(line.offset, line.offset + len(line.line.text), at)],
                )
            )
            for word, offset in zip(line.line.words, line.offsets, strict=True):
                words.append(
                    Word(
                        content=word.text,
                        polygon=list(word.quad),
                        confidence=word.confidence,
                        span=_span(offset, offset + len(word.text), at),
                    )
                )
    return Page(
        page_number=read.number,
        angle=read.angle,
        width=read.width,
        height=read.height,
        unit=read.unit,
        spans=[_span(place.start, place.end, at)],
        words=words,
        lines=lines,
        barcodes=_barcodes(place, at) or None,
    )


def _barcodes(place: PlacedPage, at: Index) -> list[Barcode]:
    return [
        Barcode(
            kind=barcode.kind,
            value=barcode.value,
            polygon=list(barcode.quad),
            span=_span(start, end, at),
            confidence=barcode.confidence,
        )
        for barcode, (start, end) in zip(place.page.barcodes, place.barcodes, strict=True)
    ]


def _paragraph(place: PlacedParagraph, page_number: int, content: str, at: Index) -> Paragraph:
    return Paragraph(
        content=content[place.start : place.end],
        bounding_regions=[BoundingRegion(page_number=page_number, polygon=list(place.paragraph.quad))],
        spans=[_span(place.start, place.end, at)],
    )


def _span(start: int, end: int, at: Index) -> Span:
    offset = at(start)
    return Span(offset=offset, length=at(end) - offset)


def _warning(page_number: int) -> Warning:
    return Warning(
        code=PAGE_NOT_READ,
        message="The page is damaged and was left without words.",
        target=str(page_number),
    )
