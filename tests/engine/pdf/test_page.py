"""What stands on a page of a PDF is evidence, once, where it is displayed."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from engine import evidence
from engine.pdf import document, page
from tests.engine.pdfs import displayed, pdf, saying, written


def read(data: bytes, number: int = 1) -> evidence.Page:
    with document.opened(memoryview(data)) as opened:
        assert document.page_count(opened) >= number
        return page.read(opened, number)


def texts(data: bytes) -> list[str]:
    return [word.text for word in read(data).words]


def stream(operators: bytes) -> bytes:
    """A PDF whose page consists of these operators, with Helvetica as /F1."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(saying("replaced")))))
    content = StreamObject()
    content.set_data(operators)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    return written(writer)


def test_a_word_has_its_place_size_and_weight() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 18)
        canvas.drawString(72, 720, "plain")
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(72, 360, "bold")

    plain, bold = read(pdf(draw)).words
    assert (plain.text, plain.bold, plain.angle) == ("plain", False, 0.0)
    assert plain.size == pytest.approx(0.25)
    left, top, right, _, _, bottom, _, _ = plain.quad
    assert left == pytest.approx(1.0, abs=0.01)
    # The baseline is an inch below the top of the page, within the box.
    assert top < 1.0 < bottom
    assert bottom - top == pytest.approx(0.25, rel=0.3)
    assert right - left == pytest.approx(18 * 2.1 / 72, rel=0.1)
    assert (bold.text, bold.bold) == ("bold", True)


@pytest.mark.parametrize(
    ("turn", "size", "corner"),
    [
        (0, (8.5, 11.0), (1.0, 1.0)),
        (90, (11.0, 8.5), (10.0, 1.0)),
        (180, (8.5, 11.0), (7.5, 10.0)),
        (270, (11.0, 8.5), (1.0, 7.5)),
    ],
)
def test_a_turned_page_turns_its_words(turn: int, size: tuple[float, float], corner: tuple[float, float]) -> None:
    read_page = read(displayed(pdf(saying("turned", y=792 - 72 - 9)), turn))
    assert (read_page.width, read_page.height) == size
    (word,) = read_page.words
    assert word.angle % 360 == turn
    assert word.quad[0:2] == pytest.approx(corner, abs=0.1)


def test_coordinates_count_from_the_crop_box_and_text_outside_is_dropped() -> None:
    data = pdf(lambda canvas: (saying("inside", x=144, y=500)(canvas), saying("outside", x=10, y=780)(canvas)))
    read_page = read(displayed(data, crop=(72, 72, 540, 720)))
    assert (read_page.width, read_page.height) == (6.5, 9.0)
    (word,) = read_page.words
    assert word.text == "inside"
    assert word.quad[0] == pytest.approx(1.0, abs=0.01)
    assert word.quad[1] < (720 - 500) / 72 < word.quad[5]


