"""What a document is, told by its content; names and content types are not believed."""

from __future__ import annotations

import re
import struct
from enum import StrEnum

from contract.errors import ApiError, Detail, Fault


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

#: Formats that state their structure and have no geometry.
STRUCTURED = frozenset({Format.DOCX, Format.XLSX, Format.PPTX, Format.HTML})

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
# The directory stands at the end of a ZIP, where a record with its place follows it, then a comment.
_ZIP_END = struct.Struct("<4s4H2LH")
_ZIP_END_MAGIC = b"PK\x05\x06"
_MOST_DIRECTORY_BYTES = 16 << 20
_ZIP_END_WITHIN = _ZIP_END.size + 0xFFFF
# What holds an Office file that is locked, or of a version before 2007.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Comments are passed over for good (`*+`): tried again in each way to cut them, a few dozen would take for ever.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|title|meta|table|div|p|h[1-6])\b",
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

    Raises: ApiError INVALID_CONTENT_LENGTH when it is empty, INVALID_CONTENT when it is none of the formats of
    the protocol.
    """
    if not len(untrusted_document):
        raise ApiError(Fault.INVALID_CONTENT_LENGTH)
    found = sniff(untrusted_document)
    if found is Format.UNKNOWN:
        locked = untrusted_document[: len(_COMPOUND_FILE)] == _COMPOUND_FILE
        raise ApiError(Fault.INVALID_CONTENT, Detail.LOCKED_OR_OLD if locked else None)
    return found


def _ooxml(untrusted_document: memoryview) -> Format:
    directory = _zip_directory(untrusted_document)
    for part, known in _OOXML_PARTS:
        if part in directory:
            return known
    return Format.UNKNOWN


def _zip_directory(untrusted_document: memoryview) -> bytes:
    """The names of the parts of a ZIP and what stands between them; not the parts, which may be ZIPs themselves."""
    tail = bytes(untrusted_document[-_ZIP_END_WITHIN:])
    end = tail.rfind(_ZIP_END_MAGIC)
    if end < 0 or len(tail) - end < _ZIP_END.size:
        return b""
    size, offset = _ZIP_END.unpack_from(tail, end)[5:7]
    return bytes(untrusted_document[offset : offset + min(size, _MOST_DIRECTORY_BYTES)])
