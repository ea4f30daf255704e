"""Captions and footnotes, given to the table or figure that they stand beside."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from engine.evidence import Box, Element, ElementKind
from engine.layout.stated import stated
from engine.reading.marks import is_label
from engine.reading.page import Block, Figure, Paragraph, ReadPage, Table

# In heights of a line: a caption stands no further from what it belongs to, its parts no further apart.
_FAR = 3.0
_NEAR = 1.0
_MOST_CHARACTERS = 1000
# What follows the label of a caption; in a sentence that only begins with one, a verb does.
_CAPTION = re.compile(r"\S+\s*[\w.\-]*\d*\s*(?:[.:|\u2013\u2014\-(]|[A-Z]|$|[\u3000-\u9fff])")
_OF_TABLE = re.compile(r"tab|表", re.IGNORECASE)
_LABEL_ALONE = re.compile(r"\S+\s+\S+\s*$")
_NOTE = re.compile(
    r"(?:notes?|sources?|quelle|anmerkung|fuente|nota)\b|[*\u2020\u2021§¶]|注[:：]|资料来源", re.IGNORECASE
)


def joined(page: ReadPage, elements: Sequence[Element] = ()) -> ReadPage:
    """The page with captions and footnotes as parts of their tables and figures.

    `elements`: what the document states, captions among it.
    """
    if all(isinstance(block, Paragraph) for block in page.blocks):
        return page
    blocks: list[Block | None] = list(page.blocks)
    for place, block in enumerate(page.blocks):
        if isinstance(block, Paragraph) and blocks[place] is not None and _is_caption(block, elements):
            owner = _owner(blocks, place, block)
            if owner is not None:
                _give(blocks, owner, place)
    for place in range(len(blocks)):
        _take_notes(blocks, place)
    return msgspec.structs.replace(page, blocks=tuple([block for block in blocks if block is not None]))


def _is_caption(paragraph: Paragraph, elements: Sequence[Element]) -> bool:
    found = stated(paragraph, elements)
    if found is not None and found.kind is ElementKind.CAPTION:
        return True
    text = " ".join([line.text for line in paragraph.lines])
    return paragraph.level == 0 and len(text) <= _MOST_CHARACTERS and is_label(text) and bool(_CAPTION.match(text))


def _owner(blocks: list[Block | None], place: int, caption: Paragraph) -> int | None:
    """The nearest table or figure without a caption, of the kind that the label names where both are near."""
    wants_table = _OF_TABLE.match(caption.lines[0].text) is not None
    reach = _FAR * _line_height(caption)
    best: tuple[bool, float] | None = None
    owner = None
    for other, block in enumerate(blocks):
        if isinstance(block, Table | Figure) and not block.caption:
            gap = _gap(_box(caption), _box(block))
            rank = (isinstance(block, Table) != wants_table, gap)
            if gap <= reach and (best is None or rank < best):
                best, owner = rank, other
    return owner


def _give(blocks: list[Block | None], owner: int, place: int) -> None:
    caption = blocks[place]
    block = blocks[owner]
    if not isinstance(caption, Paragraph) or not isinstance(block, Table | Figure):
        return
    parts = [caption]
    blocks[place] = None
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    if (
        _LABEL_ALONE.match(caption.lines[-1].text)
        and len(caption.lines) == 1
        and isinstance(following, Paragraph)
        and _gap(_box(caption), _box(following)) <= _NEAR * _line_height(caption)
    ):
        parts.append(following)
        blocks[place + 1] = None
    blocks[owner] = msgspec.structs.replace(block, caption=tuple(parts))


def _take_notes(blocks: list[Block | None], place: int) -> None:
    """Gives a table the notes that stand right below it."""
    table = blocks[place]
    following = next((other for other in range(place + 1, len(blocks)) if blocks[other] is not None), None)
    note = blocks[following] if following is not None else None
    if not isinstance(table, Table) or not isinstance(note, Paragraph) or table.footnotes or following is None:
        return
    below = _box(note)[1] >= _box(table)[3] - _line_height(note)
    if below and _NOTE.match(note.lines[0].text) and _gap(_box(table), _box(note)) <= _FAR * _line_height(note):
        blocks[following] = None
        blocks[place] = msgspec.structs.replace(table, footnotes=(note,))


def _box(block: Block) -> Box:
    quad = block.quad
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])


def _line_height(paragraph: Paragraph) -> float:
    return max([word.size for line in paragraph.lines for word in line.words])


def _gap(one: Box, other: Box) -> float:
    """The distance of two boxes one above the other; endless where they do not share half of the narrower width."""
    shared = min(one[2], other[2]) - max(one[0], other[0])
    if shared < 0.5 * min(one[2] - one[0], other[2] - other[0]):
        return float("inf")
    return max(one[1] - other[3], other[1] - one[3], 0.0)
