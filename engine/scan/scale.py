"""Words, barcodes and lines in pixels to another unit."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from engine.evidence import Barcode, Quad, Rule, Word

_DIGITS = 4

_Seen = TypeVar("_Seen", Word, Barcode)


def scaled(seen: _Seen, factor: float) -> _Seen:
    """The same with its measures times a factor."""
    x1, y1, x2, y2, x3, y3, x4, y4 = (round(value * factor, _DIGITS) for value in seen.quad)
    quad: Quad = (x1, y1, x2, y2, x3, y3, x4, y4)
    if isinstance(seen, Word):
        return msgspec.structs.replace(seen, quad=quad, size=seen.size * factor)
    return msgspec.structs.replace(seen, quad=quad)


def scaled_rule(rule: Rule, factor: float) -> Rule:
    """The same with its measures times a factor."""
    return Rule(*(round(value * factor, _DIGITS) for value in msgspec.structs.astuple(rule)))
