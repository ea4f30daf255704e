"""Headings that the document's own outline names, found among the lines of their page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from contract.layout import ParagraphRole
from engine.evidence import Heading, Quad
from engine.reading.page import Block, Line, Paragraph, ReadPage

# A heading of more lines would be a paragraph.
_MOST_LINES = 5
_DEEPEST = 6
# Outlines leave out what they cannot spell, formulas above all; so many characters at the start tell enough.
_TELLING = 16
_ALIKE = 0.7

# An atom (`?>`) is one number: a letter that is a Roman digit too is not tried again as the other.
_ATOM = r"(?>\d+|[ivxlc]+|[a-z])"
_NUMBERING = re.compile(rf"^(?:{_ATOM}(?:[.\-]{_ATOM})*[.):\-]*\s+)", re.IGNORECASE)


def told(page: ReadPage, headings: Sequence[Heading]) -> ReadPage:
    """The page with its headings told from the text; a heading within a paragraph is parted from it."""
    todo = [(_key(heading.title), min(heading.level, _DEEPEST)) for heading in headings]
    todo = [(key, level) for key, level in todo if key]
    if not todo:
        return page
    blocks: list[Block] = []
    for block in page.blocks:
        blocks += _parted(block, todo) if isinstance(block, Paragraph) else [block]
    return msgspec.structs.replace(page, blocks=tuple(blocks))


def _parted(paragraph: Paragraph, todo: list[tuple[str, int]]) -> list[Block]:
    """The paragraph, or the parts of it before, in and after each heading, which is taken off `todo`."""
    found: list[Block] = []
    start = 0
    lines = paragraph.lines
    position = 0
    while position < len(lines) and todo:
        match = _match(lines, position, todo)
        if match is None:
            position += 1
            continue
        end, place = match
        _, level = todo.pop(place)
        if start < position:
            found.append(_part(lines[start:position]))
        found.append(_part(lines[position:end], ParagraphRole.SECTION_HEADING, level))
        start = position = end
    if not found:
        return [paragraph]
    if start < len(lines):
        found.append(_part(lines[start:]))
    return found


def _match(lines: tuple[Line, ...], start: int, todo: list[tuple[str, int]]) -> tuple[int, int] | None:
    """Where the heading that begins at a line ends, and its place in `todo`."""
    for end in range(min(start + _MOST_LINES, len(lines)), start, -1):
        key = _key(" ".join([line.text for line in lines[start:end]]))
        for place, (title, _) in enumerate(todo):
            if key and (key == title or _nearly(key, title)):
                return end, place
    return None


def _nearly(key: str, title: str) -> bool:
    return key[:_TELLING] == title[:_TELLING] and len(key) > _TELLING and _ALIKE < len(key) / len(title) < 1 / _ALIKE


def _key(text: str) -> str:
    """Letters and digits without the numbering before them."""
    text = unicodedata.normalize("NFKD", _NUMBERING.sub("", text)).casefold()
    return "".join([character for character in text if character.isalnum()])


def _part(lines: tuple[Line, ...], role: ParagraphRole | None = None, level: int = 0) -> Paragraph:
    quads = [line.quad for line in lines]
    return Paragraph(around(quads), lines, role, level)


def around(quads: Sequence[Quad]) -> Quad:
    """The quad around those of lines one below the other, in the direction of the first."""
    if len(quads) == 1:
        return quads[0]
    first, last = quads[0], quads[-1]
    if first[1] != first[3]:
        return (first[0], first[1], first[2], first[3], last[4], last[5], last[6], last[7])
    xs = [x for quad in quads for x in quad[0::2]]
    ys = [y for quad in quads for y in quad[1::2]]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    if first[0] <= first[2]:
        return (left, top, right, top, right, bottom, left, bottom)
    return (right, bottom, left, bottom, left, top, right, top)
