"""What a document is, told by its content; names and content types are not believed."""

from __future__ import annotations

import re
from enum import StrEnum

from contract.errors import ApiError, Fault


class Format(StrEnum):
    """The kinds of document that the protocol knows."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    BMP = "bmp"
    HEIF = "heif"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    HTML = "html"
    UNKNOWN = "unknown"


#: Formats whose pages are pictures.
IMAGES = frozenset({Format.JPEG, Format.PNG, Format.TIFF, Format.BMP, Format.HEIF})

#: The formats that can be read; every other one is refused by `readable`.
READABLE = frozenset({Format.PDF, *IMAGES})

# Readers accept a PDF whose header stands within the first KiB, after a mail or printer prologue.
_PDF_HEADER_WITHIN = 1024
_HTML_WITHIN = 1024

_MAGIC = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"II+\x00", Format.TIFF),
    (b"MM\x00+", Format.TIFF),
)
# Pictures and sequences of pictures in HEVC; `mif1` and `msf1` say nothing of the coding.
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
# The directory of a ZIP names its parts in clear, so the kind shows without unpacking anything.
_OOXML_PARTS = (
    (b"word/document", Format.DOCX),
    (b"xl/workbook", Format.XLSX),
    (b"ppt/presentation", Format.PPTX),
)
# The directory stands at the end of a ZIP; 1 MiB holds about ten thousand names.
_ZIP_DIRECTORY_WITHIN = 1 << 20
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|table|div|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)


def sniff(untrusted_document: memoryview) -> Format:
    """The format of a document of any length, `UNKNOWN` when nothing fits."""
    head = bytes(untrusted_document[:_PDF_HEADER_WITHIN])
    for magic, known in _MAGIC:
        if head.startswith(magic):
            return known
    if head.startswith(b"PK\x03\x04"):
        return _ooxml(untrusted_document)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return Format.HEIF
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return Format.BMP
    if b"%PDF" in head:
        return Format.PDF
    if _HTML.match(head[:_HTML_WITHIN]):
        return Format.HTML
    return Format.UNKNOWN


def readable(untrusted_document: memoryview) -> Format:
    """The format of a document that can be read.

    Raises: ApiError INVALID_CONTENT_LENGTH when it is empty, UNSUPPORTED_CONTENT when its format is known
    but not read here, INVALID_CONTENT when it is none of the formats of the protocol.
    """
    if not len(untrusted_document):
        raise ApiError(Fault.INVALID_CONTENT_LENGTH)
    found = sniff(untrusted_document)
    if found is Format.UNKNOWN:
        raise ApiError(Fault.INVALID_CONTENT)
    if found not in READABLE:
        raise ApiError(Fault.UNSUPPORTED_CONTENT)
    return found


def _ooxml(untrusted_document: memoryview) -> Format:
    directory = bytes(untrusted_document[-_ZIP_DIRECTORY_WITHIN:])
    for part, known in _OOXML_PARTS:
        if part in directory:
            return known
    return Format.UNKNOWN
