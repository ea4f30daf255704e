"""Finds the key-value pairs of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

import msgspec
import numpy as np

from contract.layout import CellKind
from engine.evidence import Box, Quad, Rule
from engine.layout.pairs.blanks import Blanks
from engine.layout.pairs.boxes import boxed
from engine.layout.pairs.form import Form
from engine.layout.pairs.labels import is_known_label
from engine.layout.pairs.neighbours import Neighbours
from engine.layout.pairs.pieces import pieces
from engine.layout.pairs.values import paired
from engine.layout.tables.rulings import Ruling, rulings
from engine.reading.direction import Direction, directions
from engine.reading.page import Block, Cell, Line, ReadPage, Table, words
from engine.reading.read import paragraphs_of

#: A page with more pieces than this is no form, and not worth the work.
MAX_PIECES = 3000
#: Entries of a form looked at on one page.
MAX_ENTRIES = 500

# A table that names its columns, and says more than one thing about each, is one of data; with fewer columns
# than most have it is filled wholly.
_LEAST_COLUMNS, _COLUMNS, _ROWS, _FILLED, _MOST_LABELS = 2, 3, 3, 0.6, 1
_AMOUNT = re.compile(r"[\d$€£.,% -]+$")
# A label with its value.
_LABELLED = re.compile(r"[^\W\d]\)?: \S")


def with_pairs(page: ReadPage, rules: Iterable[Rule], entries: Sequence[Box] = ()) -> ReadPage:
    """The page with its pairs, in the order of its content; no word is in two of them.

    `entries`: where a form, as the document states it, is written into.
    """
    content = tuple(words(page.blocks))
    found = directions(content)
    if not found:
        return page
    main = found[0]
    size = median([word.size for word in main.words])
    lines = rulings(rules, main, size)
    # Cells of a table that is none would part what belongs together, so the lines are read without tables.
    places = {id(word): place for place, word in enumerate(content)}
    blanks = Blanks(_outside(lines.along, page.blocks, main, size), size)
    boxes = [main.box(entry) for entry in entries[:MAX_ENTRIES]]
    parts = pieces(paragraphs_of(main), places, main, blanks, _entered(main, boxes))
    if len(parts) > MAX_PIECES:
        return page
    form = Form(parts, Neighbours(parts, size), boxed(parts, lines, size), _columned(page.blocks), size, blanks, boxes)
    return msgspec.structs.replace(page, pairs=tuple(paired(form)))


def _outside(along: list[Ruling], blocks: tuple[Block, ...], direction: Direction, size: float) -> list[Ruling]:
    """The lines along the text that are not those of tables of data."""
    boxes = [direction.box(_bounds(block.quad)) for block in blocks if isinstance(block, Table) and _is_data(block)]
    return [
        line
        for line in along
        if not any(
            left - size < line.start and line.end < right + size and top - size < line.at < bottom + size
            for left, top, right, bottom in boxes
        )
    ]


def _bounds(quad: Quad) -> Box:
    return min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])


def _entered(direction: Direction, entries: list[Box]) -> dict[int, int]:
    """The numbers of the entries that the words of a direction stand in, by the identity of the words."""
    boxes = np.array(direction.boxes)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    found: dict[int, int] = {}
    for number, (left, top, right, bottom) in enumerate(entries):
        for index in np.nonzero((left <= x) & (x <= right) & (top <= y) & (y <= bottom))[0]:
            found.setdefault(id(direction.words[index]), number)
    return found


def _columned(blocks: tuple[Block, ...]) -> dict[int, bool]:
    """Positions of the words in tables of data, and whether each names a column."""
    found: dict[int, bool] = {}
    place = 0
    for block in blocks:
        if isinstance(block, Table) and _is_data(block):
            place += sum([len(line.words) for paragraph in block.caption for line in paragraph.lines])
            for cell in block.cells:
                for _ in words(cell.paragraphs):
                    found[place] = cell.kind is CellKind.COLUMN_HEADER
                    place += 1
            place += sum([len(line.words) for paragraph in block.footnotes for line in paragraph.lines])
        else:
            place += sum([1 for _ in words((block,))])
    return found


def _lines(cell: Cell) -> list[Line]:
    return [line for paragraph in cell.paragraphs for line in paragraph.lines]


def _is_data(table: Table) -> bool:
    """Whether a table names its columns and has an entry in most of its other cells, few of which have labels."""
    if table.column_count < _LEAST_COLUMNS or table.row_count < _ROWS:
        return False
    headers = [cell for cell in table.cells if cell.kind is CellKind.COLUMN_HEADER]
    if table.column_count < _COLUMNS and any(_AMOUNT.match(line.text) for cell in headers for line in _lines(cell)):
        return False
    entries = [cell for cell in table.cells if cell.kind in (CellKind.CONTENT, CellKind.ROW_HEADER)]
    lines = [cell.paragraphs[0].lines[0].text for cell in entries if cell.paragraphs]
    labels = sum([line.endswith(":") or is_known_label(line) for line in lines])
    labels += sum([_LABELLED.search(line.text) is not None for cell in headers for line in _lines(cell)])
    filled = _FILLED if table.column_count >= _COLUMNS else 1.0
    return bool(headers) and len(lines) >= filled * len(entries) and labels <= _MOST_LABELS
