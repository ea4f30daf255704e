"""A page for each sheet, a paragraph for each row, a line for each cell."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.drawing.image import Image

from contract.errors import ApiError, Fault
from engine.evidence import Word
from engine.office import xlsx
from engine.office.displayed import displayed
from tests.engine.images import recognizing, word
from tests.engine.office.files import laid_out, markdown, picture, saved, with_parts
from tests.engine.pdfs import analyzed


def moment(*parts: int) -> datetime:
    """A time of a workbook, which knows no zones."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def workbook(*sheets: list[list[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    return book


def test_rows_and_cells_stand_in_order() -> None:
    document = saved(workbook([["Item", "Price"], [None, None], ["Gauge\nof brass", 480]], [["Notes"]]))
    found = laid_out(document)
    assert found.content == "Item\nPrice\nGauge of brass\n480\nNotes"
    assert [one.content for one in found.paragraphs or []] == ["Item\nPrice", "Gauge of brass\n480", "Notes"]
    assert [page.page_number for page in found.pages] == [1, 2]
    assert found.tables == []
    assert markdown(document) == "Item\nPrice\n\nGauge of brass\n480\n\n<!-- PageBreak -->\n\nNotes"
    assert analyzed(document).content == found.content


def test_a_hidden_sheet_is_no_page() -> None:
    book = workbook([["shown"]], [["secret"]])
    book.worksheets[1].sheet_state = "hidden"
    assert laid_out(saved(book)).content == "shown"


def test_the_text_of_a_picture_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Word] = [word("GAUGE", 5, 5, 60, 20)]
    recognizing(monkeypatch, lambda pixels: seen)
    book = workbook([["one"]], [["two"]])
    book.worksheets[0].add_image(Image(io.BytesIO(picture())), "B2")
    found = laid_out(saved(book))
    assert found.content == "one\nGAUGE\ntwo"
    assert [figure.id for figure in found.figures or []] == ["1.1"]


def test_a_sheet_that_lies_about_its_size_is_read() -> None:
    document = with_parts(
        saved(workbook([["a", "b"]])),
        {},
        {"xl/worksheets/sheet1.xml": ('<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')},
    )
    assert laid_out(document).content == "a\nb"


def test_too_many_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_CHARACTERS", 10)
    assert laid_out(saved(workbook([["123456789"]]))).content == "123456789"
    with pytest.raises(ApiError) as refused:
        laid_out(saved(workbook([["123456789"], ["1"]])))
    assert refused.value.fault is Fault.UNSUPPORTED_CONTENT


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (10**20, "General", "100000000000000000000"),
        (1234.5, "0", "1235"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, '"$"#,##0.00', "$1,234.50"),
        (-3, '"$"#,##0.00_);("$"#,##0.00)', "($3.00)"),
        (-3, "0.0", "-3.0"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0.##%", "12.5%"),
        (5, '0 "kg"', "5 kg"),
        (12.5, "[$€-407]#,##0.00", "€12.50"),
        (12.5, "[Red]0.0", "12.5"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.5, "# ?/?", "0.5"),
        (float("inf"), "0.00", "inf"),
        (True, "General", "TRUE"),
        ("text", "0.00", "text"),
        (moment(2025, 3, 3), "dd/mm/yyyy", "2025-03-03"),
        (moment(2025, 3, 3, 14, 5), "yyyy-mm-dd h:mm", "2025-03-03 14:05"),
        (moment(2025, 3, 3, 14, 5, 9), "h:mm:ss", "14:05:09"),
        (date(2025, 3, 3), "d mmm", "2025-03-03"),
        (time(9, 30), "h:mm", "09:30"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05:00"),
        (None, "General", ""),
    ],
)
def test_a_value_is_displayed(value: object, number_format: str, text: str) -> None:
    assert displayed(value, number_format) == text
