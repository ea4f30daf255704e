"""Headings to sections: the tree that a table of contents would show."""

from __future__ import annotations

import msgspec

from contract.layout import ParagraphRole
from engine.result.places import Place, PlacedBlock, PlacedFigure, PlacedPage, PlacedParagraph

_FURNITURE = frozenset({ParagraphRole.PAGE_HEADER, ParagraphRole.PAGE_FOOTER, ParagraphRole.PAGE_NUMBER})


class PlacedSection(msgspec.Struct):
    """A section: JSON pointers to its elements, and the places they fill. `level`: of its heading, the root's is 0."""

    level: int
    elements: list[str]
    places: list[Place]


def sections(pages: list[PlacedPage]) -> list[PlacedSection]:
    """The root, then each section in the order of its heading; empty when there is nothing in the document.

    A heading begins a section within the last one of a lower level. A title stands in the root. Headers,
    footers and page numbers belong to no section, and the place of what they interrupt is parted there.
    """
    root = PlacedSection(0, [], [])
    found = [root]
    open_sections = [root]
    follows = False
    for page in pages:
        for block in page.blocks:
            if isinstance(block, PlacedParagraph) and block.paragraph.role in _FURNITURE:
                follows = False
                continue
            if isinstance(block, PlacedParagraph) and block.paragraph.role is ParagraphRole.SECTION_HEADING:
                while open_sections[-1].level >= block.paragraph.level:
                    open_sections.pop()
                section = PlacedSection(block.paragraph.level, [], [])
                open_sections[-1].elements.append(f"/sections/{len(found)}")
                found.append(section)
                open_sections.append(section)
            open_sections[-1].elements.append(_pointer(block))
            for section in open_sections:
                _extend(section.places, block, follows)
            follows = True
    return found if root.elements else []


def _pointer(block: PlacedBlock) -> str:
    if isinstance(block, PlacedParagraph):
        return f"/paragraphs/{block.number}"
    return f"/figures/{block.number}" if isinstance(block, PlacedFigure) else f"/tables/{block.number}"


def _extend(places: list[Place], block: PlacedBlock, follows: bool) -> None:
    if follows and places:
        places[-1] = (places[-1][0], block.end)
    else:
        places.append((block.start, block.end))
