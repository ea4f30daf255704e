"""Makes the sample documents beside this file; the same bytes each time.

    python samples/make.py

`scripts.pdf` needs the DejaVu Sans font and is left as it is where the font is not installed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).parent
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_STYLES = getSampleStyleSheet()

_ABOUT_TIDES = (
    "Twice a day the harbour empties, and twice a day it fills again. The keeper of the gauge wrote the height "
    "of the water into a ruled book every quarter of an hour, in ink, for thirty-one years. When the book was "
    "opened again last winter, its columns turned out to be the longest unbroken record of the tide on this coast.",
    "Reading such a book by hand takes a season. Each page holds ninety-six heights, a note on the wind and the "
    "initials of whoever stood watch. Some pages are stained, and on two of them a cat has walked through the ink.",
    "The record shows what the older fishermen always said: that the highest waters come not with the full moon "
    "itself but a day and a half after it, and that a long wind from the south-west adds the width of a hand.",
)


def letter_sample(path: Path) -> None:
    """A letter of one page."""
    page = Canvas(str(path), pagesize=letter, invariant=1)
    text = page.beginText(inch, 10 * inch)
    text.setFont("Times-Roman", 11)
    text.setLeading(14)
    lines = ["Harbour Office", "14 Quay Street", "Port Ellery", "", "3 March 2025", "", "Dear Ms. Okafor,", ""]
    lines += [
        "thank you for sending the tide book. We have read all of its pages and return it with",
        "this letter. The difference between spring and neap tide was 2.4 m on average, as you",
        "expected, and the highest water stood on 11 November 1926.",
        "",
        "We would be glad to keep a copy of the pages for 1919 to 1931. Please let us know",
        "whether the family agrees.",
        "",
        "With kind regards,",
        "Tomas Lindqvist",
    ]
    text.textLines(lines)
    page.drawText(text)
    page.save()


def article_sample(path: Path) -> None:
    """An article in two columns, with a title over both."""
    gap, margin = 0.3 * inch, 0.9 * inch
    width = (letter[0] - 2 * margin - gap) / 2
    full = letter[1] - 2 * margin
    title = Frame(margin, letter[1] - margin - inch, letter[0] - 2 * margin, inch, id="title")

    def columns(height: float) -> list[Frame]:
        return [Frame(margin + i * (width + gap), margin, width, height) for i in range(2)]

    document = BaseDocTemplate(str(path), pagesize=letter, invariant=1, title="Thirty-one Years of Water")
    document.addPageTemplates(
        [
            PageTemplate(id="first", frames=[title, *columns(full - inch)], onPage=_running_foot),
            PageTemplate(id="next", frames=columns(full), onPage=_running_foot),
        ]
    )
    body = ParagraphStyle("body", parent=_STYLES["BodyText"], alignment=4, fontName="Times-Roman", firstLineIndent=12)
    story: list[Flowable] = [
        NextPageTemplate("next"),
        Paragraph("Thirty-one Years of Water", _STYLES["Title"]),
        FrameBreak(),
    ]
    for number, heading in enumerate(("The book", "Its keeper", "What it tells", "What it leaves out"), 1):
        story.append(Paragraph(f"{number}. {heading}", _STYLES["Heading2"]))
        story += [Paragraph(text, body) for text in _ABOUT_TIDES * 2]
    document.build(story)


def invoice_sample(path: Path) -> None:
    """An invoice with a table."""
    rows = [
        ["Item", "Quantity", "Unit price", "Amount"],
        ["Brass tide gauge", "1", "$480.00", "$480.00"],
        ["Ruled logbook, 200 pages", "6", "$12.50", "$75.00"],
        ["Waterproof ink, blue", "4", "$8.25", "$33.00"],
        ["", "", "Total", "$588.00"],
    ]
    table = Table(rows, colWidths=[2.8 * inch, inch, 1.2 * inch, 1.2 * inch])
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -2), 0.5, colors.grey),
                ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),
                ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"),
                ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ]
        )
    )
    story: list[Flowable] = [
        Paragraph("INVOICE", _STYLES["Title"]),
        Paragraph("Invoice number: INV-2025-0042", _STYLES["BodyText"]),
        Paragraph("Date: 3 March 2025", _STYLES["BodyText"]),
        Paragraph("Bill to: Harbour Office, 14 Quay Street, Port Ellery", _STYLES["BodyText"]),
        Spacer(1, 0.3 * inch),
        table,
        Spacer(1, 0.3 * inch),
        Paragraph("Payable within 30 days.", _STYLES["BodyText"]),
    ]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story)


def turned_sample(path: Path) -> None:
    """A page that is cropped and displayed turned by 90 degrees."""
    page = Canvas(str(path), pagesize=letter, invariant=1)
    page.setFont("Helvetica", 14)
    page.drawString(2 * inch, 8 * inch, "This page is cropped and turned.")
    page.drawString(2 * inch, 7.6 * inch, "Coordinates are those of the page as displayed.")
    page.drawString(0.2 * inch, 0.2 * inch, "Outside the visible box")
    page.save()
    # reportlab writes neither a crop box nor a rotation.
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.pages[0].cropbox = RectangleObject((inch, inch, 7.5 * inch, 10 * inch))
    writer.pages[0].rotate(90)
    writer.write(path)


def scripts_sample(path: Path) -> None:
    """A sentence in each of several scripts."""
    if not _FONT.exists():
        return
    pdfmetrics.registerFont(TTFont("DejaVuSans", str(_FONT)))
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    page = Canvas(str(path), pagesize=A4, invariant=1)
    sentences = [
        ("DejaVuSans", "English: The tide turns at noon."),
        ("DejaVuSans", "Ελληνικά: Η παλίρροια αλλάζει το μεσημέρι."),
        ("DejaVuSans", "Русский: Прилив меняется в полдень."),
        ("DejaVuSans", "Français: L’œuvre naïve d’un été à Nîmes."),
        ("HeiseiMin-W3", "潮は正午に変わる。"),
        ("HYSMyeongJo-Medium", "조수는 정오에 바뀐다."),
    ]
    for number, (font, sentence) in enumerate(sentences):
        page.setFont(font, 14)
        page.drawString(inch, 10 * inch - number * 0.5 * inch, sentence)
    page.save()


SAMPLES: dict[str, Callable[[Path], None]] = {
    "letter.pdf": letter_sample,
    "article.pdf": article_sample,
    "invoice.pdf": invoice_sample,
    "turned.pdf": turned_sample,
    "scripts.pdf": scripts_sample,
}


def _running_foot(page: Canvas, document: BaseDocTemplate) -> None:
    page.setFont("Times-Roman", 9)
    page.drawCentredString(letter[0] / 2, 0.5 * inch, str(document.page))


if __name__ == "__main__":
    for name, make in SAMPLES.items():
        make(HERE / name)
