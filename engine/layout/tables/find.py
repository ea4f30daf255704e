"""Finds the tables of a page: those drawn as grids, those drawn with lines along the text, those not drawn."""

from __future__ import annotations

from statistics import median

import numpy as np

from engine.evidence import Box, Page
from engine.layout.tables.aligned import aligned
from engine.layout.tables.banded import banded, bands
from engine.layout.tables.cells import table
from engine.layout.tables.grid import Grid
from engine.layout.tables.lattice import lattices
from engine.layout.tables.lines import space_of
from engine.layout.tables.plausible import is_filled
from engine.layout.tables.refine import refined
from engine.layout.tables.rulings import rulings
from engine.reading.direction import Direction
from engine.reading.read import Region

# The share of the area of a grid over which pictures lie that may make it a chart.
_PICTURED = 0.3
# A picture that covers so much of the page is a scan, and what stands on it is text.
_SCAN = 0.6


def tables(page: Page, direction: Direction) -> tuple[list[Region], Direction]:
    """The tables among the words of a direction, and the direction without their words."""
    if not direction.words:
        return [], direction
    return _Finder(page, direction).found()


class _Finder:
    def __init__(self, page: Page, direction: Direction) -> None:
        self._page = page
        self._direction = direction
        self._size = median([word.size for word in direction.words])
        self._space = space_of(direction)
        boxes = np.array(direction.boxes)
        self._x, self._y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        # Words in no table yet, and those among them that may still be found in one.
        self._rest = np.ones(len(boxes), np.bool_)
        self._free = np.ones(len(boxes), np.bool_)
        area = page.width * page.height
        self._pictures = [
            direction.box(picture.box)
            for picture in page.pictures
            if (picture.box[2] - picture.box[0]) * (picture.box[3] - picture.box[1]) < _SCAN * area
        ]
        self._regions: list[Region] = []

    def found(self) -> tuple[list[Region], Direction]:
        """The tables, and the direction without their words."""
        direction, size = self._direction, self._size
        drawn = rulings(self._page.rules, direction, size)
        for grid in sorted(lattices(drawn, size), key=lambda grid: -len(grid.spans)):
            finer = refined(grid, direction, self._within(grid.box), size, self._space)
            if len(grid.columns) > 2 and self._is_filled(finer):
                self._add(finer, self._places(finer))
        for picture in self._pictures:
            # What stands in a chart is parted as the columns of tables are.
            self._free[self._within(picture)] = False
        for box, along in bands(drawn.along, size):
            for seen in banded(direction, self._within(box), along, box, size, self._space):
                self._add(seen.grid, seen.places())
        for seen in aligned(direction, np.nonzero(self._free)[0].tolist(), size, self._space):
            self._add(seen.grid, seen.places())
        return self._regions, direction.part(np.nonzero(self._rest)[0].tolist())

    def _within(self, box: Box) -> list[int]:
        """Indices of the free words whose middles are in a box."""
        left, top, right, bottom = box
        x, y = self._x, self._y
        found: list[int] = np.nonzero(self._free & (left <= x) & (x <= right) & (top <= y) & (y <= bottom))[0].tolist()
        return found

    def _places(self, grid: Grid) -> dict[int, tuple[int, int]]:
        """Row and column of the free words in a grid."""
        found = {index: grid.place(float(self._x[index]), float(self._y[index])) for index in self._within(grid.box)}
        return {index: place for index, place in found.items() if place}

    def _add(self, grid: Grid, places: dict[int, tuple[int, int]]) -> None:
        inside = list(places)
        self._rest[inside] = self._free[inside] = False
        self._regions.append(Region(table(grid, self._direction, places), grid.box, min(inside)))

    def _is_filled(self, grid: Grid) -> bool:
        """Whether words stand in the grid as they do in tables, and it is not that of a chart."""
        filled = set(self._places(grid).values())
        left, top, right, bottom = grid.box
        pictured = sum([_shared(grid.box, picture) for picture in self._pictures])
        return is_filled(grid, filled, pictured >= _PICTURED * (right - left) * (bottom - top))


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes have in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)
