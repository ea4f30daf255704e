"""Offsets of characters in the three string index types.

The engine counts code points, as Python does; here they become what the caller asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right

import regex  # type: ignore[import-untyped]

from contract.options import StringIndexType

# A text without these has one code point in each grapheme cluster.
_CLUSTERS = regex.compile(
    r"[\p{GCB=CR}\p{GCB=Extend}\p{GCB=Prepend}\p{GCB=SpacingMark}\p{GCB=ZWJ}\p{GCB=Regional_Indicator}"
    r"\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=LV}\p{GCB=LVT}]"
)
_CLUSTER = regex.compile(r"\X")
_ASTRAL = regex.compile(r"[\U00010000-\U0010ffff]")


class Index:
    """From an offset in code points to the same place in another unit.

    In text elements, an offset within a cluster counts as the one after the cluster's start.
    """

    def __init__(self, kind: StringIndexType) -> None:
        self._kind = kind
        self._step = 1 if kind is StringIndexType.UTF16_CODE_UNIT else -1
        # The code points that are two units, or that continue a cluster and so are none.
        self._odd = array("q")

    def add(self, text: str, start: int) -> None:
        """Takes in what stands at `start` of the content; no cluster goes beyond either end of it."""
        if text.isascii() or self._kind is StringIndexType.UNICODE_CODE_POINT:
            return
        if self._kind is StringIndexType.UTF16_CODE_UNIT:
            self._odd.extend([start + match.start() for match in _ASTRAL.finditer(text)])
        elif _CLUSTERS.search(text) is not None:
            for match in _CLUSTER.finditer(text):
                if match.end() - match.start() > 1:
                    self._odd.extend(range(start + match.start() + 1, start + match.end()))

    def __call__(self, offset: int) -> int:
        """The place of an offset, 0 to the end of what was added."""
        return offset + self._step * bisect_right(self._odd, offset - 1) if self._odd else offset
