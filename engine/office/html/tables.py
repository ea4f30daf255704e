"""Tables of an HTML file while they are read, cell by cell."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from contract.layout import CellKind, ParagraphRole
from engine.office.grid import Entry, table
from engine.office.pieces import Piece
from engine.reading.page import Paragraph, Table, paragraphs

_SPAN: Final = re.compile(r"\s*(\d{1,5})")


class OpenTable:
    """A table whose end was not reached. `laid_out`: whether it only places what is on the page."""

    def __init__(self, element: etree._Element) -> None:
        self.laid_out = element.get("role") in ("presentation", "none")
        self.caption: tuple[Paragraph, ...] = ()
        self._rows: list[list[Entry]] = []
        self._tags: list[list[tuple[str, str, bool]]] = []
        self._pieces: list[Piece] = []

    def begin_row(self) -> None:
        """The cells that follow stand in the next row."""
        self._rows.append([])
        self._tags.append([])

    def add(self, cell: etree._Element, pieces: list[Piece], in_head: bool) -> None:
        """A cell with all that was in it."""
        if not self._rows:
            self.begin_row()
        self._pieces += pieces
        self.laid_out = self.laid_out or any(_is_structure(piece) for piece in pieces)
        said = tuple(one for piece in pieces for one in paragraphs((piece.block,)))
        self._rows[-1].append(Entry(said, _span(cell, "rowspan"), max(_span(cell, "colspan"), 1)))
        self._tags[-1].append((cell.tag, cell.get("scope", ""), in_head))

    def pieces(self) -> list[Piece]:
        """The table; or what is in it, one cell after the other, where it is none."""
        rows = [row for row in zip(self._rows, self._tags, strict=True) if row[0]]
        found = None
        if not self.laid_out and sum(len(entries) for entries, _ in rows) > 1:
            found = table([_told(*row) for row in rows], self.caption)
        return [*[Piece(one) for one in self.caption], *self._pieces] if found is None else [Piece(found)]


def _told(entries: list[Entry], tags: list[tuple[str, str, bool]]) -> list[Entry]:
    """A row with the kinds of its cells."""
    all_headers = all(tag == "th" or not entry.paragraphs for entry, (tag, _, _) in zip(entries, tags, strict=True))
    return [
        entry._replace(kind=_kind(tag, scope, in_head or (all_headers and len(entries) > 1)))
        for entry, (tag, scope, in_head) in zip(entries, tags, strict=True)
    ]


def _kind(tag: str, scope: str, in_header_row: bool) -> CellKind:
    if scope.startswith("row") and tag == "th":
        return CellKind.ROW_HEADER
    if in_header_row or (tag == "th" and scope.startswith("col")):
        return CellKind.COLUMN_HEADER
    return CellKind.ROW_HEADER if tag == "th" else CellKind.CONTENT


def _is_structure(piece: Piece) -> bool:
    """Whether a piece has no place in a cell of data."""
    block = piece.block
    return isinstance(block, Table) or (isinstance(block, Paragraph) and block.role is ParagraphRole.SECTION_HEADING)


def _span(cell: etree._Element, name: str) -> int:
    stated = _SPAN.match(cell.get(name) or "")
    return int(stated[1]) if stated else 1
