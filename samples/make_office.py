"""Makes the Office and HTML samples beside this file; the same bytes each time.

python samples/make_office.py
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import openpyxl
import pptx
from openpyxl.styles import Font
from PIL import Image, ImageDraw
from pptx.util import Inches

HERE = Path(__file__).parent
_MADE = datetime(2025, 3, 3, tzinfo=UTC)
# The earliest time that a ZIP can state.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

_MODIFIED = re.compile(rb"(<dcterms:modified [^>]*>)[^<]*")

_HEIGHTS = (("Station", "Neap", "Spring"), ("Port Ellery", "1.9 m", "4.3 m"), ("Quay Street", "1.7 m", "4.1 m"))


def report_sample() -> bytes:
    """A report in Word with headings, lists, a table, a picture, a header and a footer."""
    document = docx.Document()
    document.core_properties.created = _MADE
    document.sections[0].header.paragraphs[0].text = "Harbour Office, Port Ellery"
    document.sections[0].footer.paragraphs[0].text = "For the files"
    document.add_heading("The Tides of Port Ellery", 0)
    document.add_paragraph(
        "The keeper of the gauge wrote the height of the water into a ruled book for thirty-one years."
    )
    document.add_heading("What was measured", 1)
    for text in ("the height of the water, every quarter of an hour", "the wind"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Heights", 2)
    document.add_paragraph("Table 1: mean heights of high water", style="Caption")
    table = document.add_table(len(_HEIGHTS), len(_HEIGHTS[0]), style="Light Grid Accent 1")
    for row, texts in zip(table.rows, _HEIGHTS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("The gauge", 1)
    document.add_picture(io.BytesIO(_plate()), width=Inches(3))
    document.add_paragraph("Figure 1: the plate on the gauge", style="Caption")
    for text in ("Lower the float.", "Read the scale.", "Write it down."):
        document.add_paragraph(text, style="List Number")
    return _saved(document.save)


def talk_sample() -> bytes:
    """A talk in PowerPoint: a title, bullets with notes, a table."""
    deck = pptx.Presentation()
    deck.core_properties.created = _MADE
    opening = deck.slides.add_slide(deck.slide_layouts[0])
    opening.shapes.title.text = "Thirty-one Years of Water"
    opening.placeholders[1].text = "Tomas Lindqvist, Harbour Office"
    told = deck.slides.add_slide(deck.slide_layouts[1])
    told.shapes.title.text = "What the book tells"
    told.placeholders[1].text_frame.text = "The highest waters come a day and a half after the full moon"
    told.placeholders[1].text_frame.add_paragraph().text = "A long wind from the south-west adds the width of a hand"
    told.notes_slide.notes_text_frame.text = "Show the book here."
    shown = deck.slides.add_slide(deck.slide_layouts[5])
    shown.shapes.title.text = "Mean heights"
    table = shown.shapes.add_table(len(_HEIGHTS), len(_HEIGHTS[0]), Inches(1), Inches(2), Inches(8), Inches(2)).table
    for row, texts in enumerate(_HEIGHTS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return _saved(deck.save)


def orders_sample() -> bytes:
    """A workbook with numbers, dates and a second sheet."""
    book = openpyxl.Workbook()
    book.properties.created = _MADE.replace(tzinfo=None)
    sheet = book.worksheets[0]
    sheet.title = "Orders"
    sheet.append(["Item", "Ordered", "Quantity", "Unit price"])
    for item, ordered, quantity, price in (
        ("Brass tide gauge", date(2025, 3, 3), 1, 480),
        ("Ruled logbook, 200 pages", date(2025, 3, 4), 6, 12.5),
    ):
        sheet.append([item, ordered, quantity, price])
        sheet.cell(sheet.max_row, 4).number_format = '"$"#,##0.00'
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    book.create_sheet("Notes").append(["Payable within 30 days."])
    return _saved(book.save)


def notice_sample() -> bytes:
    """A notice in HTML with headings, a nested list, a table with spans, a figure and boxes to tick."""
    return b"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Notice</title><style>th { text-align: left }</style></head>
<body>
<h1>Notice to Boats</h1>
<p>The harbour empties <b>twice a day</b>.
Boats of more than 2&nbsp;m draught wait for the tide.</p>
<h2>Before you enter</h2>
<ol><li>Call the harbour office.<ul><li>by day on channel 12</li><li>by night by telephone</li></ul></li>
<li>Wait for the green light.</li></ol>
<h2>Heights</h2>
<table>
<caption>Mean heights of high water</caption>
<thead><tr><th>Station</th><th colspan="2">Height</th></tr></thead>
<tr><th rowspan="2">Port Ellery</th><td>neap</td><td>1.9 m</td></tr>
<tr><td>spring</td><td>4.3 m</td></tr>
</table>
<figure><img src="chart.png" alt="The harbour and its two lights">
<figcaption>Figure 1: the harbour</figcaption></figure>
<p><input type="checkbox" checked> I have read this. <input type="checkbox"> I want a copy.</p>
</body>
</html>
"""


SAMPLES: dict[str, Callable[[], bytes]] = {
    "report.docx": report_sample,
    "talk.pptx": talk_sample,
    "orders.xlsx": orders_sample,
    "notice.html": notice_sample,
}


def _plate() -> bytes:
    """A picture with words on it."""
    image = Image.new("RGB", (480, 160), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((4, 4, 475, 155), outline="black", width=4)
    draw.text((40, 50), "TIDE GAUGE 1901", fill="black", font_size=48)
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    """The file that a library saves, packed again without the time at which it was saved."""
    saved, data = io.BytesIO(), io.BytesIO()
    save(saved)
    with zipfile.ZipFile(saved) as timed, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in timed.namelist():
            content = _MODIFIED.sub(rb"\g<1>2025-03-03T00:00:00Z", timed.read(name))
            packed.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


if __name__ == "__main__":
    for name, make in SAMPLES.items():
        (HERE / name).write_bytes(make())
