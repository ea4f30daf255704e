"""A searchable PDF shows what the document showed, and says what was recognized in it, once and in its place."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, RectangleObject

from contract.errors import ApiError, Fault
from contract.page import Span
from engine.formats import sniff
from engine.image import document as images
from engine.image.pixels import decoded
from engine.searchable import make
from engine.searchable.font import Font
from engine.searchable.layer import operators
from engine.searchable.words import Word
from tests.engine.images import encoded, image, marked, recognizing, word
from tests.engine.pdf.test_recognize import photo, scan, together
from tests.engine.pdfs import displayed, pdf, raw_result, saying, written
from tests.engine.searchable.pdfs import (
    drawn,
    found_at,
    read_by_pdfium,
    read_by_pypdf,
    result_of,
    searchable,
    squeezed,
)

SCRIPTS = {
    "latin": "The quick brown fox, 42 m a",
    "accents": "Übergröße naïve œuvre São Łódź",
    "greek": "Ξεσκεπάζω τὴν ψυχοφθόρα",
    "cyrillic": "Съешь ещё этих мягких французских булок",
    "hebrew": "שלום עולם של מים",
    "arabic": "مرحبا بالعالم من البحر",
    "hindi": "नमस्ते दुनिया क्षत्रिय",
    "thai": "สวัสดีชาวโลก น้ำ",
    "korean": "안녕하세요 세계",
    "chinese": "潮 汐 每 天 来 两 次",
    "japanese": "カ メ ラ と 漢 字",
    "beyond the first plane": "𝔘𝔫𝔦 𠮷野 👩\u200d👩\u200d👧 😀",
    "marks": "Z\u0351\u034b\u0368a\u0310\u0309lgo e\u0301te\u0301",
}
READERS = pytest.mark.parametrize("read", [read_by_pdfium, read_by_pypdf])


def box(left: float, top: float, width: float = 1.0, height: float = 0.2) -> list[float]:
    right, bottom = left + width, top + height
    return [left, top, right, top, right, bottom, left, bottom]


def line(text: str, top: float, left: float = 1.0, to_left: bool = False) -> list[tuple[str, list[float]]]:
    """A line in inches, a tenth of an inch for each character and between words."""
    words, at = [], left
    for each in text.split():
        width = 0.1 * len(each)
        words.append((each, box(8.5 - at - width if to_left else at, top, width)))
        at += width + 0.1
    return words


def around(polygon: list[float]) -> list[float]:
    """The box around a polygon in inches: left, top, right, bottom in points."""
    xs, ys = polygon[::2], polygon[1::2]
    return [72 * side for side in (min(xs), min(ys), max(xs), max(ys))]


def blank(canvas: object) -> None:
    """A page of nothing."""


@READERS
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_text_is_read_again_in_any_script(script: str, read: Callable[[bytes], str]) -> None:
    text = SCRIPTS[script]
    to_left = script in ("hebrew", "arabic")
    lines = [line(text, 1.0, to_left=to_left), line(text, 2.0, to_left=to_left)]
    found = read(searchable(pdf(blank), result_of(lines)))
    read_lines = [part.split() for part in found.split("\n") if part.strip()]
    if to_left and read is read_by_pypdf:
        # It turns words round but not lines.
        read_lines = [words[::-1] for words in read_lines]
    assert read_lines == [text.split()] * 2


@READERS
def test_directions_that_are_mixed_in_a_line(read: Callable[[bytes], str]) -> None:
    lines = [line("abc שלום def", 1.0), line("מחיר של 250 שקל", 2.0, to_left=True)]
    found = read(searchable(pdf(blank), result_of(lines)))
    assert sorted(found.split()) == sorted(["abc", "שלום", "def", "מחיר", "של", "250", "שקל"])


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (100, 150, 500, 700)])
def test_words_are_found_where_they_are_seen(turn: int, crop: tuple[float, float, float, float] | None) -> None:
    words = {"harbour": box(1.0, 1.0), "m": box(3.0, 2.0, 0.15), "turned": [2.2, 3.0, 2.2, 4.0, 2.0, 4.0, 2.0, 3.0]}
    document = searchable(displayed(pdf(scan), turn, crop), result_of([[each] for each in words.items()]))
    for text, polygon in words.items():
        [found] = found_at(document, text)
        expected = [
            72 * side for side in (min(polygon[::2]), min(polygon[1::2]), max(polygon[::2]), max(polygon[1::2]))
        ]
        assert found == pytest.approx(expected, abs=0.5)


def test_a_word_that_stands_aslant_is_found_along_its_line() -> None:
    angle = math.radians(20)
    cosine, sine = math.cos(angle), math.sin(angle)
    polygon = [2.0, 2.0, 2 + 2 * cosine, 2 + 2 * sine, 2 + 2 * cosine - 0.3 * sine, 2 + 2 * sine + 0.3 * cosine]
    polygon += [2 - 0.3 * sine, 2 + 0.3 * cosine]
    document = searchable(pdf(scan), result_of([[("aslant", polygon)]]))
    boxes = found_at(document, "aslant")
    found = [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
    assert found == pytest.approx(around(polygon), abs=3)


def scanned_pdf() -> bytes:
    return pdf(scan, scan)


def locked(document: bytes) -> bytes:
    """The PDF with an owner's password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    writer.encrypt("", "owner", algorithm="AES-256")
    return written(writer)


