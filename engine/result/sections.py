"""Headings to sections: the tree that a table of contents would show."""

from __future__ import annotations

import msgspec

from contract.layout import ParagraphRole, Section
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import Place, PlacedBlock, PlacedFigure, PlacedPage, PlacedParagraph

_FURNITURE = frozenset({ParagraphRole.PAGE_HEADER, ParagraphRole.PAGE_FOOTER, ParagraphRole.PAGE_NUMBER})


class _Section(msgspec.Struct):
    """A section: JSON pointers to its elements, and the places they fill. `level`: of its heading, the root's is 0."""

    level: int
    elements: list[str]
    places: list[Place]


class Sections:
    """The sections of the pages so far: the root, then each in the order of its heading.

    A heading begins a section within the last one of a lower level. A title stands in the root. Headers,
    footers and page numbers belong to no section, and the place of what they interrupt is parted there.
    """

    def __init__(self) -> None:
        self._found = [_Section(0, [], [])]
        self._open = self._found[:]
        self._follows = False

    def add(self, page: PlacedPage) -> None:
        """Goes on with the next page."""
        for block in page.blocks:
            if isinstance(block, PlacedParagraph) and block.paragraph.role in _FURNITURE:
                self._follows = False
                continue
            if isinstance(block, PlacedParagraph) and block.paragraph.role is ParagraphRole.SECTION_HEADING:
                self._begin(block.paragraph.level)
            self._open[-1].elements.append(_pointer(block))
            for section in self._open:
                _extend(section.places, block, self._follows)
            self._follows = True

    def written(self, at: Index) -> list[Section]:
        """All of them; none when there is nothing in the document."""
        if not self._found[0].elements:
            return []
        return [
            Section(spans=[span(place, at) for place in section.places], elements=section.elements)
            for section in self._found
        ]

    def _begin(self, level: int) -> None:
        while self._open[-1].level >= level:
            self._open.pop()
        section = _Section(level, [], [])
        self._open[-1].elements.append(f"/sections/{len(self._found)}")
        self._found.append(section)
        self._open.append(section)


def _pointer(block: PlacedBlock) -> str:
    if isinstance(block, PlacedParagraph):
        return f"/paragraphs/{block.number}"
    return f"/figures/{block.number}" if isinstance(block, PlacedFigure) else f"/tables/{block.number}"


def _extend(places: list[Place], block: PlacedBlock, follows: bool) -> None:
    if follows and places:
        places[-1] = (places[-1][0], block.end)
    else:
        places.append((block.start, block.end))
