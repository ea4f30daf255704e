"""Presentations: a page for each slide, with its title, texts, tables, pictures and the notes of its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.package import Package
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from contract.layout import CellKind, ParagraphRole
from contract.limits import MAX_PAGES
from contract.options import AnalyzeOptions
from engine.office import charts
from engine.office.archive import unpackable
from engine.office.bullets import Bullets
from engine.office.grid import Entry, table
from engine.office.pictures import Pictures
from engine.office.pieces import Piece, outlined, page
from engine.office.text import Inline, paragraph
from engine.reading.page import Block, Paragraph, ReadPage

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_TITLES: Final = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
_FURNITURE: Final = {
    PP_PLACEHOLDER.HEADER: ParagraphRole.PAGE_HEADER,
    PP_PLACEHOLDER.FOOTER: ParagraphRole.PAGE_FOOTER,
    PP_PLACEHOLDER.DATE: ParagraphRole.PAGE_FOOTER,
    PP_PLACEHOLDER.SLIDE_NUMBER: ParagraphRole.PAGE_NUMBER,
}
# A slide without a placeholder for its title may have a text that plainly is one; size in hundredths of a point.
_LEAST_TITLE_SIZE: Final = 2_400
_LONGEST_TITLE: Final = 120
_MOST_DIGITS: Final = 6
_TITLE_RANK: Final = 0
_HEADING_RANK: Final = 1
_TRUE: Final = frozenset({"1", "true", "on"})


def pages(untrusted_document: memoryview, options: AnalyzeOptions) -> list[ReadPage]:
    """The slides. Raises: ApiError, and whatever its parser trips over."""
    presentation = Package.open(unpackable(untrusted_document)).presentation_part.presentation
    pictures = Pictures(options)
    slides = []
    for number, slide in enumerate(presentation.slides, 1):
        slides.append(_SlideReader(slide, pictures, _TITLE_RANK if number == 1 else _HEADING_RANK).blocks())
        if number == MAX_PAGES:
            break
    # The levels of headings are those of the whole; each block is found again on its slide.
    pieces = iter(list(outlined([Piece(block) for blocks in slides for block in blocks])))
    found = [page(number, [next(pieces).block for _ in blocks]) for number, blocks in enumerate(slides, 1)]
    return found or [page(1, ())]


class _SlideReader:
    """Reads one slide. `rank`: of its title."""

    def __init__(self, slide: Slide, pictures: Pictures, rank: int) -> None:
        self._slide = slide
        self._pictures = pictures
        self._rank = rank
        self._title = _likely_title(list(slide.shapes))

    def blocks(self) -> list[Block]:
        """What the slide shows, in the order in which a screen reader reads it, its title first; then the notes."""
        found: list[list[Block]] = [[], [], []]
        for shape in self._slide.shapes:
            place = 0 if shape.shape_id == self._title else _place(shape)
            found[place] += self._shape(shape)
        return [*found[0], *found[1], *found[2], *self._notes()]

    def _notes(self) -> Iterator[Block]:
        if self._slide.has_notes_slide and (frame := self._slide.notes_slide.notes_text_frame) is not None:
            for one in frame.paragraphs:
                said = paragraph(_runs(one._p))
                if said is not None:
                    yield said

    def _shape(self, shape: BaseShape) -> Iterator[Block]:
        element: etree._Element = shape.element
        tag = element.tag
        if tag == f"{_P}grpSp":
            for inner in shape.shapes:  # type: ignore[attr-defined]
                yield from self._shape(inner)
        elif tag == f"{_P}pic":
            yield from self._picture(element.find(f"{_P}blipFill/{_A}blip"))
        elif tag == f"{_P}graphicFrame":
            yield from self._frame(element)
        else:
            yield from self._texts(shape)
            yield from self._picture(element.find(f"{_P}spPr/{_A}blipFill/{_A}blip"))

    def _texts(self, shape: BaseShape) -> Iterator[Block]:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        role, level = _FURNITURE.get(kind) if kind else None, 0
        is_title = kind in _TITLES or shape.shape_id == self._title
        if is_title:
            role, level = ParagraphRole.SECTION_HEADING, self._rank
        body = shape.element.find(f"{_P}txBody")
        if body is None:
            return
        if is_title:
            # A title over several lines is one.
            parts = [part for one in body.iterfind(f"{_A}p") for part in [*_runs(one), "\n"]]
            said = paragraph(parts, role, level)
            if said is not None:
                yield said
            return
        bullets = Bullets(shape)
        for one in body.iterfind(f"{_A}p"):
            runs = _runs(one)
            if any(run.strip() for run in runs):
                label = "" if role else bullets.label(one)
                said = paragraph([f"{label} ", *runs] if label else runs, role)
                if said is not None:
                    yield said

    def _frame(self, element: etree._Element) -> Iterator[Block]:
        """A table, a chart, or a diagram, whose text stands in another part."""
        stated = element.find(f".//{_A}tbl")
        if stated is not None:
            yield from _table(stated)
        chart = element.find(f".//{_C}chart")
        if chart is not None:
            blob = self._related(chart.get(f"{_R}id"))
            if blob is not None:
                yield charts.figure(blob)

    def _picture(self, blip: etree._Element | None) -> Iterator[Block]:
        blob = self._related(blip.get(f"{_R}embed")) if blip is not None else None
        figure = self._pictures.figure(blob) if blob is not None else None
        if figure is not None:
            yield figure

    def _related(self, untrusted_id: str | None) -> bytes | None:
        """A part of the file; None for what stands outside of it, which is left there."""
        relations = self._slide.part.rels
        if untrusted_id is None or untrusted_id not in relations or relations[untrusted_id].is_external:
            return None
        return relations[untrusted_id].target_part.blob


def _likely_title(shapes: list[BaseShape]) -> int | None:
    """The id of the text that is larger than all others of a slide that has no placeholder for its title."""
    if any(shape.is_placeholder and shape.placeholder_format.type in _TITLES for shape in shapes):
        return None
    sizes: dict[int, list[int]] = {}
    for shape in shapes:
        stated = [run.get("sz", "") for run in shape.element.iterfind(f"{_P}txBody//{_A}rPr")]
        size = max([int(one) for one in stated if one.isdecimal() and len(one) <= _MOST_DIGITS], default=0)
        sizes.setdefault(size, []).append(shape.shape_id)
    largest = max(sizes, default=0)
    if largest < _LEAST_TITLE_SIZE or len(sizes[largest]) > 1:
        return None
    (found,) = sizes[largest]
    text = [run.text or "" for shape in shapes if shape.shape_id == found for run in shape.element.iter(f"{_A}t")]
    return found if len("".join(text)) <= _LONGEST_TITLE else None


def _place(shape: BaseShape) -> int:
    """Titles stand first and what is at the foot of all slides last."""
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind in _TITLES:
        return 0
    return 2 if kind in _FURNITURE else 1


def _runs(element: etree._Element) -> list[Inline]:
    """The text of a paragraph."""
    parts: list[Inline] = []
    for child in element.iter(f"{_A}t", f"{_A}br"):
        parts.append("\n" if child.tag == f"{_A}br" else child.text or "")
    return parts


def _table(stated: etree._Element) -> Iterator[Block]:
    look = stated.find(f"{_A}tblPr")
    first_row = look is not None and look.get("firstRow") in _TRUE
    first_column = look is not None and look.get("firstCol") in _TRUE
    rows: list[list[Entry]] = []
    for row in stated.iterfind(f"{_A}tr"):
        entries = []
        for column, cell in enumerate(row.iterfind(f"{_A}tc")):
            if cell.get("hMerge") in _TRUE or cell.get("vMerge") in _TRUE:
                continue
            kind = CellKind.CONTENT
            if first_row and not rows:
                kind = CellKind.COLUMN_HEADER
            elif first_column and not column:
                kind = CellKind.ROW_HEADER
            spans = max(_span(cell, "rowSpan"), 1), max(_span(cell, "gridSpan"), 1)
            entries.append(Entry(_said(cell), *spans, kind))
        rows.append(entries)
    found = table(rows)
    if found is not None:
        yield found
        return
    yield from (one for row in rows for entry in row for one in entry.paragraphs)


def _said(cell: etree._Element) -> tuple[Paragraph, ...]:
    return tuple(said for one in cell.iter(f"{_A}p") if (said := paragraph(_runs(one))))


def _span(cell: etree._Element, name: str) -> int:
    stated = cell.get(name, "1")
    return int(stated) if stated.isdecimal() and len(stated) <= _MOST_DIGITS else 1
