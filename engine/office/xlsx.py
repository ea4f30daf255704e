"""Workbooks: a page for each sheet that is shown, a paragraph for each row, a line for each cell; then the pictures.

The protocol knows no tables of workbooks.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import openpyxl
from docx.opc.constants import RELATIONSHIP_TYPE
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from contract.errors import ApiError, Detail, Fault
from contract.limits import MAX_PAGES
from contract.options import AnalyzeOptions
from engine.office import parts
from engine.office.archive import unpackable
from engine.office.displayed import displayed
from engine.office.pictures import Pictures
from engine.office.pieces import page
from engine.office.text import characters, paragraph
from engine.reading.page import Paragraph, ReadPage

#: The protocol refuses larger workbooks.
MAX_CHARACTERS: Final = 8_000_000

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SHOWN: Final = "visible"


def pages(untrusted_document: memoryview, options: AnalyzeOptions) -> list[ReadPage]:
    """The sheets. Raises: ApiError, and whatever its parser trips over."""
    file = unpackable(untrusted_document)
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    drawn = _drawn(file)
    pictures = Pictures(options)
    found: list[ReadPage] = []
    room = MAX_CHARACTERS
    for sheet in book.worksheets[:MAX_PAGES]:
        if not isinstance(sheet, ReadOnlyWorksheet) or sheet.sheet_state != _SHOWN:
            continue
        rows: list[Paragraph] = []
        for row in _rows(sheet):
            room -= characters(row)
            if room < 0:
                raise ApiError(Fault.UNSUPPORTED_CONTENT, Detail.TOO_MANY_CHARACTERS)
            rows.append(row)
        figures = [figure for one in drawn.get(sheet.title, ()) if (figure := pictures.figure(one)) is not None]
        found.append(page(len(found) + 1, [*rows, *figures]))
    return found or [page(1, ())]


def _drawn(file: io.BytesIO) -> dict[str, list[bytes]]:
    """The pictures of each sheet by its name, which the reader of cells leaves out."""
    file.seek(0)
    book = parts.main_part(file)
    found: dict[str, list[bytes]] = {}
    for sheet in parts.root(book).iter("{*}sheet"):
        part = parts.target(book, sheet.get(f"{_R}id"))
        for relation in part.rels.values() if part is not None else ():
            if relation.reltype != RELATIONSHIP_TYPE.DRAWING or relation.is_external:
                continue
            drawing = relation.target_part
            shown = [parts.target(drawing, blip.get(f"{_R}embed")) for blip in parts.root(drawing).iter(f"{_A}blip")]
            found.setdefault(sheet.get("name", ""), []).extend(one.blob for one in shown if one is not None)
    return found


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[Paragraph]:
    # What a sheet says of its size may be a lie; without it the rows end where the cells do.
    sheet.reset_dimensions()
    for cells in sheet.rows:
        texts = [displayed(cell.value, cell.number_format) for cell in cells if cell.value is not None]
        row = paragraph(["\n".join(" ".join(text.split()) for text in texts)])
        if row is not None:
            yield row
