"""Liars: documents that are not what they say, and documents that were damaged on the way."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pypdf import PdfReader, PdfWriter

from tests.hostile.raw import SAYS_HELLO, deflated, page, stream

_HONEST: Final = page()


def _replaced(old: bytes, new: bytes) -> bytes:
    assert old in _HONEST
    return _HONEST.replace(old, new)


def _length(claimed: bytes) -> bytes:
    return _replaced(b"/Length %d" % len(SAYS_HELLO), b"/Length " + claimed)


def _zip(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, _HONEST)
    return data.getvalue()


def _locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_HONEST)))
    writer.encrypt("secret", algorithm="AES-256-R5")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


LIARS: Final[Mapping[str, Callable[[], bytes]]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"%",
    "a header and no more": lambda: b"%PDF-1.7",
    "a header and noise": lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(100_000),  # noqa: S311
    "a header twice": lambda: b"%PDF-1.7\n" + _HONEST,
    "a header after 500 bytes": lambda: b"x" * 500 + _HONEST,
    "a header after 5,000 bytes": lambda: b"x" * 5000 + _HONEST,
    "a wrong magic": lambda: _HONEST.replace(b"%PDF-", b"%PDX-"),
    "a version of the future": lambda: _HONEST.replace(b"%PDF-1.7", b"%PDF-99.99"),
    "the magic of a JPEG": lambda: b"\xff\xd8\xff" + _HONEST,
    "HTML called PDF": lambda: b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>",
    "a PDF that begins as HTML": lambda: b"<html>" + _HONEST,
    "a ZIP called PDF": lambda: _zip("document.pdf"),
    "a ZIP with the names of a Word file": lambda: _zip("word/document.xml"),
    "a PDF behind a ZIP": lambda: _zip("a") + _HONEST,
    "compressed as a whole": lambda: zlib.compress(_HONEST),
    "encoded as UTF-16": lambda: _HONEST.decode("latin-1").encode("utf-16"),
    "locked by a password": _locked,
    "a length that is too short": lambda: _length(b"3"),
    "a length that is too long": lambda: _length(b"99999"),
    "a negative length": lambda: _length(b"-9"),
    "a length beyond all numbers": lambda: _length(b"99999999999999999999999"),
    "a length that is a word": lambda: _length(b"/Long"),
    "no length": lambda: _replaced(b"/Length %d" % len(SAYS_HELLO), b""),
    "a compressed stream that is none": lambda: page(stream(b"plain", b"/Filter/FlateDecode")),
    "a compressed stream cut short": lambda: page(stream(deflated(SAYS_HELLO * 99)[-200:-20], b"/Filter/FlateDecode")),
    "an unknown filter": lambda: page(stream(SAYS_HELLO, b"/Filter/Horoscope")),
    "no table": lambda: _HONEST.replace(b"xref", b"xxxx"),
    "a table at a wrong place": lambda: _HONEST[: _HONEST.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n",
    "a table beyond the end": lambda: _HONEST[: _HONEST.rindex(b"startxref")] + b"startxref\n99999999999\n%%EOF\n",
    "a table of a billion objects": lambda: _replaced(b"xref\n0 7", b"xref\n0 999999999"),
    "no root": lambda: _replaced(b"/Root 1 0 R", b"/Root 9 0 R"),
    "a root that is a page": lambda: _replaced(b"/Root 1 0 R", b"/Root 3 0 R"),
    "a page that is a font": lambda: _replaced(b"/Kids[3 0 R]", b"/Kids[5 0 R]"),
    "a page that is not there": lambda: _replaced(b"/Kids[3 0 R]", b"/Kids[77 0 R]"),
    "a font that is the page": lambda: _replaced(b"/F1 5 0 R", b"/F1 3 0 R"),
    "contents that are the catalog": lambda: _replaced(b"/Contents 4 0 R", b"/Contents 1 0 R"),
}


def cut(document: bytes) -> Iterator[bytes]:
    """The document cut at each hundredth of its length."""
    return (document[: len(document) * percent // 100] for percent in range(100))


def damaged(document: bytes, count: int, seed: int) -> Iterator[bytes]:
    """The document with bits, bytes or whole pieces changed, differently each time."""
    chance = random.Random(seed)  # noqa: S311 - the same seed must give the same damage
    for _ in range(count):
        copy = bytearray(document)
        for _ in range(chance.choice((1, 3, 10, 100))):
            place = chance.randrange(len(copy))
            match chance.randrange(4):
                case 0:
                    copy[place] ^= 1 << chance.randrange(8)
                case 1:
                    copy[place] = chance.choice(b"0123456789 <>[]()/%Rn\x00\xff")
                case 2:
                    del copy[place : place + chance.randrange(1, 50)]
                case _:
                    start = chance.randrange(len(copy))
                    copy[place:place] = copy[start : start + chance.randrange(1, 50)]
            copy = copy or bytearray(b"%")
        yield bytes(copy)
