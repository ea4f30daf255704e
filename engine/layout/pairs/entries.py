"""The labels of what a document states to be written into."""

from __future__ import annotations

import re
from collections import Counter

from engine.evidence import Box
from engine.layout.pairs.form import Form
from engine.layout.pairs.labels import MOST_WORDS

# In font sizes: how far beside, above and below its entry a label stands at most, and how near it is for sure.
_FARTHEST, _NEAR, _ABOVE, _BELOW = 15.0, 3.0, 1.6, 1.0
# How far a label may reach into its entry, in font sizes, and the share of its height that is on the same row.
_INTO, _SAME_ROW = 0.6, 0.35
# In font sizes: the entries of one value are no further apart, nor the parts of one label.
_APART, _GAP = 3.0, 2.5
# Long lines in a paragraph of this many are prose.
_PROSE_LINES = 3
# Lines that a label begins above the one that ends at its entry.
_LINES_ABOVE = 2
_LETTER = re.compile(r"[^\W\d_]")


def filled(form: Form) -> list[tuple[list[int], list[int]]]:
    """The labels of the entries of a form with their values, which are empty where nothing was filled in."""
    found: list[tuple[list[int], list[int]]] = []
    taken: set[int] = set()
    last: Box | None = None
    inside = form.inside_entries()
    lines = Counter([piece.paragraph for piece in form.pieces])
    for number, entry in sorted(enumerate(form.entries), key=lambda one: (one[1][3], one[1][0])):
        label = _label(form, entry, lines)
        goes_on = last is not None and _on_one_row(last, entry) and 0 <= entry[0] - last[2] < _APART * form.size
        if found and goes_on and (label is None or label in taken):
            found[-1][1].extend(inside[number])
        elif label is None or label in taken:
            continue
        else:
            key = _whole(form, label)
            taken.update(key)
            found.append((key, list(inside[number])))
        last = entry
    return found


def _label(form: Form, entry: Box, lines: Counter[int]) -> int | None:
    """The text that stands nearest before, above or below an entry, in this order when none is very near.

    `lines`: how many pieces each paragraph has.
    """
    size = form.size
    before: list[tuple[float, int]] = []
    above: list[tuple[float, int]] = []
    below: list[tuple[float, int]] = []
    for place, piece in enumerate(form.pieces):
        if piece.top - entry[3] > _BELOW * size:
            break
        if piece.entry is not None or piece.is_mark or not _LETTER.search(piece.text):
            continue
        if len(piece.places) > MOST_WORDS and lines[piece.paragraph] >= _PROSE_LINES:
            continue
        if _on_one_row(piece.box, entry):
            gap = entry[0] - piece.right
            if -_INTO * size < gap < _FARTHEST * size:
                before.append((gap, place))
        elif piece.left < entry[2] and piece.right > entry[0]:
            over, under = entry[1] - piece.bottom, piece.top - entry[3]
            if -_INTO * size < over < _ABOVE * size:
                above.append((over + abs(piece.left - entry[0]) / _FARTHEST, place))
            elif -_INTO * size < under:
                below.append((under, place))
    if before and _parted(form, form.pieces[min(before)[1]].box, entry):
        before = []
    near = [one for one in before if one[0] < _NEAR * size]
    chosen = (
        min(near, default=None) or min(above, default=None) or min(before, default=None) or min(below, default=None)
    )
    return chosen[1] if chosen else None


def _whole(form: Form, label: int) -> list[int]:
    """The pieces of a label, of which one is known: those beside it, and the lines above that lead on to it."""
    pieces = form.pieces
    row = [label]
    left = form.near.left.get(label)
    while (
        left is not None
        and left not in row
        and _is_of(form, left, label)
        and pieces[row[0]].left - pieces[left].right < _GAP * form.size
    ):
        row.insert(0, left)
        left = form.near.left.get(left)
    lines = row
    for _ in range(_LINES_ABOVE):
        first = pieces[lines[0]]
        if not first.text[0].islower():
            break
        above = [
            place
            for place in range(lines[0])
            if _is_of(form, place, label)
            and -_INTO * form.size < first.top - pieces[place].bottom < _INTO * form.size
            and abs(pieces[place].left - first.left) < _NEAR * form.size
        ]
        if not above:
            break
        lines = [above[-1], *lines]
    return lines


def _is_of(form: Form, place: int, label: int) -> bool:
    """Whether a piece is text of the paragraph of a label."""
    piece = form.pieces[place]
    return piece.paragraph == form.pieces[label].paragraph and piece.entry is None and not piece.is_mark


def _parted(form: Form, label: Box, entry: Box) -> bool:
    """Whether another entry stands between a label and an entry of its row."""
    return any(
        label[2] <= other[2] and other[2] < entry[0] + _INTO * form.size and _on_one_row(other, entry)
        for other in form.entries
        if other is not entry
    )


def _on_one_row(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > _SAME_ROW * min(one[3] - one[1], other[3] - other[1])
