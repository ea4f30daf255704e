"""Paragraphs, tables, figures and pairs of a result, with JSON pointers between them."""

from __future__ import annotations

from contract.layout import (
    Caption,
    Figure,
    Footnote,
    KeyValueElement,
    KeyValuePair,
    Paragraph,
    Table,
    TableCell,
)
from contract.page import BoundingRegion, Span
from engine.evidence import Quad, Word
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import Place, PlacedCell, PlacedFigure, PlacedPage, PlacedParagraph, PlacedTable

_NO_SPANS: list[Span] = []


class Structure:
    """What a placed page says about the structure of its document."""

    def __init__(self, place: PlacedPage, at: Index) -> None:
        self._place = place
        self._page = place.page
        self._at = at

    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs, also those within tables and figures; pointers count them in this order."""
        return [
            Paragraph(
                role=one.paragraph.role,
                content=_content(one),
                bounding_regions=self._regions(one.paragraph.quad),
                spans=[self._span(one.start, one.end)],
            )
            for one in self._place.paragraphs()
        ]

    def tables(self) -> list[Table]:
        """All tables."""
        return [self._table(block) for block in self._place.blocks if isinstance(block, PlacedTable)]

    def figures(self) -> list[Figure]:
        """All figures."""
        return [self._figure(block) for block in self._place.blocks if isinstance(block, PlacedFigure)]

    def pairs(self) -> list[KeyValuePair]:
        """The key-value pairs."""
        if not self._page.pairs:
            return []
        words = list(self._place.words())
        return [
            KeyValuePair(
                key=self._element([words[place] for place in pair.key]),
                value=self._element([words[place] for place in pair.value]) if pair.value else None,
                confidence=pair.confidence,
            )
            for pair in self._page.pairs
        ]

    def _table(self, place: PlacedTable) -> Table:
        return Table(
            row_count=place.table.row_count,
            column_count=place.table.column_count,
            cells=[self._cell(cell) for cell in place.cells],
            bounding_regions=self._regions(place.table.quad),
            spans=[self._span(place.start, place.end)],
            caption=self._caption(place.caption),
            footnotes=[self._footnote(one) for one in place.footnotes] or None,
        )

    def _cell(self, place: PlacedCell) -> TableCell:
        cell, inside = place.cell, place.paragraphs
        return TableCell(
            kind=cell.kind,
            row_index=cell.row,
            column_index=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            content="\n".join([_content(one) for one in inside]),
            bounding_regions=self._regions(cell.quad),
            spans=[self._span(inside[0].start, inside[-1].end)] if inside else _NO_SPANS,
            elements=_pointers(inside) or None,
        )

    def _figure(self, place: PlacedFigure) -> Figure:
        return Figure(
            id=place.id,
            bounding_regions=self._regions(place.figure.quad),
            spans=[self._span(place.start, place.end)],
            elements=_pointers([*place.caption, *place.inside]) or None,
            caption=self._caption(place.caption),
            footnotes=[self._footnote(one) for one in place.footnotes] or None,
        )

    def _caption(self, paragraphs: list[PlacedParagraph]) -> Caption | None:
        if not paragraphs:
            return None
        return Caption(
            content="\n".join([_content(one) for one in paragraphs]),
            bounding_regions=self._regions(*[one.paragraph.quad for one in paragraphs]),
            spans=[self._span(paragraphs[0].start, paragraphs[-1].end)],
            elements=_pointers(paragraphs),
        )

    def _footnote(self, place: PlacedParagraph) -> Footnote:
        return Footnote(
            content=_content(place),
            bounding_regions=self._regions(place.paragraph.quad),
            spans=[self._span(place.start, place.end)],
            elements=_pointers([place]),
        )

    def _element(self, words: list[tuple[Word, Place]]) -> KeyValueElement:
        places: list[Place] = []
        content = ""
        for word, (start, end) in words:
            # Words that follow each other, with one character between them at most, share a span.
            if places and start - 1 <= places[-1][1] <= start:
                content += " " * (start - places[-1][1])
                places[-1] = (places[-1][0], end)
            else:
                content += " " if places else ""
                places.append((start, end))
            content += word.text
        return KeyValueElement(
            content=content,
            bounding_regions=self._regions(_around([word.quad for word, _ in words])),
            spans=[span(place, self._at) for place in places],
        )

    def _regions(self, *quads: Quad) -> list[BoundingRegion] | None:
        if self._page.unit is None:
            return None
        return [BoundingRegion(page_number=self._page.number, polygon=list(quad)) for quad in quads]

    def _span(self, start: int, end: int) -> Span:
        return span((start, end), self._at)


def _content(place: PlacedParagraph) -> str:
    return "\n".join([line.text for line in place.paragraph.lines])


def _pointers(paragraphs: list[PlacedParagraph]) -> list[str]:
    return [f"/paragraphs/{one.number}" for one in paragraphs]


def _around(quads: list[Quad]) -> Quad:
    """The box, along the page, around quads."""
    xs = [x for quad in quads for x in quad[0::2]]
    ys = [y for quad in quads for y in quad[1::2]]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return (left, top, right, top, right, bottom, left, bottom)
