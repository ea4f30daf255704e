"""A page for each slide."""

from __future__ import annotations

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from contract.layout import CellKind, ParagraphRole
from tests.engine.images import recognizing
from tests.engine.office.files import laid_out, markdown, picture, roles, saved, with_parts
from tests.engine.pdfs import analyzed

TITLE, CONTENT, BLANK = 0, 1, 6


def test_slides_have_titles_bullets_and_notes() -> None:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[TITLE])
    first.shapes.title.text = "Tides"
    second = deck.slides.add_slide(deck.slide_layouts[CONTENT])
    second.placeholders[1].text_frame.text = "springs"
    second.placeholders[1].text_frame.add_paragraph().text = "neaps"
    second.shapes.title.text = "Kinds\vof tide"
    second.notes_slide.notes_text_frame.text = "Speak slowly."
    found = laid_out(saved(deck))
    assert roles(found) == [
        ("Tides", ParagraphRole.TITLE),
        ("Kinds\nof tide", ParagraphRole.SECTION_HEADING),
        ("• springs", None),
        ("• neaps", None),
        ("Speak slowly.", None),
    ]
    assert [page.page_number for page in found.pages] == [1, 2]
    assert all(page.unit is None and page.lines is None for page in found.pages)
    assert markdown(saved(deck)).split("\n\n<!-- PageBreak -->\n\n")[1].startswith("## Kinds of tide\n\n• springs")
    assert {role for _, role in roles(analyzed(saved(deck)))} == {None}


def test_a_table_has_merged_cells_and_headers() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    table = slide.shapes.add_table(3, 2, 0, 0, Inches(4), Inches(2)).table
    for row in range(3):
        for column in range(2):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 0).merge(table.cell(2, 0))
    (found,) = laid_out(saved(deck)).tables or []
    assert [(cell.row_index, cell.column_index, cell.row_span, cell.kind) for cell in found.cells] == [
        (0, 0, 1, CellKind.COLUMN_HEADER),
        (0, 1, 1, CellKind.COLUMN_HEADER),
        (1, 0, 2, CellKind.CONTENT),
        (1, 1, 1, CellKind.CONTENT),
        (2, 1, 1, CellKind.CONTENT),
    ]


def test_pictures_and_charts_are_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    slide.shapes.add_group_shape().shapes.add_picture(io.BytesIO(picture()), 0, 0)
    data = CategoryChartData()
    data.categories = ["East", "West"]
    data.add_series("Height", (1, 2))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Tides"
    found = laid_out(saved(deck))
    image, shown = found.figures or []
    assert (image.id, image.elements) == ("1.1", None)
    assert shown.caption is not None
    assert shown.caption.content == "Tides"
    assert found.content == "Tides\nHeight\nEast\nWest"


def test_what_is_at_the_foot_of_all_slides_has_its_role() -> None:
    deck = pptx.Presentation()
    layout = deck.slide_layouts[CONTENT]
    slide = deck.slides.add_slide(layout)
    for place, text in zip(
        [one for one in layout.placeholders if one.placeholder_format.idx >= 10], "abc", strict=True
    ):
        slide.shapes.clone_placeholder(place)
        slide.placeholders[place.placeholder_format.idx].text_frame.text = text
    slide.shapes.title.text = "Title"
    assert roles(laid_out(saved(deck))) == [
        ("Title", ParagraphRole.TITLE),
        ("a", ParagraphRole.PAGE_FOOTER),
        ("b", ParagraphRole.PAGE_FOOTER),
        ("c", ParagraphRole.PAGE_NUMBER),
    ]


def test_numbers_of_paragraphs_are_displayed() -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[CONTENT])
    frame = slide.placeholders[1].text_frame
    frame.text = "one"
    for text in ("two", "three"):
        frame.add_paragraph().text = text
    numbered = '<a:p><a:pPr><a:buAutoNum type="arabicParenR" startAt="4"/></a:pPr>'
    document = with_parts(saved(deck), {}, {"ppt/slides/slide1.xml": ("<a:p>(?=<a:r>)", numbered)})
    assert laid_out(document).content == "4) one\n5) two\n6) three"


def test_a_deck_without_slides_is_a_page_without_words() -> None:
    assert [page.words for page in laid_out(saved(pptx.Presentation())).pages] == [[]]


def test_a_slide_without_a_placeholder_has_its_largest_text_as_title() -> None:
    deck = pptx.Presentation()
    for sizes in ((12, 40), (40, 40), (12, 14)):
        slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
        for size in sizes:
            frame = slide.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame
            frame.text = f"{size} points"
            frame.paragraphs[0].runs[0].font.size = Pt(size)
    assert roles(laid_out(saved(deck)))[:2] == [("40 points", ParagraphRole.TITLE), ("12 points", None)]
    assert {role for _, role in roles(laid_out(saved(deck)))[2:]} == {None}


def test_a_relation_to_a_part_that_is_not_there_is_passed_over() -> None:
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[TITLE]).shapes.title.text = "Tides"
    relation = (
        '<Relationship Id="rId99" Target="NULL" Type="http://schemas.openxmlformats.org/officeDocument/'
        '2006/relationships/image"/></Relationships>'
    )
    broken = with_parts(saved(deck), {}, {"ppt/slides/_rels/slide1.xml.rels": ("</Relationships>", relation)})
    assert laid_out(broken).content == "Tides"
