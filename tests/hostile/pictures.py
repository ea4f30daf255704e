"""Image files that lie about themselves or ask for more than a page is given."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from tests.hostile.raw import inflating

_MEBI: Final = 1024 * 1024
_GREY, _COLOUR_ALPHA = 0, 6
_HEIF: Final = Path(__file__).parents[1] / "engine" / "image" / "heif" / "hello.heic"


def picture(kind: str, width: int = 240, height: int = 80) -> bytes:
    """A small honest image with a word on it."""
    image = Image.new("L", (width, height), 255)
    ImageDraw.Draw(image).text((20, 20), "hello", fill=0, font_size=36)
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


def png(width: int, height: int, packed: bytes, *, colour: int = _GREY, bits: int = 8, before: bytes = b"") -> bytes:
    """A PNG with any header; `packed` is what its rows inflate from, `before` other chunks."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + before + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zeros(mebibytes: int) -> bytes:
    """Deflate data for so many MiB of zeros."""
    return inflating(bytes(_MEBI), mebibytes)


def tiff(*directories: list[tuple[int, int, int, int]], last: int = 0) -> bytes:
    """A TIFF of directories of entries (tag, type, count, value); the last one names `last` as the next."""
    body, place = bytearray(b"II*\0" + struct.pack("<I", 8)), 8
    for number, entries in enumerate(directories, 1):
        following = place + 2 + 12 * len(entries) + 4
        body += struct.pack("<H", len(entries))
        body += b"".join(struct.pack("<HHII", *entry) for entry in entries)
        body += struct.pack("<I", following if number < len(directories) else last)
        place = following
    return bytes(body)


def page_of_tiff(width: int, height: int, **changed: int) -> list[tuple[int, int, int, int]]:
    """The entries of a page of one grey strip."""
    wanted = {"strip": 8, "bytes": width * height, "strips": 1, "packing": 1} | changed
    return [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, wanted["packing"]),
        (262, 3, 1, 1),
        (273, 4, wanted["strips"], wanted["strip"]),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, wanted["strips"], wanted["bytes"]),
    ]


def scans_again_and_again(side: int, times: int) -> bytes:
    """A progressive JPEG whose last scan is there many times: each is decoded over the whole image."""
    data = io.BytesIO()
    Image.effect_noise((side, side), 80).save(data, "JPEG", progressive=True, quality=5)
    whole = data.getvalue()
    scan = whole.rindex(b"\xff\xda")
    return whole[:scan] + whole[scan:-2] * times + whole[-2:]


def page_full_of_words(width: int, height: int) -> bytes:
    """An image with far more small words than a sheet of paper holds."""
    tile = Image.new("L", (60, 14), 255)
    ImageDraw.Draw(tile).text((2, 0), "words", fill=0, font_size=12)
    image = Image.new("L", (width, height), 255)
    for x in range(0, width, tile.width):
        for y in range(0, height, tile.height):
            image.paste(tile, (x, y))
    data = io.BytesIO()
    image.save(data, "PNG", compress_level=1)
    return data.getvalue()


QUICK: Final[Mapping[str, Callable[[], bytes]]] = {
    "a PNG of 60,000 pixels squared": lambda: png(60_000, 60_000, zeros(1)),
    "a PNG of two billion pixels in a row": lambda: png(2**31 - 1, 60, zeros(1)),
    "a PNG of no pixels": lambda: png(0, 0, b""),
    "a PNG without its data": lambda: png(200, 200, b""),
    "a PNG whose text inflates": lambda: png(200, 200, zeros(1), before=chunk(b"zTXt", b"a\0\0" + zeros(200))),
    "a PNG whose profile inflates": lambda: png(200, 200, zeros(1), before=chunk(b"iCCP", b"a\0\0" + zeros(200))),
    "a PNG of 20,000 empty chunks": lambda: png(200, 200, zeros(1), before=chunk(b"tEXt", b"a\0b") * 20_000),
    "a PNG with a wrong checksum": lambda: png(200, 200, zeros(1)).replace(b"IEND", b"IENX"),
    "a TIFF in a circle": lambda: tiff(page_of_tiff(60, 60), last=8) + bytes(4000),
    "a TIFF that goes on beyond its end": lambda: tiff(page_of_tiff(60, 60), last=2**32 - 2) + bytes(4000),
    "a TIFF with its data beyond its end": lambda: tiff(page_of_tiff(200, 200, strip=2**31)),
    "a TIFF of four billion strips": lambda: tiff(page_of_tiff(200, 200, strips=2**32 - 1)),
    "a TIFF of 60,000 pixels squared": lambda: tiff(page_of_tiff(60_000, 60_000)),
    "a TIFF without entries": lambda: tiff([]),
    "a JPEG that is a header": lambda: picture("JPEG")[:200],
    "a JPEG of 65,500 pixels squared": lambda: _resized(picture("JPEG"), 65_500),
    "a JPEG that says it is larger": lambda: _resized(picture("JPEG"), 1000),
    "a BMP of minus two billion rows": lambda: picture("BMP")[:22] + struct.pack("<i", -(2**31)) + picture("BMP")[26:],
    "a HEIF": lambda: _HEIF.read_bytes(),
    "a HEIF cut short": lambda: _HEIF.read_bytes()[:-100],
    "a HEIF of 60,000 pixels squared": lambda: _sides_of_heif(60_000),
    "a HEIF of the largest size": lambda: _sides_of_heif(10_000),
    "a HEIF that is a name": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200),
}

LARGE: Final[Mapping[str, Callable[[], bytes]]] = {
    "a PNG of the largest size": lambda: png(10_000, 10_000, zeros(96)),
    "a PNG of the largest size and deepest colour": lambda: png(
        10_000, 10_000, zeros(763), colour=_COLOUR_ALPHA, bits=16
    ),
    "a TIFF of 20,000 thumbnails": lambda: tiff(*[[(254, 4, 1, 1), *page_of_tiff(60, 60)]] * 20_000),
    "a JPEG of 200 scans": lambda: scans_again_and_again(1500, 200),
    "100,000 words in a picture": lambda: page_full_of_words(8000, 9000),
}


def _resized(jpeg: bytes, side: int) -> bytes:
    frame = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:frame] + struct.pack(">HH", side, side) + jpeg[frame + 4 :]


def _sides_of_heif(side: int) -> bytes:
    whole = _HEIF.read_bytes()
    sides = whole.index(b"ispe") + 8
    return whole[:sides] + struct.pack(">II", side, side) + whole[sides + 8 :]
