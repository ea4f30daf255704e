"""Paragraphs get the roles that they play: titles, headings with levels, page furniture."""

from __future__ import annotations

import time
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from contract.layout import ParagraphRole
from contract.options import ContentFormat
from tests.engine.pdfs import analyzed, pdf

Draw = Callable[[Canvas], None]

PROSE = (
    "The tide comes in twice a day and the quay is wet up to the third step by",
    "noon. Nobody has counted the boats since the harbour master left, but there",
    "are more of them each spring, and the nets are mended on the wall at dusk.",
)


def page(*parts: tuple[str, float, str | tuple[str, ...]]) -> Draw:
    """Draws parts one below the other: font, size, and the lines."""

    def draw(canvas: Canvas) -> None:
        y = 690.0
        for font, size, said in parts:
            canvas.setFont(font, size)
            for line in (said,) if isinstance(said, str) else said:
                canvas.drawString(72, y, line)
                y -= 1.2 * size
            y -= size

    return draw


def text(lines: tuple[str, ...] = PROSE) -> tuple[str, float, tuple[str, ...]]:
    return "Helvetica", 10, lines


def bold(line: str, size: float = 10) -> tuple[str, float, str]:
    return "Helvetica-Bold", size, line


def with_furniture(draw: Draw, head: str, foot: str) -> Draw:
    def both(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 760, head)
        canvas.drawString(300, 30, foot)
        draw(canvas)

    return both


def roles(document: bytes) -> dict[str, ParagraphRole | None]:
    """The role of each paragraph by its first line."""
    found = analyzed(document, model_id="prebuilt-layout")
    return {one.content.split("\n")[0]: one.role for one in found.paragraphs or []}


def headings(*draw: Draw) -> list[str]:
    """The headings of the Markdown."""
    found = analyzed(pdf(*draw), model_id="prebuilt-layout", content_format=ContentFormat.MARKDOWN)
    return [line for line in found.content.split("\n") if line.startswith("#")]


def test_the_largest_text_at_the_top_is_the_title_and_larger_text_below_a_heading() -> None:
    first = page(("Helvetica", 20, "Harbours of the north"), text(), ("Helvetica", 14, "Of tides"), text())
    assert headings(first) == ["# Harbours of the north", "## Of tides"]
    assert roles(pdf(first))["Harbours of the north"] is ParagraphRole.TITLE


def test_bold_lines_of_the_size_of_the_text_are_headings() -> None:
    assert headings(page(text(), bold("Of tides"), text(), bold("Of boats"), text())) == ["# Of tides", "# Of boats"]


def test_numbers_tell_the_level() -> None:
    first = page(bold("Harbours of the north", 20), bold("1 Tides"), text(), bold("1.1 Low water"), text())
    second = page(bold("1.1.1 Neap"), text(), bold("2 Boats"), text(), bold("References"), text())
    assert headings(first, second) == [
        "# Harbours of the north",
        "## 1 Tides",
        "### 1.1 Low water",
        "#### 1.1.1 Neap",
        "## 2 Boats",
        "## References",
    ]


def test_labels_in_rows_bold_words_in_text_and_captions_are_no_headings() -> None:
    def draw(canvas: Canvas) -> None:
        page(text(), bold("Figure 1: the quay at noon"), text(), bold("and so on"), text())(canvas)
        canvas.setFont("Helvetica-Bold", 10)
        for x, label in ((72, "Name"), (300, "Harbour")):
            canvas.drawString(x, 400, label)
            canvas.drawString(x, 370, label + " of the boat")

    assert headings(draw) == []


def test_a_further_line_of_a_caption_is_no_heading() -> None:
    def draw(canvas: Canvas) -> None:
        page(text(), bold("Table A-3. Tides by month"))(canvas)
        canvas.drawString(180, 625, "Harbours of the north")
        page()(canvas)

    assert headings(draw, page(text(), bold("Of tides"), text())) == ["# Of tides"]


def test_text_beside_much_smaller_print_is_no_heading() -> None:
    notes = ("Courier", 7, PROSE)
    assert headings(page(notes, notes, text(), text(("Then it rains:",)), notes, notes)) == []


def test_what_repeats_at_the_edges_is_furniture() -> None:
    heads = ("The harbour 2026", "The harbour 2026", "The harbour 2026")
    document = pdf(*(with_furniture(page(text()), head, f"{n}") for n, head in enumerate(heads, 7)))
    found = roles(document)
    assert found["The harbour 2026"] is ParagraphRole.PAGE_HEADER
    assert {found[n] for n in ("7", "8", "9")} == {ParagraphRole.PAGE_NUMBER}
    assert found[PROSE[0]] is None


def test_small_text_apart_at_the_edge_of_a_single_page_is_furniture() -> None:
    for number in ("Page 3 of 4", "3 | Page", "- iv -", "3"):
        found = roles(pdf(with_furniture(page(text(), text()), "The harbour", number)))
        assert found["The harbour"] is ParagraphRole.PAGE_HEADER
        assert found[number] is ParagraphRole.PAGE_NUMBER


def test_text_along_the_margin_is_furniture() -> None:
    def draw(canvas: Canvas) -> None:
        page(text(), text())(canvas)
        canvas.rotate(90)
        canvas.drawString(200, -30, "stamped in the margin")

    assert roles(pdf(draw))["stamped in the margin"] is ParagraphRole.PAGE_HEADER


def test_the_outline_names_headings_whatever_they_look_like() -> None:
    def draw(canvas: Canvas) -> None:
        # The heading is not larger, and nothing parts it from the text.
        lines = (*PROSE, "II. On the tides", *PROSE)
        page(text(), text(lines))(canvas)
        canvas.bookmarkPage("north")
        canvas.addOutlineEntry("The north", "north", 0)
        canvas.bookmarkPage("tides")
        canvas.addOutlineEntry("On the tides", "tides", 1)

    assert headings(draw) == ["## II. On the tides"]


def test_a_title_of_letters_and_points_takes_no_time() -> None:
    def draw(canvas: Canvas) -> None:
        page(text())(canvas)
        canvas.bookmarkPage("here")
        canvas.addOutlineEntry("c." * 24 + "!", "here", 0)

    started = time.process_time()
    assert headings(draw) == []
    assert time.process_time() - started < 1
