"""Small print with a mark below the text is a footnote, read after the paragraph that has its mark."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from contract.layout import ParagraphRole
from tests.engine.pdfs import analyzed, pdf

FILL = "the tide comes in twice a day and the quay is wet up to the third step"


def written(canvas: Canvas, y: float, size: float, *lines: str, x: float = 72) -> None:
    canvas.setFont("Helvetica", size)
    for number, line in enumerate(lines):
        canvas.drawString(x, y - number * 1.2 * size, line)


def paragraphs(draw: object) -> list[tuple[str, ParagraphRole | None]]:
    found = analyzed(pdf(draw), model_id="prebuilt-layout")  # type: ignore[arg-type]
    return [(one.content.split("\n")[0][:14], one.role) for one in found.paragraphs or []]


def test_a_footnote_follows_the_paragraph_with_its_mark() -> None:
    def draw(canvas: Canvas) -> None:
        written(canvas, 700, 11, f"First {FILL}", "by the harbour1, as the old master said.")
        written(canvas, 640, 11, f"Second {FILL}", FILL)
        written(canvas, 580, 11, f"Third {FILL}", FILL)
        written(canvas, 130, 8, "1 It was built of oak.", x=82)
        written(canvas, 120, 8, "and of stone", x=72)
        written(canvas, 100, 8, "2 Nobody says where this belongs.")

    assert paragraphs(draw) == [
        ("First the tide", None),
        ("1 It was built", ParagraphRole.FOOTNOTE),
        ("Second the tid", None),
        ("Third the tide", None),
        ("2 Nobody says ", ParagraphRole.FOOTNOTE),
    ]


def test_small_print_above_text_or_without_a_mark_is_no_footnote() -> None:
    def draw(canvas: Canvas) -> None:
        written(canvas, 500, 8, "1 A list in small print")
        written(canvas, 400, 11, f"First {FILL}", FILL, FILL)
        written(canvas, 150, 8, "65 to 69")
        written(canvas, 130, 8, "and small print below it")

    assert ParagraphRole.FOOTNOTE not in [role for _, role in paragraphs(draw)]
