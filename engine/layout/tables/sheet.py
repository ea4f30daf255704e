"""Pages that are one form: a framed grid around nearly all that stands on them."""

from __future__ import annotations

from engine.layout.tables.grid import Grid
from engine.layout.tables.rulings import Ruling, Rulings

# The share of the words of a page that stand in its one form, and of each side of its frame that is drawn.
_WORDS, _DRAWN = 0.8, 0.9
# In font sizes: how far the frame is drawn from where the grid ends.
_OFF = 0.8
_FEWEST_ROWS = 5


def is_sheet(grid: Grid, drawn: Rulings, held: float, size: float) -> bool:
    """Whether a grid is all of a page, whose boxes are of all sizes then; `held`: the share of words in it."""
    left, top, right, bottom = grid.box
    return (
        held >= _WORDS
        and len(grid.rows) > _FEWEST_ROWS
        and all(_is_drawn(drawn.along, at, left, right, size) for at in (top, bottom))
        and all(_is_drawn(drawn.down, at, top, bottom, size) for at in (left, right))
    )


def _is_drawn(lines: list[Ruling], at: float, start: float, end: float, size: float) -> bool:
    near = [line for line in lines if abs(line.at - at) <= _OFF * size]
    return sum([min(line.end, end) - max(line.start, start) for line in near]) >= _DRAWN * (end - start)
