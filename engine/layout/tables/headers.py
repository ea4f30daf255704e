"""Headers that stand over several columns without a line that says so: in the middle over those below them."""

from __future__ import annotations

from engine.layout.tables.figures import is_figure
from engine.layout.tables.rows import Row

# In font sizes: how far the middle of a header is from that of what it stands over.
_OFF = 0.8
#: Lines at the top of a table that are looked at.
MOST_LINES = 5


def spread(lines: list[Row], size: float) -> None:
    """Tells headers among the first lines of a table which columns they are over."""
    top = lines[:MOST_LINES]
    for number, above in enumerate(top):
        if any(is_figure(above.text(column)) for column in above.cells if column):
            return
        # Headers that run up the page stand between, and are not in these lines.
        for below in top[number + 1 :]:
            if groups := _centred(above, below, size):
                for header, group in groups.items():
                    pieces = above.cells.pop(header)
                    del above.spans[header]
                    above.cells[group[0]], above.spans[group[0]] = pieces, group[-1]
                break


def _centred(above: Row, below: Row, size: float) -> dict[int, list[int]]:
    """The columns of the lower line that each header of the upper one is in the middle over; none unless all are."""
    headers = [column for column in above.cells if column]
    beneath = [column for column in below.cells if column]
    if not headers or len(beneath) <= len(headers) or any(last > first for first, last in above.spans.items()):
        return {}
    groups = _groups(above, below, headers, beneath)
    if not groups:
        return {}

    def fits(header: int) -> bool:
        return abs(_middle(above, [header]) - _middle(below, groups[header])) <= _OFF * size

    # Columns of the stub stand before the first header, and under none.
    first = min(headers)
    while len(groups[first]) > 2 and not fits(first):
        del groups[first][0]
    return groups if any(len(group) > 1 for group in groups.values()) and all(map(fits, headers)) else {}


def _groups(above: Row, below: Row, headers: list[int], beneath: list[int]) -> dict[int, list[int]]:
    """The columns of the lower line by the header of the upper one whose middle is nearest."""
    groups: dict[int, list[int]] = {header: [] for header in headers}
    for column in sorted(beneath):
        middle = _middle(below, [column])
        groups[min(headers, key=lambda header: abs(_middle(above, [header]) - middle))].append(column)
    return groups if all(groups.values()) else {}


def _middle(row: Row, columns: list[int]) -> float:
    pieces = [piece for column in columns for piece in row.cells[column]]
    return (min([piece.left for piece in pieces]) + max([piece.right for piece in pieces])) / 2
