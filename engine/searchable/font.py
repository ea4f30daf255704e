"""A font for invisible text in any script: each character gets a code of its own, and all draw nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import regex  # type: ignore[import-untyped]
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from engine.searchable.truetype import ADVANCE, ASCENT, DESCENT, GLYPH, font_file

Add = Callable[[PdfObject], IndirectObject]
"""Puts an object into a PDF and gives the reference to it."""

_NAME: Final = "/Glyphless"
_MOST_CODES: Final = 0xFFFF
_UNKNOWN: Final = "\ufffd"
_MAPPINGS_PER_BLOCK: Final = 100
_CHARACTERS = regex.compile(r"\X")
_LONGEST: Final = 16
"""Code points that one code stands for at most."""


def characters(text: str) -> list[str]:
    """What a reader takes for characters: grapheme clusters, cut where one has marks without end."""
    if text.isascii():
        return list(text)
    found = _CHARACTERS.findall(text)
    return [each[at : at + _LONGEST] for each in found for at in range(0, len(each), _LONGEST)]


class Font:
    """A composite font with two-byte codes (ISO 32000-1, 9.7), whose mapping to Unicode grows with use.

    `name` is what content streams call it, and should be that of no other font of the document.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._codes: dict[str, int] = {}

    def encoded(self, written: Sequence[str]) -> bytes:
        """The codes of characters, two bytes each; when all are given away, new characters are U+FFFD."""
        return b"".join([self._code(character).to_bytes(2, "big") for character in written])

    def _code(self, character: str) -> int:
        code = self._codes.get(character)
        if code is None:
            if len(self._codes) >= _MOST_CODES - 1:
                character = _UNKNOWN
            # Code 0 is left to what is missing.
            code = self._codes.setdefault(character, len(self._codes) + 1)
        return code

    def added(self, add: Add) -> IndirectObject:
        """The font dictionary with all that belongs to it, when every text has been encoded."""
        descriptor = _dictionary(
            Type=NameObject("/FontDescriptor"),
            FontName=NameObject(_NAME),
            Flags=NumberObject(4),
            FontBBox=ArrayObject(map(NumberObject, (0, DESCENT, ADVANCE, ASCENT))),
            ItalicAngle=NumberObject(0),
            Ascent=NumberObject(ASCENT),
            Descent=NumberObject(DESCENT),
            CapHeight=NumberObject(ASCENT),
            StemV=NumberObject(80),
            FontFile2=add(_stream(font_file(), Length1=NumberObject(len(font_file())))),
        )
        glyphs = bytes(2) + GLYPH.to_bytes(2, "big") * len(self._codes)
        descendant = _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/CIDFontType2"),
            BaseFont=NameObject(_NAME),
            CIDSystemInfo=_dictionary(
                Registry=TextStringObject("Adobe"), Ordering=TextStringObject("Identity"), Supplement=NumberObject(0)
            ),
            FontDescriptor=add(descriptor),
            DW=NumberObject(ADVANCE),
            CIDToGIDMap=add(_stream(glyphs)),
        )
        return add(
            _dictionary(
                Type=NameObject("/Font"),
                Subtype=NameObject("/Type0"),
                BaseFont=NameObject(_NAME),
                Encoding=NameObject("/Identity-H"),
                DescendantFonts=ArrayObject([add(descendant)]),
                ToUnicode=add(_stream("\n".join(self._to_unicode()).encode("ascii"))),
            )
        )

    def _to_unicode(self) -> Iterator[str]:
        """A CMap from codes to UTF-16 (ISO 32000-1, 9.10.3)."""
        yield "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap"
        yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
        yield "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def"
        yield "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
        codes = list(self._codes.items())
        for start in range(0, len(codes), _MAPPINGS_PER_BLOCK):
            block = codes[start : start + _MAPPINGS_PER_BLOCK]
            yield f"{len(block)} beginbfchar"
            for character, code in block:
                yield f"<{code:04X}> <{character.encode('utf-16-be', 'replace').hex().upper()}>"
            yield "endbfchar"
        yield "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _stream(content: bytes, **entries: PdfObject) -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    stream.update(_dictionary(**entries))
    return stream.flate_encode()
