"""Barcodes of every kind are found, several at once, and never as another value."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contract.options import ContentFormat, Feature
from contract.page import BarcodeKind
from engine.evidence import Quad
from engine.scan.barcodes import Sighting, barcodes
from tests.engine.images import encoded, recognizing
from tests.engine.pdfs import analyzed, pdf, saying

_FORMATS = zxingcpp.BarcodeFormat
CODES = [
    (_FORMATS.QRCode, BarcodeKind.QR_CODE, "https://example.org/a?b=c"),
    (_FORMATS.MicroQRCode, BarcodeKind.MICRO_QR_CODE, "MICRO1"),
    (_FORMATS.PDF417, BarcodeKind.PDF417, "Some text of a licence"),
    (_FORMATS.UPCA, BarcodeKind.UPC_A, "012345678905"),
    (_FORMATS.UPCE, BarcodeKind.UPC_E, "01234565"),
    (_FORMATS.Code39, BarcodeKind.CODE_39, "ABC-1234"),
    (_FORMATS.Code93, BarcodeKind.CODE_93, "ABC-1234"),
    (_FORMATS.Code128, BarcodeKind.CODE_128, "Abc 1234"),
    (_FORMATS.EAN8, BarcodeKind.EAN_8, "96385074"),
    (_FORMATS.EAN13, BarcodeKind.EAN_13, "4006381333931"),
    (_FORMATS.DataBarOmni, BarcodeKind.DATA_BAR, "0100012345678905"),
    (_FORMATS.DataBarExp, BarcodeKind.DATA_BAR_EXPANDED, "(01)98898765432106"),
    (_FORMATS.Codabar, BarcodeKind.CODABAR, "A123456B"),
    (_FORMATS.ITF, BarcodeKind.ITF, "12345678901231"),
    (_FORMATS.Aztec, BarcodeKind.AZTEC, "aztec text"),
    (_FORMATS.DataMatrix, BarcodeKind.DATA_MATRIX, "matrix text"),
    (_FORMATS.MaxiCode, BarcodeKind.MAXI_CODE, "maxi code text"),
]


def drawn(code: tuple[zxingcpp.BarcodeFormat, BarcodeKind, str], scale: int = 3) -> Image.Image:
    kind, _, value = code
    return Image.fromarray(
        np.asarray(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(value, kind), scale=scale))
    )


def page(*placed: tuple[Image.Image, int, int], size: tuple[int, int] = (1000, 1000)) -> Image.Image:
    paper = Image.new("RGB", size, "white")
    for code, left, top in placed:
        paper.paste(code, (left, top))
    return paper


def read(paper: Image.Image) -> list[tuple[BarcodeKind, str]]:
    return [(code.kind, code.value) for code in barcodes(np.asarray(paper))]


@pytest.mark.parametrize("code", CODES, ids=[code[1] for code in CODES])
def test_each_kind_has_its_name(code: tuple[zxingcpp.BarcodeFormat, BarcodeKind, str]) -> None:
    ((kind, value),) = read(page((drawn(code), 100, 100)))
    assert kind is code[1]
    assert value.replace("(01)", "01") == code[2].replace("(01)", "01")


@pytest.mark.parametrize("digits", ["0123450", "0123451", "0127890", "0123453", "0123454", "0123459"])
def test_the_short_form_of_a_retail_code_is_given(digits: str) -> None:
    created = zxingcpp.create_barcode(digits, _FORMATS.UPCE)
    code = Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(created, scale=3)))
    ((kind, value),) = read(page((code, 100, 100)))
    assert (kind, value[:-1]) == (BarcodeKind.UPC_E, digits)


def test_every_kind_of_the_protocol_is_tried() -> None:
    assert {code[1] for code in CODES} == set(BarcodeKind)


@pytest.mark.parametrize("degrees", [0, 7, 90, 180, 270])
@pytest.mark.parametrize("code", [CODES[0], CODES[7], CODES[9]], ids=["QRCode", "Code128", "EAN13"])
def test_a_turned_code_is_read(code: tuple[zxingcpp.BarcodeFormat, BarcodeKind, str], degrees: int) -> None:
    turned = page((drawn(code), 300, 300)).rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert read(turned) == [code[1:]]


def test_a_faint_and_a_blurred_code_are_read() -> None:
    code = drawn(CODES[0])
    assert read(page((code.point(lambda value: 200 + value // 8), 100, 100))) == [CODES[0][1:]]
    assert read(page((code.filter(ImageFilter.GaussianBlur(1.5)), 100, 100))) == [CODES[0][1:]]


def test_several_codes_come_from_top_to_bottom_with_their_places() -> None:
    found = barcodes(np.asarray(page((drawn(CODES[9]), 100, 600), (drawn(CODES[0]), 500, 100))))
    assert [code.kind for code in found] == [BarcodeKind.QR_CODE, BarcodeKind.EAN_13]
    quad = found[0].quad
    assert 500 <= quad[0] <= quad[2] <= 500 + drawn(CODES[0]).width
    assert quad[1] == pytest.approx(quad[3], abs=3)
    assert quad[1] < quad[5]
    assert 0.5 < found[0].confidence <= 1


def test_a_page_without_codes_has_none() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    assert barcodes(noise) == []


def seeing(monkeypatch: pytest.MonkeyPatch, *seen: tuple[BarcodeKind, str, Quad]) -> list[str]:
    """The values on a page of which the library sees this in each way."""
    sightings = [Sighting(*one) for one in seen]
    monkeypatch.setattr("engine.scan.barcodes._seen", lambda *_, **__: sightings)
    return [code.value for code in barcodes(np.full((100, 100, 3), 255, np.uint8))]


def box(left: float, top: float, right: float, bottom: float) -> Quad:
    return left, top, right, top, right, bottom, left, bottom


def test_a_piece_of_a_worn_code_is_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (BarcodeKind.ITF, "12345678901231", box(100, 100, 400, 140))
    piece = (BarcodeKind.ITF, "34567890", box(160, 165, 300, 165))
    again = (BarcodeKind.ITF, "12345678901231", box(100, 170, 400, 172))
    assert seeing(monkeypatch, piece, whole, again) == ["12345678901231"]


def test_codes_apart_are_two_even_with_one_value(monkeypatch: pytest.MonkeyPatch) -> None:
    above = (BarcodeKind.CODE_128, "A1", box(100, 100, 400, 140))
    below = (BarcodeKind.CODE_128, "A1", box(100, 300, 400, 340))
    beside = (BarcodeKind.CODE_128, "B2", box(420, 100, 720, 140))
    assert seeing(monkeypatch, above, below, beside) == ["A1", "B2", "A1"]


def test_of_two_values_of_a_square_the_one_seen_more_often_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    square = box(100, 100, 200, 200)
    right, wrong = (BarcodeKind.PDF417, "text", square), (BarcodeKind.PDF417, "text1", box(100, 101, 201, 200))
    inside = (BarcodeKind.AZTEC, "other", box(120, 120, 180, 180))
    assert seeing(monkeypatch, right, wrong, right, inside) == ["text", "other"]


def test_codes_stand_in_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    file = encoded(page((drawn(CODES[0]), 100, 100), (drawn(CODES[9]), 100, 600)), "PNG")
    result = analyzed(file, features=frozenset({Feature.BARCODES}))
    assert result.content == ":barcode:\n:barcode:"
    codes = result.pages[0].barcodes or []
    assert [(code.kind, code.value) for code in codes] == [CODES[0][1:], CODES[9][1:]]
    assert [(code.span.offset, code.span.length) for code in codes] == [(0, 9), (10, 9)]
    assert analyzed(file).pages[0].barcodes is None


def test_codes_of_a_pdf_are_measured_in_inches_and_stand_in_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, lambda pixels: [])

    def draw(canvas: Canvas) -> None:
        saying("Scan this:")(canvas)
        canvas.drawImage(ImageReader(drawn(CODES[0])), 72, 500, 72, 72)

    result = analyzed(
        pdf(saying("First"), draw), features=frozenset({Feature.BARCODES}), content_format=ContentFormat.MARKDOWN
    )
    assert result.content.endswith('Scan this:\n\n![QRCode](barcodes/2.1 "https://example.org/a?b=c")')
    (code,) = result.pages[1].barcodes or []
    assert code.polygon is not None
    assert 1 <= code.polygon[0] <= 1.2
    assert (792 - 572) / 72 <= code.polygon[1] <= (792 - 572) / 72 + 0.2
    assert result.content[code.span.offset :][: code.span.length].startswith("![QRCode](barcodes/2.1 ")
