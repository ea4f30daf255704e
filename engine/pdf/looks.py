"""The fonts and colours of the words of a PDF, as its objects state them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from msgspec.structs import replace

from engine.evidence import Fill, Look, Word
from engine.pdf import library
from engine.pdf.library import Handle

_NAME_BYTES = 128
_WHITE = "#ffffff"
_FIXED_PITCH, _SERIF = 1 << 0, 1 << 1
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CUT = re.compile(r"[-,].*$|(?<=[a-z ])(?:PSMT|PS|MT|Std|Pro|LT)$|(?<=[a-z ])(?:Bold|Italic|Oblique|Regular)+$")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 &_.-]{0,63}$")
_MONOSPACE = re.compile(r"courier|mono|consol|typewriter|CMTT", re.IGNORECASE)
_WITH_SERIFS = re.compile(
    r"times|roman|serif|georgia|garamond|palatino|cambria|bookman|century|minion|CM[RBT]", re.IGNORECASE
)
_WITHOUT = re.compile(r"sans|arial|helvetica|grotesk|gothic", re.IGNORECASE)


class Looks:
    """What the text objects of a page look like; each font is asked for once."""

    def __init__(self) -> None:
        self._families: dict[Handle, str] = {}

    def of(self, untrusted_object: Handle, font: Handle) -> Look:
        """The look of what a text object draws."""
        family = self._families.get(font)
        if family is None:
            family = self._families[font] = _family(font)
        return Look(family, _color(untrusted_object))


def on_fills(words: Sequence[Word], fills: Sequence[Fill]) -> list[Word]:
    """The words, those that have a look with the colour that they stand on, where it is not white.

    `fills`: from the lowest to the highest.
    """
    told = [index for index, word in enumerate(words) if word.look]
    found = list(words)
    if not told or not fills:
        return found
    x = np.array([words[index].quad[0] + words[index].quad[4] for index in told]) / 2
    y = np.array([words[index].quad[1] + words[index].quad[5] for index in told]) / 2
    top = np.full(len(told), -1)
    for number, (left, upper, right, lower) in enumerate([fill.box for fill in fills]):
        top[(left <= x) & (x <= right) & (upper <= y) & (y <= lower)] = number
    for index, number in zip(told, top.tolist(), strict=True):
        look = words[index].look
        if look and number >= 0 and fills[number].color != _WHITE:
            found[index] = replace(words[index], look=replace(look, background=fills[number].color))
    return found


def _family(font: Handle) -> str:
    """The name of a font's family as far as it has a plain one, and the generic one behind it, as CSS has them."""
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    library.font_name(font, ctypes.addressof(buffer), _NAME_BYTES)
    # A font has the name of its family before that of its cut, often without spaces and with what made it.
    untrusted_name = _SUBSET.sub("", buffer.value.decode("utf-8", errors="replace"))
    untrusted_name = _CUT.sub("", _WORD.sub(" ", _CUT.sub("", untrusted_name))).strip()
    flags = max(0, pdfium.FPDFFont_GetFlags(ctypes.cast(font, pdfium.FPDF_FONT)))
    if _MONOSPACE.search(untrusted_name) or flags & _FIXED_PITCH:
        generic, usual = "monospace", "Courier New"
    elif not _WITHOUT.search(untrusted_name) and (_WITH_SERIFS.search(untrusted_name) or flags & _SERIF):
        generic, usual = "serif", "Times New Roman"
    else:
        generic, usual = "sans-serif", "Arial"
    return f"{untrusted_name if _NAME.match(untrusted_name) else usual}, {generic}"


def _color(untrusted_object: Handle) -> str | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    thing = ctypes.cast(untrusted_object, pdfium.FPDF_PAGEOBJECT)
    if not untrusted_object or not pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
        return None
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"
