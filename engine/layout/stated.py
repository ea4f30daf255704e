"""The roles that a document states for its paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from contract.layout import ParagraphRole
from engine.evidence import Element, ElementKind
from engine.layout import furniture
from engine.layout.looks import sheet
from engine.reading.page import Block, Paragraph, ReadPage

# Share of the characters of a paragraph that must be in elements of one kind.
_NEARLY_ALL = 0.8


def told(page: ReadPage, elements: Sequence[Element]) -> ReadPage:
    """The page with its headings and notes as stated, and artifacts at its edges as page furniture."""
    if not elements:
        return page
    blocks: list[Block] = list(page.blocks)
    on_page = sheet(page)
    for item in on_page.items:
        block = blocks[item.position]
        found = stated(block, elements) if isinstance(block, Paragraph) else None
        if found is None:
            continue
        if found.kind is ElementKind.HEADING:
            item.role, item.level = ParagraphRole.SECTION_HEADING, found.level
        elif found.kind is ElementKind.NOTE:
            item.role = ParagraphRole.FOOTNOTE
        elif found.kind is ElementKind.ARTIFACT:
            furniture.tell_at_edge(item, on_page)
        blocks[item.position] = replace(block, role=item.role, level=item.level)
    return replace(page, blocks=tuple(blocks))


def stated(paragraph: Paragraph, elements: Sequence[Element]) -> Element | None:
    """An element of the kind and level that nearly all of a paragraph is stated to be."""
    characters: Counter[tuple[ElementKind, int]] = Counter()
    first: dict[tuple[ElementKind, int], Element] = {}
    total = 0
    for line in paragraph.lines:
        for word in line.words:
            total += len(word.text)
            if 0 <= word.element < len(elements):
                element = elements[word.element]
                first.setdefault((element.kind, element.level), element)
                characters[element.kind, element.level] += len(word.text)
    if not characters:
        return None
    most, count = characters.most_common(1)[0]
    return first[most] if count >= _NEARLY_ALL * total else None
