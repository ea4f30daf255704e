"""PDFs written by hand, byte by byte: a library would refuse to write what these tests send."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject 6 0 R>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
NOTHING = b"<<>>"
SAYS_HELLO = b"BT /F1 12 Tf 72 700 Td (hello) Tj ET\n"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object; `entries` go into its dictionary."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def deflated(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object whose data is compressed."""
    return stream(zlib.compress(data), b"/Filter/FlateDecode" + entries)


def inflating(block: bytes, times: int) -> bytes:
    """Deflate data for `block` repeated, made without compressing more than one block.

    The checksum at its end is not that of the data; readers of PDFs take the data all the same.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + packed * times + b"\x03\x00" + b"\x00\x00\x00\x01"


def document(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects with a true cross-reference table; object 1 is the root."""
    body, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        for number in range(size)
    )
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))
    return bytes(body) + b"xref\n0 %d\n" % size + table + end


def page(
    content: bytes = b"", *, forms: bytes = NOTHING, font: bytes = FONT, more: Mapping[int, bytes] | None = None
) -> bytes:
    """A PDF with one page. `content` is its stream object, `forms` the names of forms; `more` begins at 7."""
    objects = {1: CATALOG, 2: PAGES, 3: PAGE, 4: content or stream(SAYS_HELLO), 5: font, 6: forms}
    return document({**objects, **(more or {})})


def numbered(objects: Sequence[bytes], start: int = 7) -> dict[int, bytes]:
    """Objects with their numbers, from `start` up."""
    return dict(enumerate(objects, start))
