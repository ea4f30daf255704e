"""The structure of a whole document: what its pages, side by side, tell of the parts that paragraphs play."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from engine.layout import furniture, headings
from engine.layout.hyphens import Words, undone
from engine.layout.looks import Sheet, body, sheet
from engine.reading.page import Block, Paragraph, ReadPage


def structured(pages: Iterable[ReadPage]) -> Iterator[ReadPage]:
    """The pages with roles for their paragraphs, levels for the headings among them, and hyphens of lines marked.

    `pages` is gone through twice; of what the first time yields, only what paragraphs look like is kept.
    """
    sheets = []
    words = Words()
    for page in pages:
        sheets.append(sheet(page))
        words.add(page)
    looks = body(sheets)
    furniture.told(sheets, looks)
    looks = body(sheets)
    headings.told(sheets, looks)
    return (undone(_page(page, one), words) for page, one in zip(pages, sheets, strict=True))


def _page(page: ReadPage, sheet: Sheet) -> ReadPage:
    blocks: list[Block] = list(page.blocks)
    for item in sheet.items:
        block = blocks[item.position]
        if item.role is not None and isinstance(block, Paragraph):
            blocks[item.position] = msgspec.structs.replace(block, role=item.role, level=item.level)
    return msgspec.structs.replace(page, blocks=tuple(blocks))
