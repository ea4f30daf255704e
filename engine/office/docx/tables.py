"""The rows of a table of a Word file, with its merged cells and headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from contract.layout import CellKind
from engine.office.docx.names import W, number, switched_on, value
from engine.office.docx.styles import Styles
from engine.office.grid import Entry
from engine.reading.page import Paragraph

_WRAPPERS: Final = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins")
_ROW_CHANGES: Final = f"{W}trPr/{W}del"
# `w:tblLook` as bits, where its attributes do not say it in words.
_LOOK_BITS: Final = {"firstRow": 0x20, "firstColumn": 0x80}

Read = Callable[[etree._Element], tuple[Paragraph, ...]]


def rows(table: etree._Element, styles: Styles, read: Read) -> list[list[Entry]]:
    """The rows of a table; `read` gives the paragraphs of a cell."""
    stated = [row for row in _within(table, f"{W}tr") if row.find(_ROW_CHANGES) is None]
    headers = _header_rows(table, stated, styles)
    first_column = _looks(table, "firstColumn") and styles.marks(table, "firstCol")
    found: list[list[Entry]] = []
    merged: dict[int, tuple[int, int]] = {}
    """By column, where the merged cell that goes on there began: row and position in it."""
    for position, row in enumerate(stated):
        before = number(row, "trPr/gridBefore", 0)
        entries = [Entry((), column_span=before)] if before > 0 else []
        column = max(before, 0)
        going_on: dict[int, tuple[int, int]] = {}
        for cell in _within(row, f"{W}tc"):
            width = max(number(cell, "tcPr/gridSpan", 1), 1)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            start = merged.get(column) if merge is not None else None
            if start is not None and value(cell, "tcPr/vMerge") != "restart":
                began, place = start
                found[began][place] = found[began][place]._replace(row_span=position - began + 1)
                going_on[column] = start
            else:
                kind = CellKind.CONTENT
                if position < headers:
                    kind = CellKind.COLUMN_HEADER
                elif first_column and not column:
                    kind = CellKind.ROW_HEADER
                entries.append(Entry(read(cell), 1, width, kind))
                if merge is not None:
                    going_on[column] = (position, len(entries) - 1)
            column += width
        merged = going_on
        found.append(entries)
    return found


def _header_rows(table: etree._Element, stated: list[etree._Element], styles: Styles) -> int:
    """How many rows at the top are headers: those that repeat on each page, or a first one that stands out."""
    count = 0
    while count < len(stated) and switched_on(stated[count].find(f"{W}trPr"), "tblHeader"):
        count += 1
    if count or len(stated) < 2:
        return count
    return int((_looks(table, "firstRow") and styles.marks(table, "firstRow")) or _is_bold(stated[0], styles))


def _is_bold(row: etree._Element, styles: Styles) -> bool:
    runs = [run for run in row.iter(f"{W}r") if run.findtext(f"{W}t")]
    return bool(runs) and all(styles.is_bold(run) for run in runs)


def _looks(table: etree._Element, part: str) -> bool:
    """Whether a table lets its style show a part."""
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return False
    told = look.get(W + part)
    if told is not None:
        return told in ("1", "true", "on")
    try:
        return bool(int(look.get(f"{W}val", "0"), 16) & _LOOK_BITS[part])
    except ValueError:
        return False


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with a tag, also those in what only wraps them."""
    for child in element.iterchildren(tag, *_WRAPPERS):
        if child.tag == tag:
            yield child
        else:
            yield from _within(child, tag)
