"""The structure of a whole document: what its pages, side by side, tell of the parts that paragraphs play."""

from __future__ import annotations

import msgspec

from engine.layout import furniture, headings
from engine.layout.hyphens import Words, undone
from engine.layout.looks import Sheet, body, sheet
from engine.reading.page import Block, ReadPage


def structured(pages: list[ReadPage]) -> list[ReadPage]:
    """The pages with roles for their paragraphs, levels for the headings among them, and hyphens of lines marked."""
    sheets = [sheet(page) for page in pages]
    looks = body(sheets)
    furniture.told(sheets, looks)
    looks = body(sheets)
    headings.told(sheets, looks)
    words = Words(pages)
    return [undone(_page(page, one), words) for page, one in zip(pages, sheets, strict=True)]


def _page(page: ReadPage, sheet: Sheet) -> ReadPage:
    blocks: list[Block] = list(page.blocks)
    for item in sheet.items:
        if item.role is not None:
            blocks[item.position] = msgspec.structs.replace(item.paragraph, role=item.role, level=item.level)
    return msgspec.structs.replace(page, blocks=tuple(blocks))
