"""The outline of a PDF names its headings."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from reportlab.pdfgen.canvas import Canvas

from engine.evidence import Heading
from engine.pdf.document import opened
from engine.pdf.outline import headings
from tests.engine.pdfs import pdf, written


def chapter(name: str, level: int) -> object:
    def draw(canvas: Canvas) -> None:
        canvas.bookmarkPage(name)
        canvas.addOutlineEntry(name, name, level)

    return draw


def found(document: bytes) -> dict[int, list[Heading]]:
    with opened(memoryview(document)) as one:
        return headings(one)


def test_bookmarks_are_headings_of_their_pages_with_levels() -> None:
    document = pdf(chapter("Ebbe und Flut \u2013 1", 0), chapter("Low  water", 1), chapter("Boats", 0))  # type: ignore[arg-type]
    assert found(document) == {
        1: [Heading("Ebbe und Flut \u2013 1", 1)],
        2: [Heading("Low water", 2)],
        3: [Heading("Boats", 1)],
    }


def test_a_document_without_an_outline_names_none() -> None:
    assert found(pdf(lambda canvas: canvas.drawString(72, 700, "text"))) == {}


def test_an_outline_that_bites_its_tail_ends() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(chapter("a", 0), chapter("b", 0)))))  # type: ignore[arg-type]
    outline = writer._root_object["/Outlines"].get_object()
    outline["/Last"].get_object()[NameObject("/Next")] = outline.raw_get("/First")
    assert [heading.title for page in found(written(writer)).values() for heading in page] == ["a", "b"]