def inherited(document: bytes) -> bytes:
    """The PDF with what all pages share in the node above them, and the drawing of each page in an array."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    above = writer._pages.get_object()
    for page in writer.pages:
        above[NameObject("/Resources")] = page.raw_get("/Resources")
        above[NameObject("/MediaBox")] = RectangleObject((0, 0, 612, 792))
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents")])
        del page["/Resources"], page["/MediaBox"]
    return written(writer)


def unbalanced(document: bytes) -> bytes:
    """The PDF whose pages end with another state of graphics than they began with."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    for page in writer.pages:
        contents = page.get_contents()
        contents.set_data(b"q 3 0 0 3 50 50 cm q 0.33 0 0 0.33 0 0 cm " + contents.get_data())
        page[NameObject("/Contents")] = writer._add_object(contents)
    return written(writer)


KINDS = {
    "plain": lambda document: document,
    "updated before": lambda document: searchable(document, result_of([line("before", 5.0)])),
    "turned": lambda document: displayed(document, 90),
    "inherited": inherited,
    "unbalanced": unbalanced,
    "without an end": lambda document: document[: document.rindex(b"startxref")],
    "locked": locked,
    "after a prologue": lambda document: b"From a printer\n" + document,
    "with a wrong table": lambda document: document.replace(b"startxref\n", b"startxref\n1"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_shows_what_it_showed_and_says_what_it_shows(kind: str) -> None:
    document = KINDS[kind](scanned_pdf())
    first, second = line("Reading such a book", 1.0), line("takes a season", 2.0)
    made = searchable(document, result_of([first], [second]))
    for number in (1, 2):
        assert np.array_equal(drawn(made, number), drawn(document, number))
    for read in (read_by_pdfium, read_by_pypdf):
        assert squeezed(read(made)).replace("before", "") == squeezed("Reading such a book takes a season")


@pytest.mark.parametrize("kind", ["plain", "updated before", "turned", "inherited", "unbalanced"])
def test_a_sound_pdf_stays_byte_for_byte_what_it_is(kind: str) -> None:
    document = KINDS[kind](scanned_pdf())
    made = searchable(document, result_of([line("more", 1.0)]))
    assert made.startswith(document)
    assert len(made) < len(document) + 8_000


def test_a_pdf_with_streams_for_tables() -> None:
    document = scanned_pdf()
    writer = PdfWriter(io.BytesIO(document), incremental=True)
    writer.pages[0][NameObject("/Note")] = NameObject("/Seen")
    streams = written(writer)
    assert streams != document
    assert b"/XRef" in streams[len(document) :]
    made = searchable(streams, result_of([line("more", 1.0)], [line("words", 1.0)]))
    assert made.startswith(streams)
    assert read_by_pdfium(made).split() == read_by_pypdf(made).split() == ["more", "words"]


def test_a_sound_text_layer_is_not_written_again() -> None:
    document = pdf(saying("Twice a day the harbour", "empties."))
    assert searchable(document, raw_result(document)) == document


def test_only_what_was_recognized_is_written_on_a_page_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    document = pdf(together(saying("A line of the text layer"), photo))
    recognizing(monkeypatch, lambda pixels: [word("Sold", 850, 1270, 950, 1310)])
    result = raw_result(document)
    made = searchable(document, result)
    assert made.startswith(document)
    for read in (read_by_pdfium, read_by_pypdf):
        assert sorted(read(made).split()) == sorted(["A", "line", "of", "the", "text", "layer", "Sold"])
    assert np.array_equal(drawn(made), drawn(document))


MODES = {
    "JPEG": ("L", "RGB", "CMYK"),
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"),
    "TIFF": ("1", "L", "P", "RGB", "RGBA", "CMYK"),
    "BMP": ("1", "L", "P", "RGB"),
}


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes])
def test_an_image_becomes_a_page_that_shows_it(kind: str, mode: str) -> None:
    picture = marked()
    if mode.endswith("A"):
        picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    document = encoded(picture.convert(mode), kind, dpi=(144, 144), **({"quality": 95} if kind == "JPEG" else {}))
    made = searchable(document, result_of([[("red", [0, 0, 40, 0, 40, 40, 0, 40])]]))
    shown, expected = drawn(made, scale=2), seen(document)
    assert shown.shape == expected.shape
    if mode == "CMYK":
        # Libraries mix inks differently; what must be right is which ink is where.
        shown, expected = shown > 128, expected > 128
    assert np.abs(shown.astype(int) - expected).max() <= (8 if kind == "JPEG" else 0)
    assert read_by_pdfium(made).split() == read_by_pypdf(made).split() == ["red"]
    [found] = found_at(made, "red")
    assert found == pytest.approx((0, 0, 20, 20), abs=0.5)


