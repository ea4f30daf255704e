"""Lays out one page: what is a table or a figure, and what is read beside it."""

from __future__ import annotations

from engine import evidence
from engine.evidence import ElementKind
from engine.layout import captions, equations, footnotes, outline, seen, stated
from engine.layout.bows import flattened
from engine.layout.figures import figures
from engine.layout.marks import with_marks
from engine.layout.tables.find import tables
from engine.reading.page import ReadPage
from engine.reading.read import Region, evidence_of, in_order


def laid_out(page: evidence.Page) -> ReadPage:
    """The page with its blocks in reading order."""
    page, found = evidence_of(with_marks(page))
    regions: list[Region] = []
    if page.recognized and found:
        found = [flattened(found[0], page.rules), *found[1:]]
    if found:
        regions, found = tables(page, found)
    pictured, found = figures(page, found, regions)
    read = stated.told(in_order(page, found, [*regions, *pictured]), page.elements)
    if not any(element.kind is ElementKind.HEADING for element in page.elements):
        read = outline.told(read, page.headings)
    read = seen.parted(read)
    return equations.told(footnotes.told(captions.joined(read, page.elements)))
