"""Lines of text to rows of a table: which lines continue the cells above them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from engine.layout.tables.figures import is_figure
from engine.layout.tables.lines import Piece
from engine.layout.tables.rulings import Ruling

# In font sizes: lines of one cell are no further apart; the text of a continued stub may be indented.
_LEADING = 0.75
_OVERLAP = 0.2
# A line that continues cells is no further from them than others are, by this much.
_MORE = 0.3
# A column is one of figures when this share of its entries are.
_FIGURES = 0.5
# A line drawn over this share of the width parts rows; where so many are, all rows are parted so.
_COVERS = 0.75
_FEWEST_RULED, _RULED = 3, 0.3
_MOST_HEADER = 5
# Words of a text that is too short to fill a line, but for being the longest of its column.
_FEW_WORDS = 2


class Row(msgspec.Struct, gc=False):
    """Text of one or more lines by the first column that it stands in; `spans`: the last column of each."""

    top: float
    bottom: float
    cells: dict[int, list[Piece]]
    spans: dict[int, int]

    @property
    def middle(self) -> float:
        """Height of the middle."""
        return (self.top + self.bottom) / 2

    def text(self, column: int) -> str:
        """What stands in the cells that begin in a column."""
        return " ".join([piece.text for piece in self.cells.get(column, [])])


def grouped(
    lines: list[Row], along: Sequence[Ruling], columns: list[float], size: float, in_header: bool = False
) -> tuple[list[Row], int]:
    """Rows out of lines, both from top to bottom, and how many of the rows are the header.

    `in_header`: all lines are known to be of the header.
    """
    figures = _figure_columns(lines)
    drawn = _drawn(lines, along, columns)
    header = len(lines) if in_header else _header(lines, drawn, figures)
    ruled = sum(drawn) >= max(_FEWEST_RULED, _RULED * len(drawn))
    ends = [
        max([piece.right for line in lines for piece in line.cells.get(column, [])], default=0.0)
        for column in range(len(columns) - 1)
    ]
    tight = sorted([below.top - above.bottom for above, below in pairwise(lines)])[len(drawn) // 4] if drawn else 0.0
    found = [_copy(lines[0])]
    header_rows = 0
    for number, (above, below) in enumerate(pairwise(lines)):
        gap = below.top - above.bottom
        if any(above.middle < ruling.at < below.middle for ruling in along) or (
            number + 1 >= header and _counts_anew(found[-1], below, figures)
        ):
            same = False
        elif gap < -_OVERLAP * size or (ruled and number + 1 > header):
            same = True
        elif gap > _LEADING * size:
            same = False
        elif number + 1 < header:
            same = not any(last > first for first, last in above.spans.items())
        else:
            same = number + 1 > header and _continues(found[-1], above, below, figures, ends, size, gap - tight)
        if number + 1 == header:
            header_rows = len(found)
        if same:
            _join(found[-1], below)
        else:
            found.append(_copy(below))
    return found, len(found) if in_header else header_rows


def _drawn(lines: list[Row], along: Sequence[Ruling], columns: list[float]) -> list[bool]:
    """Whether a line over most of the width is drawn between each line of text and the next."""
    wide = [one.at for one in along if one.end - one.start > _COVERS * (columns[-1] - columns[0])]
    return [any(above.middle < at < below.middle for at in wide) for above, below in pairwise(lines)]


def _figure_columns(lines: list[Row]) -> set[int]:
    held: dict[int, list[bool]] = {}
    for line in lines:
        for column in line.cells:
            held.setdefault(column, []).append(is_figure(line.text(column)))
    return {column for column, ones in held.items() if sum(ones) >= _FIGURES * len(ones)}


def _header(lines: list[Row], drawn: list[bool], figures: set[int]) -> int:
    """How many lines at the top are the header."""
    if True in drawn and drawn.index(True) < max(_MOST_HEADER, len(lines) // 3):
        return drawn.index(True) + 1
    for number, line in enumerate(lines):
        if any(column in figures and is_figure(line.text(column)) for column in line.cells):
            return number
    return 0


def _continues(
    row: Row, above: Row, below: Row, figures: set[int], ends: list[float], size: float, more: float
) -> bool:
    """Whether a line continues a row whose last line is `above` and further away than usual by `more`."""
    a, b = set(above.cells), set(below.cells)
    if any(is_figure(below.text(column)) for column in b & figures):
        # The stub of a row may have begun on the lines above its figures.
        return set(row.cells) == {0} and 0 in b and _wraps(above, below, 0, ends)
    if b == {0}:
        return 0 in a and len(row.cells) > 1 and more < _MORE * size and _wraps(above, below, 0, ends)
    if 0 not in b:
        return b <= a and more < _MORE * size
    if figures or not b <= a or more >= _MORE * size:
        return False
    # Short words fill no line, whatever they begin with.
    long = any(len(above.text(one).split()) > _FEW_WORDS for one in b)
    return long and all(_wraps(above, below, one, ends) for one in b)


def _counts_anew(row: Row, below: Row, figures: set[int]) -> bool:
    """Whether a line has figures where the row has some already."""
    return any(
        any(is_figure(piece.text) for piece in below.cells[column])
        and any(is_figure(piece.text) for piece in row.cells.get(column, []))
        for column in figures & set(below.cells)
    )


def _wraps(above: Row, below: Row, column: int, ends: list[float]) -> bool:
    """Whether the text of a cell goes on in the next line: it had no room for the word that begins that."""
    first, last = below.cells[column][0], above.cells[column][-1]
    if above.spans[column] > column:
        return False
    if first.text[0].islower():
        return True
    if last.words[-1].bold != first.words[0].bold:
        return False
    word = (first.right - first.left) * len(first.words[0].text) / len(first.text)
    return len(last.words) > _FEW_WORDS and ends[column] - last.right < word


def _copy(row: Row) -> Row:
    return Row(row.top, row.bottom, {column: list(pieces) for column, pieces in row.cells.items()}, dict(row.spans))


def _join(row: Row, line: Row) -> None:
    row.bottom = max(row.bottom, line.bottom)
    for column, pieces in line.cells.items():
        row.cells.setdefault(column, []).extend(pieces)
        row.spans[column] = max(row.spans.get(column, column), line.spans[column])
