"""Finds the selection marks that pixels show, whatever is written there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from contract.page import SelectionState
from engine.evidence import MARK_TEXTS, Quad, Word
from engine.scan.marks.candidates import Grey, Outline, outlines
from engine.scan.marks.classify import Look, looks
from engine.scan.marks.magnify import magnified
from engine.scan.marks.strokes import corners, has_sides, runs_on

# How likely an outline must be a mark.
_SURE = 0.9
# In sides of a mark: how far one may stand from the next, and differ from it, to be a cell of a row of them.
_TOUCHING, _ALIKE = 0.15, 0.25
# Of two outlines that share this much of the smaller one, the surer one is kept, or the larger one.
_OVERLAP = 0.25
# Corners of a box, and those of what is round at most; in heights of text, what is round is no higher: initials are.
_CORNERS, _ROUND, _LARGE = 4, 1, 1.4
_DIGITS = 3


class Found(NamedTuple):
    """A mark, as an outline and as a word, how sure it is one (0..1), and whether it has the corners of a box."""

    outline: Outline
    mark: Word
    certainty: float
    cornered: bool


def found(grey: Grey, size: float) -> Iterator[Found]:
    """The marks of a page (HxW) whose text is `size` pixels high."""
    grey, factor = magnified(grey, size)
    candidates = outlines(grey, size * factor)
    told = looks(grey, candidates)
    certainties = 1.0 - told[:, Look.OTHER]
    likely = np.flatnonzero(certainties >= _SURE).tolist()
    kept: list[Outline] = []
    for place in sorted(likely, key=lambda place: (-round(float(certainties[place]), 2), -candidates[place].area)):
        outline, chances = candidates[place], told[place]
        if _is_cell(outline, candidates) or any(_overlap(outline, other) for other in kept):
            continue
        cornered, sided, runs = corners(grey, outline), has_sides(grey, outline), runs_on(grey, outline)
        too_high = outline.height > _LARGE * size * factor
        if (runs and not sided) or (cornered <= _ROUND and (runs or too_high or not sided)):
            continue
        kept.append(outline)
        selected = bool(chances[Look.SELECTED] > chances[Look.UNSELECTED])
        state = SelectionState.SELECTED if selected else SelectionState.UNSELECTED
        confidence = float(chances[Look.SELECTED if selected else Look.UNSELECTED])
        left, top, right, bottom = (float(value) / factor for value in outline[:4])
        quad: Quad = (left, top, right, top, right, bottom, left, bottom)
        mark = Word(MARK_TEXTS[state], quad, 0.0, size, False, round(confidence, _DIGITS), state)
        yield Found(
            Outline(left, top, right, bottom, outline.closed), mark, float(certainties[place]), cornered == _CORNERS
        )


def _is_cell(outline: Outline, candidates: list[Outline]) -> bool:
    """Whether an outline is one of a row of cells, each for a character."""
    side = outline.width
    return any(
        min(abs(other.left - outline.right), abs(other.right - outline.left)) < _TOUCHING * side
        and abs(other.top - outline.top) < _ALIKE * side
        and abs(other.bottom - outline.bottom) < _ALIKE * side
        for other in candidates
        if other is not outline
    )


def _overlap(one: Outline, other: Outline) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0 and across * down > _OVERLAP * min(one.area, other.area)
