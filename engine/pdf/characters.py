"""The characters of a text page: their text at once, their boxes where they are asked for."""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Sequence
from itertools import repeat

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.pdf import library
from engine.pdf.boxes import Box
from engine.pdf.library import Handle

#: A dense page of a newspaper has about 30,000; more is read up to here.
MAX_CHARACTERS = 400_000

#: Takes the place of a character in the text; words leave it out.
NOTHING = "\u200b"

_BYTES_PER_BOX = 16
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


def text(text_page: Handle, untrusted_count: int) -> str:
    """The first `MAX_CHARACTERS` characters in the order of the content stream.

    One code point per character; a character without a meaning in Unicode is U+FFFD. What pdfium counts as
    two, a character beyond the first plane, is followed by `NOTHING`.
    """
    count = min(max(untrusted_count, 0), MAX_CHARACTERS)
    if not count:
        return ""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(ctypes.cast(text_page, pdfium.FPDF_TEXTPAGE), 0, count, units)
    if written == count + 1:
        found = bytes(units)[: 2 * count].decode("utf-16-le", errors="replace")
        # Pairs make the text shorter and characters without meaning are left out: then each is asked for.
        if len(found) == count and "\x00" not in found and "\ufffd" not in found:
            return found
    codes = [library.code_point(text_page, index) for index in range(count)]
    return _HALVES.sub(_whole, "".join([_character(code) for code in codes]))


def boxes(text_page: Handle, indices: Sequence[int]) -> list[Box]:
    """The boxes of some characters.

    A box spans the advance of the character and the height of its font, so that the characters of a line
    have the same height whatever their shape.
    """
    count = len(indices)
    sides = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(sides)
    addresses = range(start, start + _BYTES_PER_BOX * count, _BYTES_PER_BOX)
    # A deque without room runs the calls without a loop in Python.
    deque(map(library.loose_box, repeat(text_page, count), indices, addresses), 0)
    left, top, right, bottom = sides[0::4], sides[1::4], sides[2::4], sides[3::4]
    return list(zip(left, bottom, right, top, strict=True))


def tight_box(text_page: Handle, index: int) -> Box | None:
    """The box of what a character draws, None when it draws nothing."""
    sides = (ctypes.c_double * 4)()
    start = ctypes.addressof(sides)
    found = library.tight_box(text_page, index, start, start + 8, start + 16, start + 24)
    left, right, bottom, top = sides
    return (left, bottom, right, top) if found and left < right else None


def objects(text_page: Handle, indices: Sequence[int]) -> list[Handle]:
    """The text objects that drew some characters; 0 for one that pdfium made up."""
    return [found or 0 for found in map(library.text_object, repeat(text_page, len(indices)), indices)]


def _character(untrusted_code: int) -> str:
    if untrusted_code == 0 or untrusted_code > 0x10FFFF:
        return "\ufffd"
    return chr(untrusted_code)


def _whole(halves: re.Match[str]) -> str:
    """The character of two halves; U+FFFD for a half alone."""
    if len(halves.group()) == 1:
        return "\ufffd"
    return halves.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le") + NOTHING
