"""What is filled into the fields of a form that a PDF has."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from contract.options import Feature
from tests.engine.pdfs import analyzed, displayed, pdf, written

Edit = Callable[[Any], Any]


def form(*fields: tuple[str, str, float, float], **options: Any) -> bytes:
    """A form with labels and text fields: label, value, and where the field is; labels stand before them."""

    def draw(canvas: Canvas) -> None:
        for number, (label, value, x, y) in enumerate(fields):
            canvas.drawRightString(x - 8, y + 6, label)
            canvas.acroForm.textfield(name=f"f{number}", value=value, x=x, y=y, width=120, height=20, **options)

    return pdf(draw)


def edited(document: bytes, edit: Edit) -> bytes:
    """The document with a change to each of its fields, which viewers are told to draw."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    for annotation in writer.pages[0]["/Annots"]:
        edit(annotation.get_object())
    writer.root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(True)
    return written(writer)


def pairs(document: bytes) -> dict[str, str]:
    result = analyzed(document, "prebuilt-layout", features=frozenset({Feature.KEY_VALUE_PAIRS}))
    return {pair.key.content: pair.value.content if pair.value else "" for pair in result.key_value_pairs or []}


def test_a_field_is_the_value_of_the_label_before_it() -> None:
    document = form(("Master", "Ada Marsh", 150, 700), ("Mate", "", 150, 660))
    assert pairs(document) == {"Master": "Ada Marsh", "Mate": ""}
    assert pairs(displayed(document, 90)) == {"Master": "Ada Marsh", "Mate": ""}


def test_two_fields_of_a_row_have_a_label_each() -> None:
    document = form(("Port", "Brest", 150, 700), ("Berth", "12", 350, 700))
    assert pairs(document) == {"Port": "Brest", "Berth": "12"}


def test_a_label_may_stand_above_its_field_and_fields_may_follow_each_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 725, "Registry number")
        for number, value in enumerate(["41", "77"]):
            canvas.acroForm.textfield(name=f"f{number}", value=value, x=100 + 70 * number, y=700, width=60, height=20)

    assert pairs(pdf(draw)) == {"Registry number": "41 77"}


def test_a_field_is_filled_where_the_viewer_is_to_draw_it() -> None:
    bare = edited(form(("Master", "Ada Marsh", 150, 700)), lambda field: field.pop("/AP"))
    assert analyzed(bare, "prebuilt-read").content == "Master Ada Marsh"
    assert pairs(bare) == {"Master": "Ada Marsh"}


def test_hidden_fields_are_none() -> None:
    hidden = edited(
        form(("Master", "Ada Marsh", 150, 700)), lambda field: field.update({NameObject("/F"): NumberObject(2)})
    )
    assert pairs(hidden) == {}


def test_a_cell_for_each_character_makes_one_word() -> None:
    document = form(("Call sign", "ARV7", 150, 700), maxlen=4, fieldFlags="comb")
    bare = edited(document, lambda field: field.pop("/AP"))
    words = analyzed(bare, "prebuilt-read").pages[0].words or []
    assert [word.content for word in words] == ["Call", "sign", "ARV7"]
    assert words[2].polygon[2] - words[2].polygon[0] > 80 / 72
