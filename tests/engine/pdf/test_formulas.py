"""Formulas of a page with a text layer stand in the result as the protocol says, where they are asked for."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from reportlab.pdfgen.canvas import Canvas

from contract.layout import ParagraphRole
from contract.options import ContentFormat, Feature
from contract.page import FormulaKind
from contract.result import AnalyzeResult
from tests.engine.pdfs import analyzed, pdf, raw_result, written

PROSE = "The height of the water was written into the same ruled book by every keeper."
WITH_FORMULAS = frozenset({Feature.FORMULAS})


def paper() -> bytes:
    """A page with a formula in a sentence and one on a line of its own, in fonts with the names of TeX's."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(72, 700, PROSE)
        canvas.drawString(72, 688, "In each of them the ratio ")
        x = 72 + canvas.stringWidth("In each of them the ratio ", "Times-Roman", 10)
        x = put(canvas, x, 688, ("q", "Times-Italic", 10, 0), ("1", "Times-Roman", 7, -1.5))
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(x, 688, ", of heights to depths, is small; as was known long ago, it is")
        x = put(canvas, 200, 664, ("q", "Times-Italic", 10, 0), (" = ", "Times-Roman", 10, 0))
        put(canvas, x + 1, 671, ("h", "Times-Italic", 10, 0), ("2", "Times-Roman", 7, 4))
        put(canvas, x + 3, 657, ("d", "Times-Italic", 10, 0))
        canvas.line(x, 666.5, x + 12, 666.5)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(400, 664, "(7)")
        canvas.drawString(72, 640, PROSE)

    return renamed(pdf(draw), {"/Times-Italic": "/CMMI10"})


def put(canvas: Canvas, x: float, y: float, *parts: tuple[str, str, float, float]) -> float:
    """Draws text, font, size and rise side by side; returns where it ends."""
    for text, font, size, rise in parts:
        canvas.setFont(font, size)
        canvas.drawString(x, y + rise, text)
        x += canvas.stringWidth(text, font, size)
    return x


def renamed(document: bytes, names: dict[str, str]) -> bytes:
    """The PDF with other names for its fonts."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            found = font.get_object()
            found[NameObject("/BaseFont")] = NameObject(names.get(found["/BaseFont"], found["/BaseFont"]))
    return written(writer)


def read(markdown: bool, model_id: str = "prebuilt-layout", **options: Any) -> AnalyzeResult:
    content_format = ContentFormat.MARKDOWN if markdown else ContentFormat.TEXT
    return analyzed(paper(), model_id, content_format=content_format, **options)


@pytest.mark.parametrize("model_id", ["prebuilt-read", "prebuilt-layout"])
def test_formulas_are_latex_in_markdown(model_id: str) -> None:
    found = read(True, model_id, features=WITH_FORMULAS)
    assert "the ratio $q_{1}$, of heights" in found.content
    assert r"$$q=\frac{h^{2}}{d}$$" in found.content
    assert "(7)" in found.content
    formulas = found.pages[0].formulas or []
    assert [(one.kind, one.value) for one in formulas] == [
        (FormulaKind.INLINE, "q_{1}"),
        (FormulaKind.DISPLAY, r"q=\frac{h^{2}}{d}"),
    ]
    cut = [found.content[one.span.offset : one.span.offset + one.span.length] for one in formulas]
    assert cut == ["$q_{1}$", r"$$q=\frac{h^{2}}{d}$$"]
    left, top, right, _, _, bottom, *_ = formulas[1].polygon or []
    assert 2.7 < left < right < 3.3
    assert 11 - 682 / 72 < top < bottom < 11 - 652 / 72
    assert all(0 < one.confidence < 1 for one in formulas)


def test_formulas_stand_as_signs_in_text_and_are_no_words() -> None:
    found = read(False, features=WITH_FORMULAS)
    assert "the ratio :formula:, of heights" in found.content
    assert [word.content for word in found.pages[0].words or [] if "formula" in word.content] == []
    (line,) = [line for line in found.pages[0].lines or [] if "ratio" in line.content]
    assert line.content == found.content[line.spans[0].offset : line.spans[0].offset + line.spans[0].length]


@pytest.mark.parametrize("features", [frozenset(), WITH_FORMULAS])
def test_a_displayed_formula_is_a_paragraph_with_its_role(features: frozenset[Feature]) -> None:
    paragraphs = read(False, features=features).paragraphs or []
    blocks = [one.content for one in paragraphs if one.role is ParagraphRole.FORMULA_BLOCK]
    assert blocks == ([":formula:"] if features else ["q =", "h 2\nd"])
    assert PROSE in [one.content.split("\n")[0] for one in paragraphs if one.role is None]


def test_without_the_feature_there_are_none() -> None:
    found = read(True)
    assert found.pages[0].formulas is None
    assert "the ratio q" in found.content
    assert "$" not in found.content


def test_a_document_without_fonts_for_formulas_stays_as_it_is() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Italic", 10)
        canvas.drawString(72, 700, "x = 2 + y, a \u2212 b and 10 \u00b1 2 \u00b5m")

    document = pdf(draw)
    plain = raw_result(document, "prebuilt-layout")
    assert raw_result(document, "prebuilt-layout", features=WITH_FORMULAS) == plain
