"""The structure that a tagged PDF states: a tree of elements, and which text objects are in each."""

from __future__ import annotations

import ctypes
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.evidence import Element, ElementKind
from engine.pdf import library
from engine.pdf.library import Handle

#: Elements taken of one page, places looked at for them, and how deep they may hold others.
MAX_ELEMENTS = 10_000
MAX_PLACES = 200_000
_MOST_DEPTH = 64
#: A cell over more rows or columns is none.
MAX_SPAN = 1_000
_MOST_BYTES = 128
_DEEPEST_HEADING = 6

_KINDS = {
    "P": ElementKind.PARAGRAPH,
    "LI": ElementKind.ITEM,
    "TOCI": ElementKind.ITEM,
    "Table": ElementKind.TABLE,
    "TR": ElementKind.ROW,
    "TH": ElementKind.HEADER_CELL,
    "TD": ElementKind.DATA_CELL,
    "Caption": ElementKind.CAPTION,
    "Note": ElementKind.NOTE,
    "FENote": ElementKind.NOTE,
    "Artifact": ElementKind.ARTIFACT,
}
_HEADING = re.compile(r"H(\d{0,2})|Title")
# The paragraphs of these are no parts of their own: a mark and what it marks read as one.
_WHOLE = frozenset({ElementKind.HEADING, ElementKind.ITEM, ElementKind.CAPTION, ElementKind.NOTE})


class Tree(NamedTuple):
    """The elements of a page, parents first, in the order of the document; `of_content` by the id of marked content."""

    elements: tuple[Element, ...]
    of_content: dict[int, int]

    def element_of(self, text_object: Handle) -> int:
        """The index of the element that a text object is in; -1 without one."""
        if not self.elements or not text_object:
            return -1
        content = library.content_id(text_object)
        if content >= 0:
            return self.of_content.get(content, -1)
        # The last element stands for all artifacts.
        return len(self.elements) - 1 if _is_artifact(text_object) else -1


UNTAGGED = Tree((), {})


def tree(page: Any) -> Tree:
    """What the document states of the structure of a page; `UNTAGGED` when that is nothing."""
    root = pdfium.FPDF_StructTree_GetForPage(page)
    if not root:
        return UNTAGGED
    try:
        reader = _Reader()
        reader.read(root)
    finally:
        pdfium.FPDF_StructTree_Close(root)
    if not reader.of_content:
        return UNTAGGED
    return Tree((*reader.elements, Element(ElementKind.ARTIFACT)), reader.of_content)


class _Reader:
    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.of_content: dict[int, int] = {}
        self._room = MAX_PLACES

    def read(self, root: Any) -> None:
        """Walks the tree in its order."""
        count = min(pdfium.FPDF_StructTree_CountChildren(root), self._room)
        tops = [library.handle(pdfium.FPDF_StructTree_GetChildAtIndex(root, index)) for index in range(count)]
        # What is still to be seen: a structure element, the index of the element around it, and its depth; or, in
        # place of a structure element, None for a cell of which nothing is on the page.
        todo: list[tuple[Handle | None, int, int]] = [(top, -1, 0) for top in reversed(tops) if top]
        while todo and len(self.elements) < MAX_ELEMENTS:
            found, parent, depth = todo.pop()
            if found is None:
                self.elements.append(Element(ElementKind.DATA_CELL, parent))
                continue
            index = self._told(found, parent)
            if depth < _MOST_DEPTH:
                todo += [(child, index, depth + 1) for child in reversed(self._children(found, index))]

    def _told(self, found: Handle, parent: int) -> int:
        """Takes an element, unless it only groups others or is a part of one that reads as a whole."""
        name = _text(pdfium.FPDF_StructElement_GetType, found)
        heading = _HEADING.fullmatch(name)
        kind = ElementKind.HEADING if heading else _KINDS.get(name)
        around = self.elements[parent].kind if parent >= 0 else None
        if kind is None or (kind is ElementKind.PARAGRAPH and around in _WHOLE):
            return parent
        level = min(max(int((heading[1] if heading else None) or 1), 1), _DEEPEST_HEADING) if heading else 0
        if kind in (ElementKind.HEADER_CELL, ElementKind.DATA_CELL):
            self.elements.append(Element(kind, parent, 0, _span(found, "RowSpan"), _span(found, "ColSpan")))
        else:
            self.elements.append(Element(kind, parent, level))
        return len(self.elements) - 1

    def _children(self, found: Handle, index: int) -> list[Handle | None]:
        """What stands in an element; notes the marked content among it."""
        is_row = index >= 0 and self.elements[index].kind is ElementKind.ROW
        count = min(max(library.count_children(found), 0), self._room)
        self._room -= count
        children: list[Handle | None] = []
        for place in range(count):
            child = library.child(found, place)
            if child:
                children.append(child)
            elif (content := library.child_content_id(found, place)) >= 0:
                if index >= 0:
                    self.of_content.setdefault(content, index)
            elif is_row:
                children.append(None)
        return children


def _span(found: Handle, name: str) -> int:
    """Rows or columns that a cell is over, as its attributes say."""
    for place in range(min(pdfium.FPDF_StructElement_GetAttributeCount(_element(found)), _MOST_DEPTH)):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(_element(found), place)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attribute, name.encode()) if attribute else None
        number = ctypes.c_float()
        if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number) and 1 <= number.value <= MAX_SPAN:
            return int(number.value)
    return 1


def _is_artifact(text_object: Handle) -> bool:
    thing = ctypes.cast(text_object, pdfium.FPDF_PAGEOBJECT)
    for place in range(min(pdfium.FPDFPageObj_CountMarks(thing), _MOST_DEPTH)):
        mark = pdfium.FPDFPageObj_GetMark(thing, place)
        buffer = (pdfium.FPDF_WCHAR * (_MOST_BYTES // 2))()
        written = ctypes.c_ulong()
        if mark and pdfium.FPDFPageObjMark_GetName(mark, buffer, _MOST_BYTES, written):
            name = bytes(buffer)[: written.value].decode("utf-16-le", errors="replace")
            if name.rstrip("\0") == "Artifact":
                return True
    return False


def _text(ask: Any, found: Handle) -> str:
    buffer = ctypes.create_string_buffer(_MOST_BYTES)
    size = min(ask(_element(found), buffer, _MOST_BYTES), _MOST_BYTES)
    return buffer.raw[:size].decode("utf-16-le", errors="replace").rstrip("\0")


def _element(found: Handle) -> Any:
    return ctypes.cast(found, pdfium.FPDF_STRUCTELEMENT)
