"""The stamps on a page.

A stamp is a closed frame with ink of its own inside. In a colour of stamp pads it is round, lies askew, or is a
square seal. In the ink of the page it has letters along a round frame, or lies askew: other frames are of forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from engine.evidence import Box, Word
from engine.scan.frame import Pixels
from engine.scan.rules import Ink
from engine.scan.stamps.inks import LEAST_SIDES, inks, pieces
from engine.scan.stamps.outlines import Outline, outlines

# Looked for at this size at most, in pixels of the longer side.
_MOST_SIDE = 1100
# All lengths from here are in heights of the text. A frame runs this close to the shape that fits it,
_NEAR = 0.15
# and along so much of it.
_CLOSED_COLOURED, _CLOSED = 0.7, 0.75
# The share of the inside that is ink.
_SPARSE, _DENSE = 0.03, 0.8
# Degrees from which a frame lies askew.
_ASKEW_COLOURED, _ASKEW = 1.5, 3.0
_LEAST_ROUND_COLOURED, _LEAST_ROUND = 2.5, 3.5
_LETTERED = 0.6
# A seal that lies straight: its longer side at most, the shorter as a share of that, and the share of ink inside.
_SEAL_LONGER, _SEAL_SLIM, _SEAL_INK = 18.0, 0.75, 0.15


def stamps(upright: Pixels, words: Sequence[Word]) -> list[Box]:
    """The boxes of the stamps on an upright page (HxWx3 RGB) with these words, in its pixels."""
    if not words:
        return []
    scale = min(1.0, _MOST_SIDE / max(upright.shape[:2]))
    page = upright if scale == 1.0 else cv2.resize(upright, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    unit = scale * median([word.size for word in words])
    found = []
    for printed in inks(np.asarray(page, dtype=np.uint8), words, scale):
        for piece in pieces(printed, unit):
            is_stamp = _is_coloured_stamp if printed.is_coloured else _is_stamp
            if any(is_stamp(outline, piece.own, piece.ink, unit) for outline in outlines(piece.own)):
                down, across = piece.own.shape
                box = (piece.left, piece.top, piece.left + across, piece.top + down)
                found.append((box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale))
    return found


def _is_coloured_stamp(outline: Outline, own: Ink, ink: Ink, unit: float) -> bool:
    shorter, longer = outline.sides
    density = outline.filled(ink)
    if not _is_frame(outline, own, density, unit, _CLOSED_COLOURED):
        return False
    if outline.is_round:
        return shorter >= _LEAST_ROUND_COLOURED * unit
    is_seal = longer <= _SEAL_LONGER * unit and shorter >= _SEAL_SLIM * longer
    return outline.degrees >= _ASKEW_COLOURED or (is_seal and density >= _SEAL_INK)


def _is_stamp(outline: Outline, own: Ink, ink: Ink, unit: float) -> bool:
    if not _is_frame(outline, own, outline.filled(ink), unit, _CLOSED):
        return False
    if outline.is_round:
        return outline.sides[0] >= _LEAST_ROUND * unit and outline.lettered(ink) >= _LETTERED
    return outline.degrees >= _ASKEW


def _is_frame(outline: Outline, own: Ink, density: float, unit: float, closed: float) -> bool:
    """Whether ink follows an outline so far, and some other is inside."""
    return (
        outline.sides[0] >= LEAST_SIDES[0] * unit
        and _SPARSE < density < _DENSE
        and outline.closed(own, _NEAR * unit) >= closed
    )