@pytest.mark.parametrize(("degrees", "angle"), [(90, -90.0), (-90, 90.0), (180, 180.0), (30, -30.0)])
def test_turned_text_has_a_turned_quad(degrees: int, angle: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(degrees)
        canvas.drawString(0, 0, "turned")

    (word,) = read(pdf(draw)).words
    assert word.text == "turned"
    assert word.angle == pytest.approx(angle, abs=0.01)


def test_bold_by_drawing_twice_is_one_word_and_repeats_stay() -> None:
    def draw(canvas: Canvas) -> None:
        for dx in (0, 0.3, 0.6):
            canvas.drawString(72 + dx, 700, "heavy heavy")
        canvas.drawString(72, 680, "heavy")

    assert texts(pdf(draw)) == ["heavy", "heavy", "heavy"]


def test_invisible_text_is_kept_on_a_scan_only() -> None:
    def hidden(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.setTextRenderMode(3)
        text.textLine("recognized words")
        canvas.drawText(text)

    def scan(canvas: Canvas) -> None:
        dot = io.BytesIO(
            bytes.fromhex(
                "424d3a0000000000000036000000280000000100000001000000010018000000000004000000c40e0000c40e00000000000000000000ffffff00"
            )
        )
        canvas.drawImage(ImageReader(dot), 0, 0, 612, 792)
        hidden(canvas)

    assert texts(pdf(hidden)) == []
    assert texts(pdf(scan)) == ["recognized", "words"]


def test_a_run_with_gaps_or_new_lines_is_parted() -> None:
    assert texts(stream(b"BT /F1 12 Tf 72 700 Td (left) Tj 200 0 Td (right) Tj 0 -14 Td (below) Tj ET")) == [
        "left",
        "right",
        "below",
    ]


def test_letters_set_one_by_one_are_one_word() -> None:
    assert texts(stream(b"BT /F1 12 Tf 72 700 Td [(w) -20 (o) 10 (r) -30 (d)] TJ ET")) == ["word"]


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    assert texts(pdf(saying("exam-", "ple"))) == ["exam-", "ple"]


def test_ideographs_are_words_of_their_own() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("HeiseiMin-W3", 12)
        canvas.drawString(72, 700, "潮は正午")

    assert texts(pdf(draw)) == ["潮", "は", "正", "午"]


def test_what_was_filled_into_a_form_is_on_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Name:")
        canvas.acroForm.textfield(name="name", value="Ada Lovelace", x=150, y=690, width=200, height=24)

    assert texts(pdf(draw)) == ["Name:", "Ada", "Lovelace"]


def test_text_boxes_of_annotations_are_on_the_page_and_notes_are_not() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(saying("Page")))))
    appearance = StreamObject()
    appearance.set_data(b"BT /F1 12 Tf 2 4 Td (approved) Tj ET")
    appearance.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(n) for n in (0, 0, 100, 20)]),
            NameObject("/Resources"): writer.pages[0]["/Resources"],
        }
    )
    annotations = [
        DictionaryObject(
            {
                NameObject("/Subtype"): NameObject("/FreeText"),
                NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (100, 500, 200, 520)]),
                NameObject("/Contents"): TextStringObject("approved"),
                NameObject("/F"): FloatObject(4),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(appearance)}),
            }
        ),
        DictionaryObject(
            {
                NameObject("/Subtype"): NameObject("/Text"),
                NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (300, 500, 320, 520)]),
                NameObject("/Contents"): TextStringObject("a note nobody sees"),
            }
        ),
    ]
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(one) for one in annotations])
    assert texts(written(writer)) == ["Page", "approved"]


def test_characters_without_meaning_lower_the_confidence() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(saying("abcd")))))
    mapping = StreamObject()
    mapping.set_data(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"2 beginbfchar <61> <E001> <62> <E002> endbfchar endcmap end"
    )
    font = writer.pages[0]["/Resources"]["/Font"]["/F1"]
    font[NameObject("/ToUnicode")] = writer._add_object(mapping)
    (word,) = read(written(writer)).words
    assert word.text == "\ue001\ue002cd"
    assert word.confidence == pytest.approx(0.995 / 2, abs=0.01)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_quad_is_hardly_higher_than_its_letters(degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(degrees)
        canvas.setFont("Helvetica", 36)
        canvas.drawString(0, 0, "Height")

    x1, y1, _, _, _, _, x4, y4 = read(pdf(draw)).words[0].quad
    above, below = 0.79 * 36 / 72, 0.14 * 36 / 72
    across = {0: (y1, y4), 90: (x1, x4), 180: (-y1, -y4), 270: (-x1, -x4)}[degrees]
    baseline = {0: (792 - 400) / 72, 90: 300 / 72, 180: -(792 - 400) / 72, 270: -300 / 72}[degrees]
    assert across[0] == pytest.approx(baseline - above, abs=0.02)
    assert across[1] == pytest.approx(baseline + below, abs=0.02)
