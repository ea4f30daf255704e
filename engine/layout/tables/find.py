"""Finds the tables of a page: stated, drawn as grids or with lines along the text, in line, or by their looks."""

from __future__ import annotations

from statistics import median

import numpy as np

from engine.evidence import Box, Page
from engine.layout.tables.aligned import aligned
from engine.layout.tables.banded import banded, bands
from engine.layout.tables.cells import Parts, table
from engine.layout.tables.grid import Grid
from engine.layout.tables.lattice import lattices
from engine.layout.tables.lines import lines, space_of
from engine.layout.tables.plausible import is_comb, is_cut, is_filled
from engine.layout.tables.refine import refined
from engine.layout.tables.rulings import rulings
from engine.layout.tables.seen import borne_out
from engine.layout.tables.sheet import is_sheet
from engine.layout.tables.sides import without_open_sides
from engine.layout.tables.stated import stated
from engine.layout.tables.structure import Structure
from engine.reading.direction import Direction
from engine.reading.read import Region

Places = dict[int, tuple[int, int]]
"""Row and column of words, by their index in their direction."""
Headers = frozenset[tuple[int, int]] | None
"""Row and column of the cells that are stated to be headers; None where nothing is stated."""

# The share of the area of a grid over which pictures lie that may make it a chart.
_PICTURED = 0.3
# In font sizes: how far from the frame of a chart its scales stand.
_SCALES = 3.0
# In font sizes: how far below a line the next row may end; the share of its columns that have text.
_NEXT_ROW, _ROW = 2.5, 0.6
# The share of the words of other tables that one by its looks must hold to stand in their place.
_SAME_WORDS = 0.97
# The share of the words in the box of a table, which is not drawn as a grid, that are its own.
_OWN = 0.9
# Hands write over the lines of a table; what is this likely by one says nothing of them.
_BY_HAND = 0.5
# A picture that covers so much of the page is a scan, and what stands on it is text.
_SCAN = 0.6


def tables(page: Page, directions: list[Direction]) -> tuple[list[Region], list[Direction]]:
    """The tables that stand in the first of the directions of a page, and the directions without their words."""
    finder = _Finder(page, directions[0])
    found = finder.found()
    rest = [directions[0].part(finder.rest)]
    inside: list[Parts] = [
        {place: [directions[0].part(held)] for place, held in _by_place(places).items()} for _, places, _ in found
    ]
    for other in directions[1:]:
        places = [_starts(grid, other, directions[0]) for grid, _, _ in found]
        for parts, mine in zip(inside, places, strict=True):
            for place, held in _by_place(mine).items():
                parts.setdefault(place, []).append(other.part(held))
        taken = {index for mine in places for index in mine}
        rest.append(other.part([index for index in range(len(other.words)) if index not in taken]))
    regions = [
        Region(table(grid, directions[0], parts, headers), grid.box, min(places))
        for (grid, places, headers), parts in zip(found, inside, strict=True)
    ]
    return regions, rest


def _by_place(places: Places) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for index in sorted(places):
        found.setdefault(places[index], []).append(index)
    return found


