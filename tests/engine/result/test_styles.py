"""Styles name words by hand, and bold and italic ones, by spans that slice the content."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from reportlab.pdfgen.canvas import Canvas

from contract.layout import FontStyle, FontWeight
from contract.options import AnalyzeOptions, ContentFormat, Feature
from contract.page import LengthUnit
from contract.result import AnalyzeResult
from engine.evidence import Look, Quad, Word
from engine.reading.page import Line, Paragraph, ReadPage
from tests.engine.pdfs import analyzed, pdf
from tests.engine.results import assembled

QUAD: Quad = (1, 1, 2, 1, 2, 1.2, 1, 1.2)


def word(text: str, bold: bool = False, italic: bool = False, by_hand: float = 0.0) -> Word:
    return Word(text, QUAD, 0.0, 0.2, bold, 0.9, None, italic, by_hand=by_hand)


def result(*lines: tuple[Word, ...], markdown: bool = False, wanted: bool = True) -> AnalyzeResult:
    read = tuple(Line(" ".join(one.text for one in words), QUAD, words) for words in lines)
    page = ReadPage(1, 8.5, 11.0, LengthUnit.INCH, 0.0, (Paragraph(QUAD, read),), True)
    options = AnalyzeOptions(
        model_id="prebuilt-layout",
        content_format=ContentFormat.MARKDOWN if markdown else ContentFormat.TEXT,
        features=frozenset({Feature.STYLE_FONT}) if wanted else frozenset(),
    )
    return assembled([page], options)


def told(found: AnalyzeResult) -> dict[str, list[str]]:
    return {
        str(
            one.font_weight or one.font_style or one.similar_font_family or one.color or f"on {one.background_color}"
        ): [found.content[span.offset : span.offset + span.length] for span in one.spans]
        for one in found.styles or []
        if FontWeight.NORMAL not in (one.font_weight, one.font_style)
    }


@pytest.mark.parametrize("markdown", [False, True])
def test_runs_of_bold_and_italic_words_go_over_lines(markdown: bool) -> None:
    found = result(
        (word("The"), word("high", bold=True), word("tide", bold=True)),
        (word("turns", bold=True, italic=True), word("at"), word("noon", bold=True)),
        markdown=markdown,
    )
    assert told(found) == {FontWeight.BOLD: ["high tide\nturns", "noon"], FontStyle.ITALIC: ["turns"]}


def test_a_text_in_one_style_has_none() -> None:
    assert result((word("plain"),)).styles == []


def test_fonts_are_told_when_asked_for() -> None:
    assert result((word("bold", bold=True),), wanted=False).styles == []


@pytest.mark.parametrize("markdown", [False, True])
def test_words_by_hand_are_told_unasked_in_runs(markdown: bool) -> None:
    found = result(
        (word("Name:"), word("Ada", by_hand=0.91), word("Mar", by_hand=0.91)),
        (word("Date:", by_hand=0.4), word("3/4/61", by_hand=0.88)),
        (word("4/5/61", by_hand=0.6),),
        markdown=markdown,
        wanted=False,
    )
    spans = {
        one.confidence: [found.content[span.offset : span.offset + span.length] for span in one.spans]
        for one in found.styles or []
        if one.is_handwritten
    }
    assert spans == {0.6: ["4/5/61"], 0.9: ["Ada Mar", "3/4/61"]}


def test_fonts_of_a_pdf_tell_styles() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(72, 700, "Heavy water")
        canvas.setFont("Times-Italic", 12)
        canvas.drawString(72, 600, "slanted rain")

    found = analyzed(pdf(draw), "prebuilt-read", features=frozenset({Feature.STYLE_FONT}))
    assert told(found) == {
        FontWeight.BOLD: ["Heavy water"],
        FontStyle.ITALIC: ["slanted rain"],
        "Helvetica, sans-serif": ["Heavy water"],
        "Times, serif": ["slanted rain"],
        "#000000": ["Heavy water\nslanted rain"],
    }
    normal = [one for one in found.styles or [] if FontWeight.NORMAL in (one.font_weight, one.font_style)]
    assert len(normal) == 2


def test_words_of_a_pdf_have_colours() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(60, 690, 200, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 1)
        canvas.drawString(72, 700, "Deep water")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 600, "shoals")

    found = told(analyzed(pdf(draw), "prebuilt-layout", features=frozenset({Feature.STYLE_FONT})))
    assert found["#0000ff"] == found["on #ffff00"] == ["Deep water"]
    assert found["#000000"] == ["shoals"]


def test_colours_have_places_and_no_cut_where_no_font_is_stated() -> None:
    red = replace(word("red"), look=Look(None, "#cc0000"))
    assert [one.color for one in result((word("plain"), red)).styles or []] == ["#cc0000"]
