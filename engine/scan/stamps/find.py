"""The stamps on a page.

A stamp is a closed frame with ink of its own inside: round, with letters up to its edge, or askew. In a colour of
stamp pads it may also be a square seal that lies straight; in the ink of the page such frames are those of forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from engine.evidence import Box, Word
from engine.scan.frame import Pixels
from engine.scan.rules import Ink
from engine.scan.stamps.inks import LEAST_SIDES, Piece, inks, pieces
from engine.scan.stamps.outlines import Outline, outlines

# Looked for at this size at most, in pixels of the longer side.
_MOST_SIDE = 1350
# All lengths from here are in heights of the text. A frame runs this close to the shape that fits it,
_NEAR = 0.15
# and along so much of it.
_CLOSED = 0.75
# The share of the inside that is ink.
_SPARSE, _DENSE = 0.03, 0.8
# Degrees from which a frame lies askew.
_ASKEW_COLOURED, _ASKEW = 1.5, 3.0
# A round frame is this wide at least. A pen draws rings too, but few letters to their edge.
_LEAST_ROUND_COLOURED, _LEAST_ROUND = 2.5, 3.5
_LETTERED_COLOURED, _LETTERED = 0.5, 0.6
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
            if any(_is_stamp(one, piece, unit, in_colour=printed.is_coloured) for one in outlines(piece.own)):
                left, top, across, down = cv2.boundingRect(piece.own)
                x, y = piece.left + left, piece.top + top
                found.append((x / scale, y / scale, (x + across) / scale, (y + down) / scale))
    return found


def _is_stamp(outline: Outline, piece: Piece, unit: float, *, in_colour: bool) -> bool:
    density = outline.filled(piece.ink)
    if not _is_frame(outline, piece.own, density, unit):
        return False
    shorter, longer = outline.sides
    if outline.is_round and in_colour:
        return shorter >= _LEAST_ROUND_COLOURED * unit and outline.lettered(piece.ink) >= _LETTERED_COLOURED
    if outline.is_round:
        return shorter >= _LEAST_ROUND * unit and outline.lettered(piece.ink) >= _LETTERED
    if not in_colour:
        return outline.degrees >= _ASKEW
    is_seal = longer <= _SEAL_LONGER * unit and shorter >= _SEAL_SLIM * longer and density >= _SEAL_INK
    return outline.degrees >= _ASKEW_COLOURED or is_seal


def _is_frame(outline: Outline, own: Ink, density: float, unit: float) -> bool:
    """Whether ink follows an outline so far, and some other is inside."""
    return (
        outline.sides[0] >= LEAST_SIDES[0] * unit
        and _SPARSE < density < _DENSE
        and outline.closed(own, _NEAR * unit) >= _CLOSED
    )
