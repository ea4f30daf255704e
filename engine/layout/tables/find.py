"""Finds the tables of a page."""

from __future__ import annotations

from statistics import median

from engine.evidence import Page
from engine.layout.tables.cells import table
from engine.layout.tables.grid import Grid
from engine.layout.tables.lattice import lattices
from engine.layout.tables.rulings import rulings
from engine.reading.direction import Direction
from engine.reading.read import Region


def tables(page: Page, direction: Direction) -> tuple[list[Region], Direction]:
    """The tables among the words of a direction, and the direction without their words."""
    if not direction.words:
        return [], direction
    size = median([word.size for word in direction.words])
    found = rulings(page.rules, direction, size)
    grids = lattices(found, size)
    regions = []
    free = set(range(len(direction.words)))
    for grid in sorted(grids, key=lambda grid: -len(grid.spans)):
        inside = _inside(grid, direction, free)
        if not _is_table(grid, direction, inside):
            continue
        free -= set(inside)
        regions.append(Region(table(grid, direction, inside), grid.box, min(inside)))
    rest = sorted(free)
    return regions, Direction(
        direction.angle,
        direction.mirrored,
        [direction.words[index] for index in rest],
        [direction.boxes[index] for index in rest],
    )


def _inside(grid: Grid, direction: Direction, free: set[int]) -> list[int]:
    left, top, right, bottom = grid.box
    boxes = direction.boxes
    return [
        index
        for index in sorted(free)
        if left <= (boxes[index][0] + boxes[index][2]) / 2 <= right
        and top <= (boxes[index][1] + boxes[index][3]) / 2 <= bottom
    ]


def _is_table(grid: Grid, direction: Direction, inside: list[int]) -> bool:
    """Whether words stand in at least two rows and two columns."""
    places = set()
    for index in inside:
        left, top, right, bottom = direction.boxes[index]
        place = grid.place((left + right) / 2, (top + bottom) / 2)
        if place:
            places.add(place)
    return len({row for row, _ in places}) > 1 and len({column for _, column in places}) > 1
