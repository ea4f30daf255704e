"""A document's format is told by its content."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from contract.errors import ApiError, Fault
from engine.formats import Format, readable, sniff
from tests.engine.pdfs import pdf, saying


def image(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (60, 60)).save(data, kind)
    return data.getvalue()


def ooxml(part: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
    return data.getvalue()


KNOWN = [
    (pdf(saying("A")), Format.PDF),
    (b"\r\n\r\n" + pdf(saying("A")), Format.PDF),
    (image("JPEG"), Format.JPEG),
    (image("PNG"), Format.PNG),
    (image("TIFF"), Format.TIFF),
    (image("BMP"), Format.BMP),
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", Format.HEIF),
    (ooxml("word/document.xml"), Format.DOCX),
    (ooxml("xl/workbook.xml"), Format.XLSX),
    (ooxml("ppt/presentation.xml"), Format.PPTX),
    (b"<!DOCTYPE html><html></html>", Format.HTML),
    (b"\xef\xbb\xbf\n<!-- note --><HTML lang=en>", Format.HTML),
]


@pytest.mark.parametrize(("document", "expected"), KNOWN)
def test_known_content_has_its_format(document: bytes, expected: Format) -> None:
    assert sniff(memoryview(document)) is expected


@pytest.mark.parametrize("document", [b"plain words", b"PK\x03\x04 a plain archive", b"\x00" * 64, b"<svg></svg>"])
def test_other_content_is_unknown_and_refused(document: bytes) -> None:
    assert sniff(memoryview(document)) is Format.UNKNOWN
    with pytest.raises(ApiError) as refused:
        readable(memoryview(document))
    assert refused.value.fault is Fault.INVALID_CONTENT


def test_a_document_of_comments_takes_no_time() -> None:
    """The door looks at a document's format, and nobody else is served while it does."""
    started = time.process_time()
    assert sniff(memoryview(b"<!---->" * 22 + b"<svg>")) is Format.UNKNOWN
    assert time.process_time() - started < 0.5
    assert sniff(memoryview(b"<!---->" * 100 + b"<html>")) is Format.HTML


@pytest.mark.parametrize("frames", [1, 3])
def test_a_gif_is_no_format_of_the_protocol(frames: int) -> None:
    data = io.BytesIO()
    shown = [Image.new("P", (60, 60), colour) for colour in range(frames)]
    shown[0].save(data, "GIF", save_all=True, append_images=shown[1:])
    with pytest.raises(ApiError) as refused:
        readable(memoryview(data.getvalue()))
    assert refused.value.fault is Fault.INVALID_CONTENT


def test_an_empty_document_is_refused_for_its_length() -> None:
    with pytest.raises(ApiError) as refused:
        readable(memoryview(b""))
    assert refused.value.fault is Fault.INVALID_CONTENT_LENGTH


@pytest.mark.parametrize(("document", "expected"), KNOWN)
def test_every_known_format_is_readable(document: bytes, expected: Format) -> None:
    assert readable(memoryview(document)) is expected


def test_an_office_file_within_another_does_not_tell_the_kind() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<x/>")
        archive.writestr("ppt/embeddings/sheet.xlsx", ooxml("xl/workbook.xml"))
    assert sniff(memoryview(data.getvalue())) is Format.PPTX


def test_a_locked_or_old_office_file_is_refused_with_advice() -> None:
    with pytest.raises(ApiError) as refused:
        readable(memoryview(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
    assert refused.value.fault is Fault.INVALID_CONTENT
    assert "password" in (refused.value.detail or "")


@given(st.binary(max_size=2000))
def test_any_bytes_have_a_format(document: bytes) -> None:
    assert isinstance(sniff(memoryview(document)), Format)
