"""Lays out one page: what is a table or a figure, and what is read beside it."""

from __future__ import annotations

from engine import evidence
from engine.layout import outline
from engine.layout.tables.find import tables
from engine.reading.direction import directions
from engine.reading.page import ReadPage
from engine.reading.read import in_order


def laid_out(page: evidence.Page) -> ReadPage:
    """The page with its blocks in reading order."""
    found = directions(page.words)
    if not found:
        return in_order(page, found)
    regions, rest = tables(page, found)
    return outline.told(in_order(page, rest, regions), page.headings)
