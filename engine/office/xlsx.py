"""Workbooks: a page for each sheet that is shown, a paragraph for each row, a line for each cell.

The protocol knows no tables of workbooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from contract.errors import ApiError, Fault
from contract.limits import MAX_PAGES
from contract.options import AnalyzeOptions
from engine.office.archive import unpackable
from engine.office.displayed import displayed
from engine.office.pieces import page
from engine.office.text import characters, paragraph
from engine.reading.page import Paragraph, ReadPage

#: The protocol refuses larger workbooks.
MAX_CHARACTERS: Final = 8_000_000

_SHOWN: Final = "visible"
_TOO_LARGE: Final = "The workbook has more than 8,000,000 characters. Split it."


def pages(untrusted_document: memoryview, options: AnalyzeOptions) -> list[ReadPage]:
    """The sheets. Raises: ApiError, and whatever its parser trips over."""
    book = openpyxl.load_workbook(unpackable(untrusted_document), read_only=True, data_only=True, keep_links=False)
    found: list[ReadPage] = []
    room = MAX_CHARACTERS
    for sheet in book.worksheets[:MAX_PAGES]:
        if not isinstance(sheet, ReadOnlyWorksheet) or sheet.sheet_state != _SHOWN:
            continue
        rows: list[Paragraph] = []
        for row in _rows(sheet):
            room -= characters(row)
            if room < 0:
                raise ApiError(Fault.UNSUPPORTED_CONTENT, _TOO_LARGE)
            rows.append(row)
        found.append(page(len(found) + 1, rows))
    return found or [page(1, ())]


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[Paragraph]:
    # What a sheet says of its size may be a lie; without it the rows end where the cells do.
    sheet.reset_dimensions()
    for cells in sheet.rows:
        texts = [displayed(cell.value, cell.number_format) for cell in cells if cell.value is not None]
        row = paragraph(["\n".join(" ".join(text.split()) for text in texts)])
        if row is not None:
            yield row
