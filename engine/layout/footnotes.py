"""Footnotes: small print below the text that begins with a mark. Each is read after the paragraph that has its mark."""

from __future__ import annotations

import re

import msgspec

from contract.layout import ParagraphRole
from engine.layout.looks import Body, Item, Sheet, body, sheet
from engine.layout.outline import around
from engine.reading.page import Block, Paragraph, ReadPage

# Share of the height of the page below which footnotes begin; and their size beside that of the text.
_BELOW = 0.4
_SMALLER = 0.93
_RAISED = 0.85
_SAME_SIZE = 0.03
# What may stand behind a mark in the text, and how long a word with a number behind it is at least.
_AFTER_MARK = ".,;:!?)\u201d"
_FEWEST_LETTERS = 3
#: Notes placed on one page.
MAX_NOTES = 100

# A number counts only before what begins a sentence or a link; rows of tables and formulas begin with numbers too.
_MARK = re.compile(
    r"\d{1,2}(?=[^\W\d_]|\.?\s?[\u201c\"(\[]?(?:https?:|www\.|(?![a-z\u00df-\u00ff])[^\W\d_]))|[*\u2020\u2021§¶]{1,3}"
)


def told(page: ReadPage) -> ReadPage:
    """The page with its footnotes told from the text, each at its place."""
    on_page = sheet(page)
    text = body([on_page])
    notes = [item for item in on_page.items if _is_note(item, on_page, text)][:MAX_NOTES]
    if not notes:
        return page
    paragraphs = {place: block for place, block in enumerate(page.blocks) if isinstance(block, Paragraph)}
    whole = {item.position: _whole(item, on_page) for item in notes}
    known = {part.position for parts in whole.values() for part in parts}
    others = [item for item in on_page.items if item.position not in known]
    after: dict[int, list[Block]] = {}
    for note in notes:
        place = _place(note, others, paragraphs, text)
        lines = tuple([line for part in whole[note.position] for line in paragraphs[part.position].lines])
        marked = Paragraph(around([line.quad for line in lines]), lines, ParagraphRole.FOOTNOTE)
        after.setdefault(note.position if place is None else place, []).append(marked)
    blocks: list[Block] = []
    for position, block in enumerate(page.blocks):
        if position not in known:
            blocks.append(block)
        blocks += after.get(position, [])
    return msgspec.structs.replace(page, blocks=tuple(blocks))


def _is_note(item: Item, on_page: Sheet, text: Body) -> bool:
    """Whether an item is small print with a mark, and no text stands below it in its column."""
    if (
        item.turned
        or item.role is not None
        or item.size > _SMALLER * text.size
        or item.top < _BELOW * on_page.height
        or item.letters < 2
        or _MARK.match(item.text) is None
    ):
        return False
    return not any(
        other.top > item.bottom
        and other.size > _SMALLER * text.size
        and other.lines > 1
        and other.left < item.right
        and item.left < other.right
        for other in on_page.items
    )


def _whole(note: Item, on_page: Sheet) -> list[Item]:
    """A note with the lines right below it that begin without a mark, since only its own first line is indented."""
    parts = [note]
    for item in on_page.items[on_page.items.index(note) + 1 :]:
        last = parts[-1]
        if (
            item.position != last.position + 1
            or item.role is not None
            or abs(item.size - note.size) > _SAME_SIZE * note.size
            or not -note.size < item.top - last.bottom < note.size / 2
            or _MARK.match(item.text)
        ):
            break
        parts.append(item)
    return parts


def _place(note: Item, items: list[Item], paragraphs: dict[int, Paragraph], text: Body) -> int | None:
    """Where the first paragraph stands that has the mark of a note; None when there is none above it."""
    found = _MARK.match(note.text)
    mark = found.group() if found else ""
    for item in items:
        if item.size > _SMALLER * text.size and any(
            _has_mark(word.text, word.size, mark, text)
            for line in paragraphs[item.position].lines
            for word in line.words
        ):
            return item.position
    return None


def _has_mark(word: str, size: float, mark: str, text: Body) -> bool:
    """Whether a mark stands raised behind a word, or alone in small print."""
    word = word.rstrip(_AFTER_MARK)
    before = word.removesuffix(mark)
    if before == word:
        return False
    if not before:
        return size < _RAISED * text.size
    # A number right behind a word is raised; behind a digit or a short name it may be a part of it.
    letters = sum([character.isalpha() for character in before])
    return not mark.isdigit() or (letters >= _FEWEST_LETTERS and not any(one.isdigit() for one in before))
