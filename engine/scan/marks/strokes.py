"""Whether the strokes at a place are those of a box, or of writing and drawings that only cross there."""

from __future__ import annotations

import cv2
import numpy as np

from engine.scan.marks.candidates import Grey, Outline

# Side of the corner of an outline, in its sides, and how dark it is there, between paper and ink.
_CORNER, _DARK = 0.15, 0.45
# The depth of a side of a box, in its own length, and the share of it that has ink.
_SIDE, _COVERED = 0.25, 0.75
_FAINT = 0.3
# In sides of a mark: how far around it strokes are followed, and how long those of a mark are, with a tick
# that shoots out of its box.
_AROUND, _LONGEST = 2.0, 2.6


def has_sides(grey: Grey, outline: Outline) -> bool:
    """Whether ink runs along each of the sides of an outline."""
    part = _within(grey, outline)
    if not part.size:
        return False
    deep = max(2, round(_SIDE * min(part.shape)))
    paper = int(part.max())
    ink = part < paper - _FAINT * (paper - int(part.min()))
    sides = (ink[:deep].any(axis=0), ink[-deep:].any(axis=0), ink[:, :deep].any(axis=1), ink[:, -deep:].any(axis=1))
    return all(side.mean() >= _COVERED for side in sides)


def runs_on(grey: Grey, outline: Outline) -> bool:
    """Whether most ink of an outline is part of strokes that run on far beyond it: writing, or a drawing."""
    reach = round(_AROUND * outline.width)
    left, top = max(0, round(outline.left) - reach), max(0, round(outline.top) - reach)
    part = grey[top : round(outline.bottom) + reach, left : round(outline.right) + reach]
    inside = grey[
        max(0, round(outline.top)) : round(outline.bottom), max(0, round(outline.left)) : round(outline.right)
    ]
    if not inside.size or inside.min() == inside.max():
        return False
    ink = (part < (int(inside.max()) + int(inside.min())) / 2).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    y, x = max(0, round(outline.top)) - top, max(0, round(outline.left)) - left
    own = np.bincount(labels[y : y + inside.shape[0], x : x + inside.shape[1]].ravel(), minlength=2)
    largest = 1 + int(np.argmax(own[1:]))
    longest = max(stats[largest, cv2.CC_STAT_WIDTH], stats[largest, cv2.CC_STAT_HEIGHT])
    return bool(longest > _LONGEST * outline.width)


def corners(grey: Grey, outline: Outline) -> int:
    """In how many of its corners an outline has ink: a box in all four, a circle or a round letter in none."""
    part = _within(grey, outline)
    if not part.size:
        return 0
    reach = max(2, round(_CORNER * min(part.shape)))
    paper, ink = float(part.max()), float(part.min())
    places = (part[:reach, :reach], part[:reach, -reach:], part[-reach:, :reach], part[-reach:, -reach:])
    return sum(paper - float(place.min()) > _DARK * (paper - ink) for place in places)


def _within(grey: Grey, outline: Outline) -> Grey:
    left, top, right, bottom = (round(value) for value in outline[:4])
    return grey[max(0, top) : bottom + 1, max(0, left) : right + 1]
