"""What the name of a font says of its characters: whether they are mathematics, and how they are coded.

The fonts of TeX have codes of their own where the names of their characters are not those of Unicode.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

import msgspec


class Coding(Enum):
    """What a code below 128 means: the same as in Unicode, or as in one of the fonts of TeX."""

    UNICODE = auto()
    LETTERS = auto()
    SYMBOLS = auto()
    EXTENSION = auto()
    AMS_A = auto()
    AMS_B = auto()


class Face(msgspec.Struct, frozen=True):
    """A font. `math`: it is made for formulas. `alphabet`: the command for its letters, empty for common ones."""

    math: bool
    coding: Coding
    bold: bool
    italic: bool
    alphabet: str


_MATH = re.compile(
    r"(?:^|\+)(?:(?:CM(?:MIB?|B?SY|EX)|MS[AB]M|EU[FRSE][BMX]|RSFS|BBM|DSROM|STMARY|WASY|ESINT|LASY)\d"
    r"|(?:N?E?W?|R)(?:TX|PX)(?:B?MI|B?SY|B?EX)|MT(?:MI|SY|EX)|MT-?EXTRA|EUCLID(?:SYMBOL|EXTRA|MATH|FRAKTUR)"
    r"|STIX(?:GENERAL|SIZE|INTEGRALS|NONUNICODE|VARIANTS)|KATEX_|MNSYMBOL)"
    r"|(?-i:Math(?![a-z]))",
    re.IGNORECASE,
)
_CODINGS = (
    (re.compile(r"CMMIB?\d|MTMI|LMMathItalic|(?:TX|PX)B?MI", re.IGNORECASE), Coding.LETTERS),
    (re.compile(r"CMB?SY\d|MTSY|LMMathSymbols|(?:TX|PX)B?SYS?(?:\d|$)", re.IGNORECASE), Coding.SYMBOLS),
    (re.compile(r"CMEX\d|MTEX|LMMathExtension|(?:TX|PX)B?EX", re.IGNORECASE), Coding.EXTENSION),
    (re.compile(r"MSAM\d", re.IGNORECASE), Coding.AMS_A),
    (re.compile(r"MSBM\d", re.IGNORECASE), Coding.AMS_B),
)
_ALPHABETS = (
    (re.compile(r"MSBM|BBM|DSROM|KaTeX_AMS", re.IGNORECASE), r"\mathbb"),
    (re.compile(r"EUF|Frak", re.IGNORECASE), r"\mathfrak"),
    (re.compile(r"RSFS|KaTeX_Script", re.IGNORECASE), r"\mathscr"),
    (re.compile(r"EUS[BM]|Calig", re.IGNORECASE), r"\mathcal"),
)
_BOLD = re.compile(r"bold|CMBX|CMMIB|CMBSY|-B(?:$|[^a-z])", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|CM(?:TI|MI|SL)|MTMI|It(?:al)?(?:$|[^a-z])", re.IGNORECASE)


@lru_cache(maxsize=1024)
def face(untrusted_name: bytes) -> Face:
    """The face of a font by its name in the document."""
    name = untrusted_name.decode("latin-1")
    math = _MATH.search(name) is not None
    return Face(
        math=math,
        coding=next((coding for pattern, coding in _CODINGS if pattern.search(name)), Coding.UNICODE),
        bold=_BOLD.search(name) is not None,
        italic=_ITALIC.search(name) is not None,
        alphabet=next((command for pattern, command in _ALPHABETS if pattern.search(name)), ""),
    )
