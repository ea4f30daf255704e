"""Selection marks of a PDF: fields, ballot boxes of a font, and what is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from contract.options import Feature
from contract.page import SelectionMark
from contract.result import AnalyzeResult
from tests.engine.pdfs import analyzed, displayed, pdf

Draw = Callable[[Canvas], Any]
SIDE = 11.0
SELECTED, UNSELECTED = "selected", "unselected"


def read(draw: Draw, turn: int = 0, **options: Any) -> AnalyzeResult:
    return analyzed(displayed(pdf(draw), turn), "prebuilt-layout", **options)


def marks(result: AnalyzeResult) -> list[SelectionMark]:
    return result.pages[0].selection_marks or []


def box(canvas: Canvas, x: float, y: float, label: str, inside: str = "") -> None:
    """A drawn box with its lower left corner at (x, y), something in it, and a label behind it."""
    canvas.setFont("Helvetica", 11)
    canvas.rect(x, y, SIDE, SIDE)
    if inside == "cross":
        canvas.line(x + 2, y + 2, x + SIDE - 2, y + SIDE - 2)
        canvas.line(x + 2, y + SIDE - 2, x + SIDE - 2, y + 2)
    elif inside == "tick":
        canvas.setLineWidth(1.5)
        canvas.line(x + 2, y + 5, x + 5, y + 2)
        canvas.line(x + 5, y + 2, x + SIDE + 1, y + SIDE + 1)
        canvas.setLineWidth(1)
    elif inside:
        canvas.drawString(x + 2, y + 2, inside)
    canvas.drawString(x + SIDE + 5, y + 2, label)


def test_fields_of_a_form_have_their_states() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (label, checked) in enumerate([("Pilot", True), ("Tug", False)]):
            canvas.acroForm.checkbox(name=label, x=72, y=700 - 40 * number, checked=checked)
            canvas.drawString(100, 705 - 40 * number, label)
        for number, value in enumerate(["high", "low"]):
            canvas.acroForm.radio(name="tide", value=value, x=72, y=600 - 40 * number, selected=value == "low")
            canvas.drawString(100, 605 - 40 * number, f"At {value} tide")

    result = read(draw)
    assert result.content == ":selected: Pilot\n:unselected: Tug\n:unselected: At high tide\n:selected: At low tide"
    assert marks(result)[0].polygon == pytest.approx([1.0, 1.0, 92 / 72, 1.0, 92 / 72, 92 / 72, 1.0, 92 / 72], abs=0.01)


def test_ballot_boxes_of_a_font_are_as_large_as_they_look() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Pilot")
        canvas.setFont("ZapfDingbats", 12)
        canvas.drawString(102, 700, "❏")

    result = read(draw)
    assert result.content == "Pilot :unselected:"
    (mark,) = marks(result)
    assert mark.polygon is not None
    width, height = mark.polygon[2] - mark.polygon[0], mark.polygon[5] - mark.polygon[1]
    assert width == pytest.approx(height, rel=0.1)


@pytest.mark.parametrize(
    ("inside", "state"), [("", UNSELECTED), ("cross", SELECTED), ("tick", SELECTED), ("X", SELECTED)]
)
def test_drawn_boxes_are_marks(inside: str, state: str) -> None:
    result = read(lambda canvas: box(canvas, 72, 700, "Pilot on board", inside))
    assert result.content == f":{state}: Pilot on board"
    (mark,) = marks(result)
    assert mark.polygon == pytest.approx([1.0, 1.125, 83 / 72, 1.125, 83 / 72, 92 / 72, 1.0, 92 / 72], abs=0.03)


@pytest.mark.parametrize("sign", ["✔", "✘", "■", "●"])
def test_a_symbol_of_a_font_marks_a_drawn_box(sign: str) -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, 72, 700, "Pilot on board")
        canvas.setFont("ZapfDingbats", 10)
        canvas.drawString(73.5, 702, sign)

    assert read(draw).content == ":selected: Pilot on board"


def test_drawn_circles_are_marks() -> None:
    def draw(canvas: Canvas) -> None:
        for number, label in enumerate(["North", "South"]):
            canvas.circle(77, 704 - 30 * number, 5.5)
            if number:
                canvas.circle(77, 704 - 30 * number, 2.5, fill=1)
            canvas.drawString(90, 700 - 30 * number, label)

    assert read(draw).content == ":unselected: North\n:selected: South"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_marks_of_a_turned_page_stand_with_their_labels(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, 72, 700, "Pilot on board", "cross")
        canvas.acroForm.checkbox(name="tug", x=72, y=650, checked=False, size=12)
        canvas.drawString(90, 652, "Tug boat")

    assert read(draw, turn).content == ":selected: Pilot on board\n:unselected: Tug boat"


def test_two_options_of_a_line_are_pairs() -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, 72, 700, "Yes", "cross")
        box(canvas, 172, 700, "No")

    found = read(draw, features=frozenset({Feature.KEY_VALUE_PAIRS})).key_value_pairs or []
    assert [(pair.key.content, pair.value and pair.value.content) for pair in found] == [
        ("Yes", ":selected:"),
        ("No", ":unselected:"),
    ]


def test_cells_for_characters_are_no_marks() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 720, "Number of the ship")
        for number in range(8):
            canvas.rect(72 + 14 * number, 700, 14, 14)

    assert marks(read(draw)) == []


def test_a_number_in_a_box_is_no_mark() -> None:
    result = read(lambda canvas: box(canvas, 72, 700, "Name of the ship", "7"))
    assert marks(result) == []
    assert "7" in result.content


def test_a_box_in_a_drawing_is_no_mark() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 720, "Depth of the harbour over the year")
        for number in range(30):
            canvas.line(72 + 5 * number, 600 + number % 7 * 9, 77 + 5 * number, 600 + (number + 1) % 7 * 9)
        canvas.rect(130, 612, SIDE, SIDE)

    assert marks(read(draw)) == []


def test_text_has_no_marks() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(30):
            canvas.drawString(72, 720 - 20 * number, "OLD DOGS 000 80 QUOD O D 0 o bdpq @ and 8 more")
        canvas.rect(400, 40, 8, 8)

    assert len(marks(read(draw))) <= 1


def test_prebuilt_read_has_no_marks() -> None:
    document = pdf(lambda canvas: box(canvas, 72, 700, "Pilot"))
    assert analyzed(document).pages[0].selection_marks is None
