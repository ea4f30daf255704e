"""Finds and decodes the barcodes of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import cv2
import numpy as np
import zxingcpp

from contract.page import BarcodeKind
from engine.evidence import Barcode, Quad
from engine.scan.frame import Pixels

_Format = zxingcpp.BarcodeFormat

_KINDS = {
    _Format.QRCode: BarcodeKind.QR_CODE,
    _Format.QRCodeModel1: BarcodeKind.QR_CODE,
    _Format.QRCodeModel2: BarcodeKind.QR_CODE,
    _Format.MicroQRCode: BarcodeKind.MICRO_QR_CODE,
    _Format.PDF417: BarcodeKind.PDF417,
    _Format.CompactPDF417: BarcodeKind.PDF417,
    _Format.UPCA: BarcodeKind.UPC_A,
    _Format.UPCE: BarcodeKind.UPC_E,
    _Format.EAN8: BarcodeKind.EAN_8,
    _Format.EAN13: BarcodeKind.EAN_13,
    _Format.ISBN: BarcodeKind.EAN_13,
    _Format.Code39: BarcodeKind.CODE_39,
    _Format.Code39Std: BarcodeKind.CODE_39,
    _Format.Code39Ext: BarcodeKind.CODE_39,
    _Format.Code32: BarcodeKind.CODE_39,
    _Format.PZN: BarcodeKind.CODE_39,
    _Format.Code93: BarcodeKind.CODE_93,
    _Format.Code128: BarcodeKind.CODE_128,
    _Format.Codabar: BarcodeKind.CODABAR,
    _Format.ITF: BarcodeKind.ITF,
    _Format.ITF14: BarcodeKind.ITF,
    _Format.DataBar: BarcodeKind.DATA_BAR,
    _Format.DataBarOmni: BarcodeKind.DATA_BAR,
    _Format.DataBarStk: BarcodeKind.DATA_BAR,
    _Format.DataBarStkOmni: BarcodeKind.DATA_BAR,
    _Format.DataBarExp: BarcodeKind.DATA_BAR_EXPANDED,
    _Format.DataBarExpStk: BarcodeKind.DATA_BAR_EXPANDED,
    _Format.Aztec: BarcodeKind.AZTEC,
    _Format.AztecCode: BarcodeKind.AZTEC,
    _Format.AztecRune: BarcodeKind.AZTEC,
    _Format.DataMatrix: BarcodeKind.DATA_MATRIX,
    _Format.MaxiCode: BarcodeKind.MAXI_CODE,
}
_WANTED = zxingcpp.BarcodeFormats(
    [
        _Format.QRCode,
        _Format.MicroQRCode,
        _Format.PDF417,
        _Format.EANUPC,
        _Format.Code39,
        _Format.Code93,
        _Format.Code128,
        _Format.Codabar,
        _Format.ITF,
        _Format.DataBarOmni,
        _Format.DataBarStk,
        _Format.DataBarStkOmni,
        _Format.DataBarExp,
        _Format.DataBarExpStk,
        _Format.Aztec,
        _Format.DataMatrix,
        _Format.MaxiCode,
    ]
)

# A retail code has one check digit, the others here have none that is always there: a blurred one may be
# read as another. The same value must be seen in this many ways.
_WEAK = frozenset(
    {
        BarcodeKind.UPC_A,
        BarcodeKind.UPC_E,
        BarcodeKind.EAN_8,
        BarcodeKind.EAN_13,
        BarcodeKind.CODE_39,
        BarcodeKind.CODABAR,
        BarcodeKind.ITF,
    }
)
_LEAST_SIGHTINGS = 2
#: Codes of several rows or squares that share more of what they cover than this are one.
_SAME = 0.5
# A worn linear code is seen in pieces, which give a part of its value or all of it again. They stand nearer to each
# other than this, as a share of the length of the code.
_NEAR = 0.2
_LINEAR = frozenset(
    {BarcodeKind.CODE_39, BarcodeKind.CODE_93, BarcodeKind.CODE_128, BarcodeKind.CODABAR, BarcodeKind.ITF}
)
# A larger page has modules enough without being enlarged.
_MOST_ENLARGED = 4_000_000
_MOST_CODES = 200


class Sighting(NamedTuple):
    """A code as it was seen in one way; `quad` is in pixels of the page."""

    kind: BarcodeKind
    value: str
    quad: Quad


def barcodes(pixels: Pixels) -> list[Barcode]:
    """The barcodes of a page (HxWx3 RGB), from top to bottom, with quads in its pixels.

    A page is looked at in several ways; confidence says in how many of them a code gave this value.
    """
    places: list[list[Sighting]] = []
    ways = 0
    for way in _ways(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)):
        ways += 1
        for sighting in way:
            place = next((one for one in places if _same_place(one[0], sighting)), None)
            if place is not None:
                place.append(sighting)
            elif len(places) < _MOST_CODES:
                places.append([sighting])
    found = _whole([code for place in places if (code := _agreed(place, ways)) is not None])
    return sorted(found, key=lambda code: (min(code.quad[1::2]), min(code.quad[0::2])))


def _ways(grey: Any) -> Iterator[list[Sighting]]:
    """What is seen of a page as it is, enlarged, with more contrast, sharper, smoother, and in two colours."""
    yield _seen(grey)
    if grey.size <= _MOST_ENLARGED:
        for factor in (1.5, 2.0):
            yield _seen(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), factor)
    yield _seen(cv2.createCLAHE(3.0, (8, 8)).apply(grey))
    yield _seen(cv2.addWeighted(grey, 2.0, cv2.GaussianBlur(grey, (0, 0), 3), -1.0, 0))
    yield _seen(cv2.GaussianBlur(grey, (0, 0), 1))
    yield _seen(grey, binarizer=zxingcpp.Binarizer.GlobalHistogram)


def _seen(grey: Any, factor: float = 1.0, binarizer: Any = zxingcpp.Binarizer.LocalAverage) -> list[Sighting]:
    seen = []
    for code in zxingcpp.read_barcodes(np.ascontiguousarray(grey), formats=_WANTED, binarizer=binarizer):
        kind = _KINDS.get(code.format)
        value = code.text
        if kind is None or not value:
            continue
        if kind is BarcodeKind.EAN_13 and len(value) == 13 and value.startswith("0"):
            # The library gives the number of a UPC-A as that of the EAN-13 with the same bars.
            kind, value = BarcodeKind.UPC_A, value[1:]
        elif kind is BarcodeKind.UPC_E and len(value) == 13:
            value = _zeros_suppressed(value[1:])
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        x1, y1, x2, y2, x3, y3, x4, y4 = (value / factor for at in corners for value in (at.x, at.y))
        seen.append(Sighting(kind, value, (x1, y1, x2, y2, x3, y3, x4, y4)))
    return seen


def _zeros_suppressed(number: str) -> str:
    """The 8 digits of a UPC-E out of the 12 of the UPC-A that it stands for."""
    system, maker, item, check = number[0], number[1:6], number[6:11], number[11]
    if maker[2] in "012" and maker[3:] == "00" and item[:2] == "00":
        short = maker[:2] + item[2:] + maker[2]
    elif maker[3:] == "00" and item[:3] == "000":
        short = maker[:3] + item[3:] + "3"
    elif maker[4] == "0" and item[:4] == "0000":
        short = maker[:4] + item[4] + "4"
    else:
        short = maker + item[4]
    return system + short + check


def _agreed(place: list[Sighting], ways: int) -> Barcode | None:
    """The value that was seen most often at a place, unless too few agree."""
    values = [(one.kind, one.value) for one in place]
    kind, value = max(values, key=values.count)
    count = values.count((kind, value))
    others = len(values) - count
    if kind in _WEAK and (count < _LEAST_SIGHTINGS or count <= others):
        return None
    quad = next(one.quad for one in place if (one.kind, one.value) == (kind, value))
    return Barcode(kind, value, quad, round((ways + count) / (2 * ways + others), 3))


def _whole(found: list[Barcode]) -> list[Barcode]:
    """The codes without those that are pieces of another."""
    kept: list[Barcode] = []
    for code in sorted(found, key=lambda one: (len(one.value), one.confidence), reverse=True):
        if not any(_piece(code, other) for other in kept):
            kept.append(code)
    return kept


def _piece(code: Barcode, other: Barcode) -> bool:
    """Whether a code is no more than a piece of another."""
    if code.kind is not other.kind or code.kind not in _LINEAR or code.value not in other.value:
        return False
    left, top, right, bottom = _box(code.quad)
    other_left, other_top, other_right, other_bottom = _box(other.quad)
    apart = max(left - other_right, other_left - right, top - other_bottom, other_top - bottom)
    return apart <= _NEAR * max(other_right - other_left, other_bottom - other_top)


def _same_place(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings are of one code; codes of kinds that cannot be misread may stand inside each other."""
    if one[:2] == other[:2] or (one.kind in _WEAK and other.kind in _WEAK):
        return _shared(one.quad, other.quad) >= 0.0
    return one.kind is other.kind and _shared(one.quad, other.quad) > _SAME


def _shared(one: Quad, other: Quad) -> float:
    """What the boxes around two quads share, of what they cover; negative when they do not touch.

    A linear code may be seen as a thin line.
    """
    left, top, right, bottom = _box(one)
    other_left, other_top, other_right, other_bottom = _box(other)
    width, height = min(right, other_right) - max(left, other_left), min(bottom, other_bottom) - max(top, other_top)
    if width < 0 or height < 0:
        return -1.0
    both = (right - left) * (bottom - top) + (other_right - other_left) * (other_bottom - other_top)
    return width * height / max(1.0, both - width * height)


def _box(quad: Quad) -> tuple[float, float, float, float]:
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])
