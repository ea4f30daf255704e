"""Lays out one page: what is a table or a figure, and what is read beside it."""

from __future__ import annotations

from engine import evidence
from engine.layout import captions, footnotes, outline
from engine.layout.figures import figures
from engine.layout.marks import with_marks
from engine.layout.tables.find import tables
from engine.reading.direction import directions
from engine.reading.page import ReadPage
from engine.reading.read import Region, in_order


def laid_out(page: evidence.Page) -> ReadPage:
    """The page with its blocks in reading order."""
    page = with_marks(page)
    found = directions(page.words)
    regions: list[Region] = []
    if found:
        regions, found = tables(page, found)
    pictured, found = figures(page, found, regions)
    read = outline.told(in_order(page, found, [*regions, *pictured]), page.headings)
    return footnotes.told(captions.joined(read))
