"""Tables as the document itself states them, where the page bears them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from engine.evidence import Element, ElementKind
from engine.layout.tables.grid import Grid, Span, placed
from engine.layout.tables.rulings import Ruling, Rulings
from engine.reading.direction import Direction

# Cells that hold more characters than this, on average, are parts of a page that was laid out by a table.
_MOST_CHARACTERS = 200
# In font sizes: how far texts of neighbouring rows or columns may reach over each other where a document states them,
# and how far from the text the frame of a table stands.
_OVER, _FRAME = 0.5, 1.5

_CELLS = frozenset({ElementKind.HEADER_CELL, ElementKind.DATA_CELL})
_Place = tuple[int, int]


def stated(
    elements: Sequence[Element], direction: Direction, drawn: Rulings, size: float
) -> list[tuple[Grid, dict[int, _Place], frozenset[_Place]]]:
    """Grids, the row and column of each word by its index in the direction, and the places of headers."""
    tables, owner = _cells(elements)
    words: defaultdict[int, list[int]] = defaultdict(list)
    for index, word in enumerate(direction.words):
        if word.element >= 0 and owner[word.element] >= 0:
            words[owner[word.element]].append(index)
    found = []
    for rows in tables:
        spans = _spans(rows, elements)
        if spans is None:
            continue
        held = {cell: words[cell] for cell in spans if words[cell]}
        grid = grid_of(spans, held, direction, drawn, size, _OVER)
        if grid is not None:
            places = {index: (spans[cell].row, spans[cell].column) for cell, inside in held.items() for index in inside}
            headers = [span for cell, span in spans.items() if elements[cell].kind is ElementKind.HEADER_CELL]
            found.append((grid, places, frozenset([(span.row, span.column) for span in headers])))
    return found


def _cells(elements: Sequence[Element]) -> tuple[list[list[list[int]]], list[int]]:
    """Rows of cells of each table that is plain (without headings or tables in it), and the cell of each element."""
    table_of: list[int] = []
    owner: list[int] = []
    rows: dict[int, dict[int, list[int]]] = {}
    for index, element in enumerate(elements):
        parent = element.parent
        table = table_of[parent] if parent >= 0 else -1
        cell = owner[parent] if parent >= 0 else -1
        if element.kind is ElementKind.TABLE:
            rows.pop(table, None)
            rows[index] = {}
            table, cell = index, -1
        elif element.kind is ElementKind.HEADING:
            rows.pop(table, None)
        elif element.kind is ElementKind.ROW and table in rows:
            rows[table][index] = []
        elif element.kind in _CELLS and table in rows and parent in rows[table]:
            rows[table][parent].append(index)
            cell = index
        table_of.append(table)
        owner.append(cell)
    return [list(found.values()) for found in rows.values()], owner


def _spans(rows: list[list[int]], elements: Sequence[Element]) -> dict[int, Span] | None:
    """The places of cells, as HTML gives them; None when they make no grid of two rows and two columns."""
    spans = placed([[(elements[cell].row_span, elements[cell].column_span) for cell in row] for row in rows])
    if spans is None:
        return None
    width = max([span.column + span.column_span for span in spans], default=0)
    covered = sum([span.row_span * span.column_span for span in spans])
    if len(rows) < 2 or width < 2 or covered != len(rows) * width:
        return None
    return dict(zip([cell for row in rows for cell in row], spans, strict=True))


def grid_of(
    spans: dict[int, Span], held: dict[int, list[int]], direction: Direction, drawn: Rulings, size: float, over: float
) -> Grid | None:
    """The grid of a table with words, None where those do not stand in rows and columns, or tell as a text does.

    `spans`: the place of each cell. `held`: the words of those that have any, by their index in the direction.
    `over`: how far, in font sizes, texts of neighbouring rows or columns may reach over each other.
    """
    characters = sum([len(direction.words[index].text) for inside in held.values() for index in inside])
    if not held or characters > _MOST_CHARACTERS * len(held):
        return None
    across: defaultdict[int, list[float]] = defaultdict(list)
    down: defaultdict[int, list[float]] = defaultdict(list)
    for cell, inside in held.items():
        for index in inside:
            left, top, right, bottom = direction.boxes[index]
            if spans[cell].column_span == 1:
                across[spans[cell].column] += (left, right)
            if spans[cell].row_span == 1:
                down[spans[cell].row] += (top, bottom)
    row_count = max([span.row + span.row_span for span in spans.values()])
    column_count = max([span.column + span.column_span for span in spans.values()])
    columns = _edges(across, column_count, drawn.down, size, over)
    rows = _edges(down, row_count, drawn.along, size, over)
    if columns is None or rows is None:
        return None
    return Grid(rows, columns, sorted(spans.values(), key=lambda span: (span.row, span.column)))


def _edges(
    extents: dict[int, list[float]], count: int, drawn: Sequence[Ruling], size: float, over: float
) -> list[float] | None:
    """Edges of rows or columns, by their number, around and between what stands in them; None where that overlaps."""
    if len(extents) < count:
        return None
    known = [(min(extents[number]), max(extents[number])) for number in range(count)]
    edges = [_nearest(known[0][0], known[0][0] - _FRAME * size, drawn)]
    for (low, end), (start, high) in pairwise(known):
        if end > start + over * size:
            return None
        between = [ruling.at for ruling in drawn if (low + end) / 2 < ruling.at < (start + high) / 2]
        edges.append(between[len(between) // 2] if between else (end + start) / 2)
    edges.append(_nearest(known[-1][1], known[-1][1] + _FRAME * size, drawn))
    return edges if all(before < after for before, after in pairwise(edges)) else None


def _nearest(edge: float, furthest: float, drawn: Sequence[Ruling]) -> float:
    """The first drawn line from an edge outwards, or the edge."""
    low, high = min(edge, furthest), max(edge, furthest)
    return min([ruling.at for ruling in drawn if low <= ruling.at <= high], key=lambda at: abs(at - edge), default=edge)
