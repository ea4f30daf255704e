"""The characters of a page with their fonts, baselines and ink, where formulas are asked for."""

from __future__ import annotations

import ctypes
import math
from unicodedata import combining

from engine.formulas.faces import face
from engine.formulas.glyph import Glyph
from engine.pdf import characters, library
from engine.pdf.geometry import POINTS_PER_INCH, Frame
from engine.pdf.library import Handle
from engine.pdf.styles import INVISIBLE, font_name

#: Characters of one page that are looked at.
MAX_GLYPHS = 50_000
# In points.
_FAR = 1e6
_SMALLEST, _LARGEST = 1.0, 1000.0
# In font sizes: how high a character counts whose ink is not known.
_HEIGHT = 0.7
_HIGH_SURROGATES, _LOW_SURROGATES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def glyphs(text_page: Handle, untrusted_count: int, frame: Frame) -> list[Glyph]:
    """The visible upright characters of a page in the order of the content stream, in inches as displayed.

    Empty for a page without a font that is made for formulas, and for one that is displayed turned.
    """
    if frame.quarter_turns:
        return []
    places = range(min(max(untrusted_count, 0), MAX_GLYPHS))
    drawn_by = characters.objects(text_page, places)
    first = {thing: place for place, thing in reversed(list(enumerate(drawn_by))) if thing}
    fonts = {thing: library.font(thing) or 0 for thing in first}
    faces = {font: face(font_name(font)) for font in set(fonts.values())}
    if not any(one.math for one in faces.values()):
        return []
    sizes = {thing: _size(text_page, place, thing) for thing, place in first.items()}
    found = []
    for place, (left, _, right, _) in zip(places, characters.boxes(text_page, places), strict=True):
        size = sizes.get(drawn_by[place], 0.0)
        text = _text(text_page, place, untrusted_count) if size else ""
        if text:
            y = _height(text_page, place)
            ink = characters.tight_box(text_page, place) or (left, y, right, y + _HEIGHT * size)
            if combining(text):
                left, right = ink[0], ink[2]
            # Coordinates beyond any page are none; what is not finite fails this too.
            if not all(abs(value) < _FAR for value in (left, right, y, ink[1], ink[3])):
                continue
            x1, y1 = frame.displayed(left, ink[3])
            x2, y2 = frame.displayed(right, ink[1])
            _, baseline = frame.displayed(left, y)
            found.append(
                Glyph(place, text, faces[fonts[drawn_by[place]]], size / POINTS_PER_INCH, x1, x2, baseline, y1, y2)
            )
    width, height = frame.size
    return [one for one in found if 0 <= one.left <= one.right <= width and 0 <= one.top <= one.bottom <= height]


def _size(text_page: Handle, place: int, untrusted_object: Handle) -> float:
    """The size of the characters of an object in points; 0 when they are turned or cannot be seen."""
    values = (ctypes.c_float * 6)()
    library.matrix(text_page, place, ctypes.addressof(values))
    a, b, c, d, _, _ = values
    size: float = library.font_size(text_page, place) * math.hypot(c, d)
    upright = a > 0 and d > 0 and abs(b) < a / 100
    if not upright or not _SMALLEST < size < _LARGEST or library.render_mode(untrusted_object) == INVISIBLE:
        return 0.0
    return size


def _text(text_page: Handle, place: int, count: int) -> str:
    """The character at a place; empty for space, and for the second half of one that comes in halves."""
    if library.is_generated(text_page, place):
        return ""
    code = library.code_point(text_page, place)
    if code in _HIGH_SURROGATES and place + 1 < count:
        low = library.code_point(text_page, place + 1)
        return chr(0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00) if low in _LOW_SURROGATES else ""
    if code in _HIGH_SURROGATES or code in _LOW_SURROGATES or code > 0x10FFFF:
        return ""
    return "" if code == ord(" ") else chr(code)


def _height(text_page: Handle, place: int) -> float:
    """The height of the line that a character stands on, in user space."""
    values = (ctypes.c_double * 2)()
    start = ctypes.addressof(values)
    library.origin(text_page, place, start, start + ctypes.sizeof(ctypes.c_double))
    return values[1]