def _starts(grid: Grid, other: Direction, main: Direction) -> Places:
    """Where words of another direction begin in a grid: a slanted header leans over the columns beside its own."""
    found: Places = {}
    for index, word in enumerate(other.words):
        x, y = (word.quad[0] + word.quad[6]) / 2, (word.quad[1] + word.quad[7]) / 2
        left, top, right, bottom = main.box((x, y, x, y))
        place = grid.place((left + right) / 2, (top + bottom) / 2)
        if place:
            found[index] = place
    return found


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
        self._found: list[tuple[Grid, Places, Headers]] = []

    @property
    def rest(self) -> list[int]:
        """The words in no table."""
        found: list[int] = np.nonzero(self._rest)[0].tolist()
        return found

    def found(self) -> list[tuple[Grid, Places, Headers]]:
        """The grids of the tables, each with the places of at least one word."""
        direction, size = self._direction, self._size
        drawn = rulings(self._page.rules, direction, size)
        for grid, places, headers in stated(self._page.elements, direction, drawn, size):
            self._add(grid, places, headers)
        for drawn_grid in sorted(lattices(drawn, size), key=lambda grid: -len(grid.spans)):
            across = [float(self._x[index]) for index in self._within(drawn_grid.box)]
            grid = without_open_sides(drawn_grid, drawn.down, across, size)
            finer = refined(grid, direction, self._within(grid.box), size, self._space)
            if min(len(grid.columns), len(grid.rows)) <= 2:
                if self._is_pictured(grid.box):
                    # The frame of a chart; its scales stand around it.
                    left, top, right, bottom = grid.box
                    around = _SCALES * size
                    self._free[self._within((left - around, top - around, right + around, bottom + around))] = False
                continue
            held = len(self._within(grid.box)) / len(self._x)
            if is_sheet(grid, drawn, held, size) or (self._is_filled(finer) and not is_comb(grid, size)):
                kept = finer.without_empty_end(1 + max([row for row, _ in self._places(finer).values()]))
                self._add(kept, self._places(kept))
            else:
                # The boxes of a form or the lines of a chart say more than what stands in line in them.
                self._free[self._within(grid.box)] = False
        for picture in self._pictures:
            # What stands in a chart is parted as the columns of tables are.
            self._free[self._within(picture)] = False
        certain, open_words = len(self._found), np.nonzero(self._free)[0].tolist()
        for box, along in bands(drawn.along, size):
            for seen in banded(direction, self._within(box), along, box, size, self._space):
                if not self._goes_on(seen.grid):
                    self._add_alone(seen)
        for seen in aligned(direction, np.nonzero(self._free)[0].tolist(), drawn.along, size, self._space):
            self._add_alone(seen)
        for look in self._page.tables:
            whole = borne_out(look, direction, open_words, drawn, size)
            if whole and is_filled(whole[0], set(whole[1].values()), self._is_pictured(whole[0].box)):
                self._add_instead(*whole, certain)
        return self._found

    def _add_alone(self, seen: Structure) -> None:
        """Adds a table unless words of the boxes of a form, or of another table, stand among its own."""
        places = seen.places()
        if self._count(seen.grid.box) <= len(places) / _OWN:
            self._add(seen.grid, places)

    def _count(self, box: Box) -> int:
        """How many words, free or not, have their middles in a box."""
        left, top, right, bottom = box
        x, y = self._x, self._y
        return int(np.count_nonzero((left <= x) & (x <= right) & (top <= y) & (y <= bottom)))

    def _add_instead(self, grid: Grid, places: Places, headers: Headers, certain: int) -> None:
        """Adds a table in place of those after the certain ones that hold some of its words, unless they hold more."""
        others = [one for one in self._found[certain:] if not one[1].keys().isdisjoint(places)]
        held = [index for _, inside, _ in others for index in inside]
        if len([index for index in held if index in places]) < _SAME_WORDS * len(held):
            return
        self._found = [one for one in self._found if not any(one is other for other in others)]
        self._rest[held] = True
        self._add(grid, places, headers)

    def _within(self, box: Box) -> list[int]:
        """Indices of the free words whose middles are in a box."""
        left, top, right, bottom = box
        x, y = self._x, self._y
        found: list[int] = np.nonzero(self._free & (left <= x) & (x <= right) & (top <= y) & (y <= bottom))[0].tolist()
        return found

    def _goes_on(self, grid: Grid) -> bool:
        """Whether rows follow below the last line of a table: then that is the one below its header."""
        left, _, right, bottom = grid.box
        below = self._within((left, bottom, right, bottom + _NEXT_ROW * self._size))
        following = lines(self._direction, below, self._space) if below else []
        return bool(following) and len(following[0].pieces) > _ROW * (len(grid.columns) - 1)

    def _places(self, grid: Grid) -> Places:
        """Row and column of the free words in a grid."""
        found = {index: grid.place(float(self._x[index]), float(self._y[index])) for index in self._within(grid.box)}
        return {index: place for index, place in found.items() if place}

    def _add(self, grid: Grid, places: Places, headers: Headers = None) -> None:
        inside = list(places)
        self._rest[inside] = self._free[inside] = False
        self._found.append((grid, places, headers))

    def _is_filled(self, grid: Grid) -> bool:
        """Whether words stand in the grid as they do in tables, and it is not that of a chart."""
        places = self._places(grid)
        words, boxes = self._direction.words, self._direction.boxes
        if is_cut(grid, [boxes[index] for index in places if words[index].by_hand < _BY_HAND], self._size):
            return False
        return is_filled(grid, set(places.values()), self._is_pictured(grid.box))

    def _is_pictured(self, box: Box) -> bool:
        left, top, right, bottom = box
        pictured = sum([_shared(box, picture) for picture in self._pictures])
        return pictured >= _PICTURED * (right - left) * (bottom - top)


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes have in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)
