"""A TrueType font that draws nothing, for text that is there to be selected, searched and copied.

Its one glyph has the extent of a character and no area: a line from corner to corner and back. Readers take the
boxes of characters from the extent, and pass over text that has none. The tables are those that PDF asks of an
embedded TrueType font (ISO 32000-1, 9.9), in the forms of the OpenType specification.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Final

UNITS_PER_EM: Final = 1000
ADVANCE: Final = 500
"""Width of each glyph, in units of which an em has `UNITS_PER_EM`."""
ASCENT: Final = 800
DESCENT: Final = -200

GLYPH: Final = 1
"""The glyph that stands for every character; glyph 0, for what is missing, has no extent."""

_GLYPHS: Final = 2
_CHECKSUM_OF_A_FONT: Final = 0xB1B0AFBA
_ENTRY_BYTES: Final = 16
_HEADER_BYTES: Final = 12
_ADJUSTMENT_AT: Final = 8


@cache
def font_file() -> bytes:
    """The font."""
    right, up = ADVANCE, ASCENT - DESCENT
    # One contour, its box, its last point, no program; the flags of three points and their steps across and up.
    glyph = struct.pack(
        ">h4hHH3B3h3hx",
        *(1, 0, DESCENT, ADVANCE, ASCENT, 2, 0),
        *(1, 1, 1),
        *(0, right, -right // 2),
        *(DESCENT, up, -up // 2),
    )
    tables = {
        # Version 1.0, revision, adjustment (set below), magic, flags, units, two dates, box, style, smallest
        # readable size, direction, short offsets, glyph format.
        b"head": struct.pack(
            ">IIIIHHqq4hHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, UNITS_PER_EM, 0, 0),
            *(0, DESCENT, ADVANCE, ASCENT, 0, 8, 2, 0, 0),
        ),
        # Version, ascent, descent, gap, widest advance, nine fields of shape, metric format, number of advances.
        b"hhea": struct.pack(">I3hH11hH", 0x00010000, ASCENT, DESCENT, 0, ADVANCE, *(0,) * 11, 1),
        # Version 1.0, number of glyphs, most points and contours; the limits of programs, of which there are none.
        b"maxp": struct.pack(">IH13H", 0x00010000, _GLYPHS, 3, 1, 0, 0, 1, *(0,) * 8),
        b"hmtx": struct.pack(">Hhh", ADVANCE, 0, 0),
        b"loca": struct.pack(">3H", 0, 0, len(glyph) // 2),
        b"glyf": glyph,
    }
    offset = _HEADER_BYTES + _ENTRY_BYTES * len(tables)
    # Version, number of tables, and three numbers for a binary search over six of them.
    directory = struct.pack(">IHHHH", 0x00010000, len(tables), 64, 2, 32)
    body = b""
    head = 0
    for tag, content in sorted(tables.items()):
        padded = content + bytes(-len(content) % 4)
        directory += struct.pack(">4sIII", tag, _checksum(padded), offset + len(body), len(content))
        if tag == b"head":
            head = offset + len(body)
        body += padded
    whole = bytearray(directory + body)
    adjustment = (_CHECKSUM_OF_A_FONT - _checksum(bytes(whole))) & 0xFFFFFFFF
    struct.pack_into(">I", whole, head + _ADJUSTMENT_AT, adjustment)
    return bytes(whole)


def _checksum(padded: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
