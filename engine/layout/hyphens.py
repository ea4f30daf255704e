"""Tells hyphens that stand only at the end of a line from those that belong to the word."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from engine.reading.page import Block, Cell, Figure, Line, Paragraph, ReadPage, Table, paragraphs

_HYPHENATED = re.compile(r"([^\W\d_]{2,})-$")
_CONTINUED = re.compile(r"([a-z\u00df-\u00f6\u00f8-\u00ff\u0101-\u024f\u0430-\u045f]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Prefixes that keep their hyphen more often than not, and parts too short to be broken off.
_KEEPS = frozenset(
    {"non", "self", "semi", "quasi", "co", "ex", "anti", "well", "half", "cross", "high", "low", "long", "short"}
)


class Words:
    """How often the words of a document are written, as one and with hyphens."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def add(self, page: ReadPage) -> None:
        """Counts the words of a page."""
        for paragraph in paragraphs(page.blocks):
            for line in paragraph.lines:
                # The last word may be a part of one.
                self._seen.update(_WORD.findall(line.text.casefold().removesuffix("-")))

    def are_one(self, first: str, second: str) -> bool:
        """Whether the two parts around the hyphen at the end of a line are written as one word elsewhere."""
        first, second = first.casefold(), second.casefold()
        whole, hyphenated = self._seen[first + second], self._seen[f"{first}-{second}"]
        if whole != hyphenated:
            return whole > hyphenated
        if first in _KEEPS:
            return False
        # Two words that are known alone are joined by a hyphen rather than broken by one.
        return not (self._seen[first] > 1 and self._seen[second] > 1)


def undone(page: ReadPage, words: Words) -> ReadPage:
    """The page with the lines marked whose hyphens are no part of a word."""
    return msgspec.structs.replace(page, blocks=tuple([_block(block, words) for block in page.blocks]))


def _block(block: Block, words: Words) -> Block:
    if isinstance(block, Paragraph):
        return _paragraph(block, words)
    if isinstance(block, Figure):
        return msgspec.structs.replace(
            block,
            paragraphs=_all(block.paragraphs, words),
            caption=_all(block.caption, words),
            footnotes=_all(block.footnotes, words),
        )
    return _table(block, words)


def _table(table: Table, words: Words) -> Table:
    cells = [_cell(cell, words) for cell in table.cells]
    return msgspec.structs.replace(
        table, cells=tuple(cells), caption=_all(table.caption, words), footnotes=_all(table.footnotes, words)
    )


def _cell(cell: Cell, words: Words) -> Cell:
    return msgspec.structs.replace(cell, paragraphs=_all(cell.paragraphs, words))


def _all(found: tuple[Paragraph, ...], words: Words) -> tuple[Paragraph, ...]:
    return tuple([_paragraph(paragraph, words) for paragraph in found])


def _paragraph(paragraph: Paragraph, words: Words) -> Paragraph:
    if not any(line.text.endswith("-") for line in paragraph.lines[:-1]):
        return paragraph
    lines: list[Line] = list(paragraph.lines)
    for place, following in enumerate(lines[1:]):
        before, after = _HYPHENATED.search(lines[place].text), _CONTINUED.match(following.text)
        if before and after and words.are_one(before[1], after[1]):
            lines[place] = msgspec.structs.replace(lines[place], hyphenated=True)
    return msgspec.structs.replace(paragraph, lines=tuple(lines))
