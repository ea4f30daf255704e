"""The text of a word, as it stands in a result.

Sources give what fonts and recognizers call characters: ligatures, presentation forms, control
characters, halves of surrogate pairs. A result holds what a person would type.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import regex  # type: ignore[import-untyped]

#: Characters that are words of their own: ideographs and kana, with the marks that follow them.
IDEOGRAPH = r"\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"

#: Boxes to tick, as Unicode and the symbol fonts of office programs have them.
BALLOTS = "☐☑☒□◻▢❏❑⬜⊠▣🗹🗵🗷\uf0a8\uf06f\uf0fe\uf0fd"

_IDEOGRAPH = regex.compile(rf"[{IDEOGRAPH}\u3001-\u303f\uff01-\uff0f\uff1a-\uff20]")
RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
LEFT_TO_RIGHT = regex.compile(r"\p{Bidi_Class=L}")
_EXTENDS = regex.compile(r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]")
_PREPENDS = regex.compile(r"\p{GCB=Prepend}+$")
_UNMAPPED = regex.compile(r"[\ufffd\p{Co}]")
# A mark without a letter needs something to sit on; Unicode names this circle for that purpose.
_DOTTED_CIRCLE = "\u25cc"
#: Invisible characters and presentation forms stand in the first plane, tags at the start of plane 14.
_INVISIBLE_BELOW = 0x10000
_TAGS = range(0xE0000, 0xE0080)
_JOINERS = "\u200c\u200d"
_UNKNOWN = "\ufffd"
_OFFICE_SYMBOLS = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "➢",
    0xF076: "❖",
    0xF0FC: "✔",
    0xF0FB: "✘",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0FE: "☑",
    0xF0FD: "☒",
}
_HYPHENS = ("\u00ad", "\u0002", "\ufffe", "\u2010", "\u2011")


def clean(untrusted_text: str) -> str:
    """The text of a word with presentation forms expanded and invisible characters removed; may be empty.

    The result never changes the grapheme clusters of text put before or after it, so a span that
    starts or ends at a word slices exactly in every string index type.
    """
    if untrusted_text.isascii() and untrusted_text.isprintable():
        return untrusted_text
    text = untrusted_text.translate(_table()).strip(_JOINERS)
    if text.isascii():
        return text
    text = text.replace("\u2018\u2018", "\u201c").replace("\u2019\u2019", "\u201d")
    if _EXTENDS.match(text):
        text = _DOTTED_CIRCLE + text
    return str(_PREPENDS.sub("", text))


def ideographic(character: str) -> bool:
    """True for characters that are written without spaces between words."""
    return _IDEOGRAPH.match(character) is not None


def mostly_right_to_left(text: str) -> bool:
    """Whether a text has more letters of scripts that run from right to left than of others."""
    if text.isascii():
        return False
    to_left = len(RIGHT_TO_LEFT.findall(text))
    return to_left > 0 and to_left > len(LEFT_TO_RIGHT.findall(text))


def legibility(text: str) -> float:
    """Share of the characters of a word that have a meaning beyond the document's own fonts, 0..1."""
    if text.isascii():
        return 1.0
    return 1.0 - len(_UNMAPPED.findall(text)) / len(text)


@cache
def _table() -> dict[int, str]:
    """What single characters become: ligatures their letters, hyphens a hyphen, the invisible nothing."""
    table = {}
    for code in range(_INVISIBLE_BELOW):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            table[code] = ""
        elif 0xFB00 <= code <= 0xFEFC:
            expanded = unicodedata.normalize("NFKC", character)
            if expanded != character:
                table[code] = expanded.replace(" ", "")
    # The codes of symbol fonts show up as control characters and private ones: there is a glyph, and
    # only for the bullets of office programs is it known which.
    table.update(dict.fromkeys(range(0x80, 0xA0), _UNKNOWN))
    table.update(_OFFICE_SYMBOLS)
    table.update({ord(hyphen): "-" for hyphen in _HYPHENS})
    # Joiners shape words of Indic and Persian scripts and sequences of pictographs.
    for joiner in _JOINERS:
        del table[ord(joiner)]
    table.update(dict.fromkeys(_TAGS, ""))
    return table
