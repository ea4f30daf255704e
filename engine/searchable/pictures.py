"""A PDF of an image file: each page is its picture, without loss, and the JPEG of a photo as it is."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from PIL import Image
from pypdf import PageObject, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from contract.errors import ApiError
from engine.image.document import Document, check_sides, refusals
from engine.image.pixels import ORIENTATION, SIDEWAYS, rgb
from engine.searchable.layer import Place

# Resolutions that a file may state truthfully, pixels per inch; 72 is what is written when it is not known.
_LEAST_DPI: Final = 96.0
_MOST_DPI: Final = 2400.0
_POINTS_PER_INCH: Final = 72.0
_LONGER_SIDE_INCHES: Final = 11.0
"""Of a page whose resolution is not known."""

_ROWS_AT_ONCE: Final = 256
_UP: Final = 2
"""The filter of PNG that stores the difference to the row above (RFC 2083, 6.4)."""
_PNG_PREDICTOR: Final = 12
_LEVEL: Final = 3
"""Of compression: more makes filtered pictures no smaller and takes four times as long."""

_SPACES: Final = {"1": "/DeviceGray", "L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}

_TURNS: Final = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""By EXIF orientation: from the unit square of the picture as stored to that of the picture as displayed, y upwards."""


class _Sheet(NamedTuple):
    """A page and how many points of it a pixel takes; `page` is as high as `height` points."""

    page: PageObject
    height: float
    points: float


class Pictures:
    """The PDF of an open image file; `untrusted_jpeg` are its bytes when they are a JPEG."""

    def __init__(self, document: Document, untrusted_jpeg: memoryview | None) -> None:
        """Raises: ApiError as `engine.image.pixels.decoded` does; a broken page among others is left empty."""
        self._writer = PdfWriter()
        self._sheets: list[_Sheet] = []
        for index in range(len(document.frames)):
            try:
                self._sheets.append(self._sheet(document, index, untrusted_jpeg))
            except ApiError:
                if len(document.frames) == 1:
                    raise
                self._sheets.append(self._bare(_POINTS_PER_INCH, _POINTS_PER_INCH, 1.0))

    @property
    def pages(self) -> Sequence[PageObject]:
        return [sheet.page for sheet in self._sheets]

    def add(self, new: PdfObject) -> IndirectObject:
        """A new object."""
        return self._writer._add_object(new)

    def changed(self, page: PageObject) -> None:
        """Nothing: every page is written."""

    def written(self) -> bytes:
        """The PDF."""
        written = io.BytesIO()
        self._writer.write(written)
        return written.getvalue()

    def place(self, index: int) -> Place:
        """From pixels of the displayed picture, y downwards, to points of the page, y upwards."""
        sheet = self._sheets[index]
        return lambda x, y: (x * sheet.points, sheet.height - y * sheet.points)

    def _sheet(self, document: Document, index: int, untrusted_jpeg: memoryview | None) -> _Sheet:
        image = document.image
        with refusals():
            if document.frames[index] != image.tell():
                image.seek(document.frames[index])
            check_sides(image)
            # Loading turns a TIFF and takes its tag away.
            if untrusted_jpeg is None:
                image.load()
            untrusted_turn = image.getexif().get(ORIENTATION)
            turn = untrusted_turn if isinstance(untrusted_turn, int) and untrusted_turn in _TURNS else 1
            points = _POINTS_PER_INCH / _dpi(image)
            plain = image.mode in _SPACES and "transparency" not in image.info
            if untrusted_jpeg is not None and plain:
                picture = _jpeg(image, untrusted_jpeg)
            else:
                picture = _lossless(image if plain else rgb(image))
        wide, high = image.size if turn not in SIDEWAYS else image.size[::-1]
        sheet = self._bare(wide * points, high * points, points)
        a, b, c, d, e, f = _TURNS[turn]
        width, height = wide * points, high * points
        content = DecodedStreamObject()
        matrix = (a * width, b * height, c * width, d * height, e * width, f * height)
        content.set_data(f"q {' '.join(f'{value:.4f}' for value in matrix)} cm /Picture Do Q\n".encode("ascii"))
        pictures = DictionaryObject({NameObject("/Picture"): self.add(picture)})
        sheet.page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
        sheet.page[NameObject("/Contents")] = self.add(content)
        return sheet

    def _bare(self, width: float, height: float, points: float) -> _Sheet:
        return _Sheet(self._writer.add_blank_page(width, height), height, points)


def _dpi(image: Image.Image) -> float:
    """The resolution that a file states, or one at which the page has a usual size."""
    untrusted: Any = image.info.get("dpi")
    try:
        across, down = (float(value) for value in untrusted)
    except (TypeError, ValueError, ZeroDivisionError):
        across = down = 0.0
    if _LEAST_DPI <= across <= _MOST_DPI and abs(across - down) < 1.0:
        # Formats that count in metres give 143.99 for 144.
        return round(across)
    return max(image.size) / _LONGER_SIDE_INCHES


def _jpeg(image: Image.Image, untrusted_jpeg: memoryview) -> EncodedStreamObject:
    picture = EncodedStreamObject()
    picture.update(_described(image, 8, "/DCTDecode"))
    if image.mode == "CMYK":
        # Programs that write CMYK into a JPEG write it inverted, and readers of JPEGs take it so.
        picture[NameObject("/Decode")] = ArrayObject(map(NumberObject, (1, 0) * 4))
    picture._data = bytes(untrusted_jpeg)
    return picture


def _lossless(image: Image.Image) -> EncodedStreamObject:
    bits = 1 if image.mode == "1" else 8
    channels = len(image.getbands())
    picture = EncodedStreamObject()
    picture.update(_described(image, bits, "/FlateDecode"))
    picture[NameObject("/DecodeParms")] = DictionaryObject(
        {
            NameObject("/Predictor"): NumberObject(_PNG_PREDICTOR),
            NameObject("/Colors"): NumberObject(channels),
            NameObject("/BitsPerComponent"): NumberObject(bits),
            NameObject("/Columns"): NumberObject(image.width),
        }
    )
    picture._data = _deflated(image, (image.width * channels * bits + 7) // 8)
    return picture


def _deflated(image: Image.Image, row_bytes: int) -> bytes:
    compressor = zlib.compressobj(_LEVEL)
    pieces = []
    above = np.zeros((1, row_bytes), np.uint8)
    for top in range(0, image.height, _ROWS_AT_ONCE):
        strip = image.crop((0, top, image.width, min(top + _ROWS_AT_ONCE, image.height)))
        rows = np.frombuffer(strip.tobytes(), np.uint8).reshape(strip.height, row_bytes)
        filtered = np.full((strip.height, row_bytes + 1), _UP, np.uint8)
        filtered[:, 1:] = rows - np.concatenate([above, rows[:-1]])
        pieces.append(compressor.compress(filtered.tobytes()))
        above = rows[-1:]
    return b"".join([*pieces, compressor.flush()])


def _described(image: Image.Image, bits: int, compression: str) -> DictionaryObject:
    entries: dict[str, Any] = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Image"),
        "/Width": NumberObject(image.width),
        "/Height": NumberObject(image.height),
        "/ColorSpace": NameObject(_SPACES[image.mode]),
        "/BitsPerComponent": NumberObject(bits),
        "/Filter": NameObject(compression),
    }
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