def seen(document: bytes) -> NDArray[np.uint8]:
    """The pixels of an image file as the engine reads them."""
    untrusted = memoryview(document)
    with images.opened(untrusted, sniff(untrusted)) as opened:
        return decoded(opened, 0).pixels


def test_a_jpeg_is_kept_as_it_is() -> None:
    document = image("JPEG", size=(400, 300), colour="orange")
    assert document in searchable(document, result_of([]))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_shown_as_it_was_taken(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    document = encoded(marked(), kind, exif=exif, dpi=(144, 144))
    expected = seen(document)
    shown = drawn(searchable(document, result_of([])), scale=2)
    assert shown.shape == expected.shape
    assert np.abs(shown.astype(int) - expected).max() <= 8


def test_all_pages_of_a_tiff() -> None:
    pages = [marked((120, 100)), Image.new("1", (200, 100), 1), Image.new("L", (100, 300), 77)]
    data = io.BytesIO()
    pages[0].save(data, "TIFF", save_all=True, append_images=pages[1:])
    made = searchable(data.getvalue(), result_of([line("one", 9.0)], [line("two", 9.0)], [line("three", 9.0)]))
    assert read_by_pdfium(made).split() == ["one", "two", "three"]
    assert np.unique(drawn(made, 3)).tolist() == [77]


@pytest.mark.parametrize("document", [b"PK\x03\x04 no document", b"", b"plain text"])
def test_what_has_no_pages_to_show_is_refused(document: bytes) -> None:
    with pytest.raises(ApiError):
        searchable(document, result_of([]))


def test_a_pdf_that_cannot_be_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "good", lambda *_: False)
    with pytest.raises(ApiError) as refused:
        searchable(scanned_pdf(), result_of([line("more", 1.0)]))
    assert refused.value.fault is Fault.UNSUPPORTED_CONTENT


def test_more_characters_than_a_font_has_codes() -> None:
    font = Font("/F")
    characters = [chr(code) for code in range(0x20000, 0x31000)]
    codes = font.encoded(characters)
    assert len(codes) == 2 * len(characters)
    assert codes[:4] == b"\x00\x01\x00\x02"
    assert codes[-2:] == codes[-4:-2]


ANY_NUMBER = st.floats(width=32) | st.sampled_from([0.0, -1.0, math.nan, math.inf, -math.inf, 1e30, 1e-30])


@given(
    st.lists(st.tuples(st.text(max_size=6), st.lists(ANY_NUMBER, min_size=7, max_size=9)), max_size=5),
    st.text(max_size=6),
)
def test_any_words_give_operators_that_read(untrusted_words: list[tuple[str, list[float]]], text: str) -> None:
    words = [
        Word(content, Span(offset=at, length=len(content)), polygon)
        for at, (content, polygon) in zip(itertools.count(0, 7), untrusted_words, strict=False)
    ]
    stream = operators([(text, words)], Font("/F"), lambda x, y: (x * 72, 792 - y * 72))
    assert b"nan" not in stream
    assert b"inf" not in stream
    assert stream == b"" or (stream.startswith(b"q BT") and stream.rstrip().endswith(b"ET Q"))
    assert len(stream) < 2_000 * (1 + len(words))
