"""A mixture of documents as a service meets it, with the end that each must come to."""

from __future__ import annotations

import io
import random
import zlib
from dataclasses import dataclass
from enum import Enum, auto

from pypdf import PdfReader, PdfWriter

from bench.engine import text_pdf


class Fate(Enum):
    """What a client does after it has sent a document."""

    READ = auto()
    DELETED = auto()
    LEFT = auto()


@dataclass(frozen=True)
class Kind:
    """A document, what becomes of it, and how it ends: `succeeded`, `left`, `not found` or an inner code."""

    name: str
    document: bytes
    end: str
    fate: Fate = Fate.READ


def _locked(document: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    writer.encrypt("secret", algorithm="AES-256-R5")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _wide(document: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    writer.pages[0].mediabox.upper_right = (21_600, 21_600)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _bomb() -> bytes:
    """A page whose content inflates to far more memory than a child is given."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b" " * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    content = b"\x78\xda" + packed * 2048
    return (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj "
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    ) % (len(content), content)


def _mixture() -> tuple[Kind, ...]:
    page, ten = text_pdf(1), text_pdf(10)
    noise = random.Random(1).randbytes(20_000)  # noqa: S311 - noise is no secret
    kinds = [
        *[Kind("one page", page, "succeeded")] * 52,
        *[Kind("ten pages", ten, "succeeded")] * 10,
        *[Kind("broken", b"%PDF-1.7\n" + noise, "InvalidContent")] * 8,
        *[Kind("locked", _locked(page), "InvalidContent")] * 6,
        *[Kind("too wide", _wide(page), "InvalidContentDimensions")] * 6,
        *[Kind("deleted before done", page, "not found", Fate.DELETED)] * 5,
        *[Kind("ten pages deleted before done", ten, "not found", Fate.DELETED)] * 3,
        *[Kind("never asked for", page, "left", Fate.LEFT)] * 9,
        Kind("bomb", _bomb(), "ModelAnalyzeError"),
    ]
    random.Random(2).shuffle(kinds)  # noqa: S311 - the same order each time
    return tuple(kinds)


KINDS = _mixture()
"""A hundred documents, to be sent again and again in this order."""
