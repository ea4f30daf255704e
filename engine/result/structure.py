"""Paragraphs, tables, figures, sections and pairs of a result, with JSON pointers between them."""

from __future__ import annotations

from contract.layout import (
    Caption,
    Figure,
    Footnote,
    KeyValueElement,
    KeyValuePair,
    Paragraph,
    Section,
    Table,
    TableCell,
)
from contract.page import BoundingRegion, Span
from engine.evidence import Quad, Word
from engine.reading.page import ReadPage
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import Place, PlacedCell, PlacedFigure, PlacedPage, PlacedParagraph, PlacedTable
from engine.result.sections import sections

_NO_SPANS: list[Span] = []


class Structure:
    """What the placed pages of a document say about its structure."""

    def __init__(self, pages: list[PlacedPage], at: Index) -> None:
        self._pages = pages
        self._at = at

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs, also those within tables and figures; pointers count them in this order."""
        return [
            Paragraph(
                role=one.paragraph.role,
                content=_content(one),
                bounding_regions=_regions(page.page, one.paragraph.quad),
                spans=[self._span(one.start, one.end)],
            )
            for page in self._pages
            for one in page.paragraphs()
        ]

    def tables(self) -> list[Table]:
        """All tables."""
        return [
            self._table(block, page.page)
            for page in self._pages
            for block in page.blocks
            if isinstance(block, PlacedTable)
        ]

    def figures(self) -> list[Figure]:
        """All figures."""
        return [
            self._figure(block, page.page)
            for page in self._pages
            for block in page.blocks
            if isinstance(block, PlacedFigure)
        ]

    def sections(self) -> list[Section]:
        """The root and the sections within it."""
        return [
            Section(spans=[span(place, self._at) for place in section.places], elements=section.elements)
            for section in sections(self._pages)
        ]

    def pairs(self) -> list[KeyValuePair]:
        """The key-value pairs of all pages."""
        found = []
        for page in self._pages:
            if page.page.pairs:
                words = list(page.words())
                found += [
                    KeyValuePair(
                        key=self._element([words[place] for place in pair.key], page.page),
                        value=self._element([words[place] for place in pair.value], page.page) if pair.value else None,
                        confidence=pair.confidence,
                    )
                    for pair in page.page.pairs
                ]
        return found

    def _table(self, place: PlacedTable, page: ReadPage) -> Table:
        return Table(
            row_count=place.table.row_count,
            column_count=place.table.column_count,
            cells=[self._cell(cell, page) for cell in place.cells],
            bounding_regions=_regions(page, place.table.quad),
            spans=[self._span(place.start, place.end)],
            caption=self._caption(place.caption, page),
            footnotes=[self._footnote(one, page) for one in place.footnotes] or None,
        )

    def _cell(self, place: PlacedCell, page: ReadPage) -> TableCell:
        cell, inside = place.cell, place.paragraphs
        return TableCell(
            kind=cell.kind,
            row_index=cell.row,
            column_index=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            content="\n".join([_content(one) for one in inside]),
            bounding_regions=_regions(page, cell.quad),
            spans=[self._span(inside[0].start, inside[-1].end)] if inside else _NO_SPANS,
            elements=_pointers(inside) or None,
        )

    def _figure(self, place: PlacedFigure, page: ReadPage) -> Figure:
        return Figure(
            id=place.id,
            bounding_regions=_regions(page, place.figure.quad),
            spans=[self._span(place.start, place.end)],
            elements=_pointers([*place.caption, *place.inside]) or None,
            caption=self._caption(place.caption, page),
            footnotes=[self._footnote(one, page) for one in place.footnotes] or None,
        )

    def _caption(self, paragraphs: list[PlacedParagraph], page: ReadPage) -> Caption | None:
        if not paragraphs:
            return None
        return Caption(
            content="\n".join([_content(one) for one in paragraphs]),
            bounding_regions=_regions(page, *[one.paragraph.quad for one in paragraphs]),
            spans=[self._span(paragraphs[0].start, paragraphs[-1].end)],
            elements=_pointers(paragraphs),
        )

    def _footnote(self, place: PlacedParagraph, page: ReadPage) -> Footnote:
        return Footnote(
            content=_content(place),
            bounding_regions=_regions(page, place.paragraph.quad),
            spans=[self._span(place.start, place.end)],
            elements=_pointers([place]),
        )

    def _element(self, words: list[tuple[Word, Place]], page: ReadPage) -> KeyValueElement:
        places: list[Place] = []
        for _, (start, end) in words:
            # Words that follow each other, with one character between them at most, share a span.
            if places and start - 1 <= places[-1][1] <= start:
                places[-1] = (places[-1][0], end)
            else:
                places.append((start, end))
        return KeyValueElement(
            content=" ".join([word.text for word, _ in words]),
            bounding_regions=_regions(page, _around([word.quad for word, _ in words])),
            spans=[span(place, self._at) for place in places],
        )

    def _span(self, start: int, end: int) -> Span:
        return span((start, end), self._at)


def _content(place: PlacedParagraph) -> str:
    return "\n".join([line.text for line in place.paragraph.lines])


def _pointers(paragraphs: list[PlacedParagraph]) -> list[str]:
    return [f"/paragraphs/{one.number}" for one in paragraphs]


def _regions(page: ReadPage, *quads: Quad) -> list[BoundingRegion] | None:
    if page.unit is None:
        return None
    return [BoundingRegion(page_number=page.number, polygon=list(quad)) for quad in quads]


def _around(quads: list[Quad]) -> Quad:
    """The box, along the page, around quads."""
    xs = [x for quad in quads for x in quad[0::2]]
    ys = [y for quad in quads for y in quad[1::2]]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return (left, top, right, top, right, bottom, left, bottom)
