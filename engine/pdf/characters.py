"""The characters of a text page with their boxes, in the order of the content stream."""

from __future__ import annotations

import ctypes

import msgspec
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.pdf import library
from engine.pdf.library import Handle

#: A dense page of a newspaper has about 30,000; more is read up to here.
MAX_CHARACTERS = 400_000


class Characters(msgspec.Struct, frozen=True):
    """One entry per character in each member; boxes in points of user space, y upwards.

    A box spans the advance of the character and the height of its font, so that characters of a line
    have the same height whatever their shape.
    """

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]


def read(text_page: Handle, untrusted_count: int) -> Characters:
    """The first `MAX_CHARACTERS` characters of a text page."""
    count = min(max(untrusted_count, 0), MAX_CHARACTERS)
    boxes = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(boxes)
    loose_box = library.loose_box
    for index, address in enumerate(range(start, start + 16 * count, 16)):
        loose_box(text_page, index, address)
    return Characters(
        text=_text(text_page, count),
        left=boxes[0::4],
        top=boxes[1::4],
        right=boxes[2::4],
        bottom=boxes[3::4],
    )


def _text(text_page: Handle, count: int) -> str:
    """One code point per character; a character without a meaning in Unicode is U+FFFD."""
    if not count:
        return ""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(ctypes.cast(text_page, pdfium.FPDF_TEXTPAGE), 0, count, units)
    if written == count + 1:
        text = bytes(units)[: 2 * count].decode("utf-16-le", errors="replace")
        # Pairs make the text shorter and characters without meaning are left out: then each is asked for.
        if len(text) == count and "\x00" not in text and "\ufffd" not in text:
            return text
    return "".join([_character(library.code_point(text_page, index)) for index in range(count)])


def _character(untrusted_code: int) -> str:
    if untrusted_code == 0 or untrusted_code > 0x10FFFF or 0xD800 <= untrusted_code <= 0xDFFF:
        return "\ufffd"
    return chr(untrusted_code)
