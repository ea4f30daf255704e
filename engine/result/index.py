"""Offsets of characters in the three string index types.

The engine counts code points, as Python does; here they become what the caller asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable

import regex  # type: ignore[import-untyped]

from contract.options import StringIndexType

Index = Callable[[int], int]
"""From an offset in code points to the same place in another unit."""

# A text without these has one code point in each grapheme cluster.
_CLUSTERS = regex.compile(
    r"[\p{GCB=CR}\p{GCB=Extend}\p{GCB=Prepend}\p{GCB=SpacingMark}\p{GCB=ZWJ}\p{GCB=Regional_Indicator}"
    r"\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=LV}\p{GCB=LVT}]"
)
_CLUSTER = regex.compile(r"\X")
_ASTRAL = regex.compile(r"[\U00010000-\U0010ffff]")


def index(content: str, kind: StringIndexType) -> Index:
    """The conversion for offsets into `content`, 0 to its length.

    In text elements, an offset within a cluster counts as the one after the cluster's start.
    """
    if content.isascii() or kind is StringIndexType.UNICODE_CODE_POINT:
        return _same
    if kind is StringIndexType.UTF16_CODE_UNIT:
        return _utf16(content)
    return _text_elements(content)


def _same(offset: int) -> int:
    return offset


def _utf16(content: str) -> Index:
    astral = array("q", [match.start() for match in _ASTRAL.finditer(content)])
    if not astral:
        return _same

    def convert(offset: int) -> int:
        return offset + bisect_right(astral, offset - 1)

    return convert


def _text_elements(content: str) -> Index:
    if _CLUSTERS.search(content) is None:
        return _same
    # Code points that continue a cluster; each makes the text one shorter.
    continued = array("q")
    for match in _CLUSTER.finditer(content):
        start, end = match.span()
        if end - start > 1:
            continued.extend(range(start + 1, end))
    if not continued:
        return _same

    def convert(offset: int) -> int:
        return offset - bisect_right(continued, offset - 1)

    return convert
