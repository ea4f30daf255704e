"""Labels that only what stands in line with them tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.layout.pairs.form import Form, Sign
from engine.layout.pairs.labels import is_known_label, is_plain_label

# Texts looked at on each side of a label.
_MOST_BESIDE = 12
# Labels that stand in a column, beside a column of values: how many there are at least, how well they are
# aligned, how far apart they are at most and how far a third column must be away, in font sizes.
_ROWS = 4
_LABELS_ALIGNED, _VALUES_ALIGNED = 0.6, 0.8
_ROWS_APART, _THIRD_COLUMN = 12.0, 10.0
_MOST_MATES = 60
# What stands in a column more often is no label.
_MOST_ALIKE = 2
# In font sizes: a column that ends this near before another goes with it.
_COLUMN_BEFORE = 25.0
_SHORT_WORDS = 5


def in_rows(form: Form, found: dict[int, Sign]) -> Iterator[int]:
    """Texts beside a label whose value stands below it, each above a text of its own."""
    for label, sign in found.items():
        if sign is not Sign.WORDS or not _heads(form, label, found):
            continue
        for beside in (form.near.left.get, form.near.right.__getitem__):
            place = beside(label)
            for _ in range(_MOST_BESIDE):
                if place is None or place in found or not _heads(form, place, found):
                    break
                yield place
                place = beside(place)


def _heads(form: Form, place: int, found: dict[int, Sign]) -> bool:
    """Whether a text may be the label of the one that stands below it, which is no label nor a column of values."""
    if form.is_columned(place) or not is_plain_label(form.pieces[place].text):
        return False
    value = next(iter(form.near.below(place)), None)
    if value is None or _is_known(form, value, found):
        return False
    last = next(iter(form.near.below(value)), None)
    return last is None or _is_known(form, last, found)


def _is_known(form: Form, place: int, found: dict[int, Sign]) -> bool:
    return place in found or is_known_label(form.pieces[place].text)


def in_cells(form: Form, found: dict[int, Sign]) -> Iterator[int]:
    """Texts alone in the first of two boxes side by side, which have nothing beside them; the second has a text too."""
    boxes, near = form.boxes, form.near
    inside = Counter(boxes)
    for place, piece in enumerate(form.pieces):
        value, box = near.right[place], boxes[place]
        if value is None or box is None or place in found or value in found or form.is_columned(place):
            continue
        beside = boxes[value]
        if beside is None or abs(beside[0] - box[2]) > form.size or inside[box] > 1 or inside[beside] > 1:
            continue
        if near.right[value] is None and near.left.get(place) is None and is_plain_label(piece.text):
            yield place


def in_columns(form: Form, found: dict[int, Sign]) -> Iterator[int]:
    """Short texts in a column, each with one text beside it, which stand in a column too."""
    pieces, right, size = form.pieces, form.near.right, form.size
    rows: list[tuple[int, int]] = []
    for place, piece in enumerate(pieces):
        value = right[place]
        if value is None or piece.is_mark or pieces[value].is_mark or place in found or value in found:
            continue
        if piece.text[0].islower() or form.is_columned(place):
            continue
        if form.boxes[place] is None and len(piece.places) <= _SHORT_WORDS and is_plain_label(piece.text):
            rows.append((place, value))
    often = Counter([pieces[label].text for label, _ in rows])
    for number, (place, value) in enumerate(rows):
        mates = [
            other
            for label, other in rows[max(0, number - _MOST_MATES) : number + _MOST_MATES]
            if abs(pieces[label].left - pieces[place].left) < _LABELS_ALIGNED * size
            and abs(pieces[other].left - pieces[value].left) < _VALUES_ALIGNED * size
            and abs(pieces[label].top - pieces[place].top) < _ROWS_APART * size
        ]
        followed = [
            other
            for other in mates
            if (third := right[other]) is not None
            and third not in found
            and pieces[third].left - pieces[other].right < _THIRD_COLUMN * size
        ]
        if often[pieces[place].text] > _MOST_ALIKE:
            continue
        if len(mates) >= _ROWS and len(followed) <= len(mates) / 3 and not _is_inner(form, place, found):
            yield place


def _is_inner(form: Form, place: int, found: dict[int, Sign]) -> bool:
    """Whether another column, which is none of labels or their values, stands before a text."""
    left = form.near.left.get(place)
    if left is None or left in found or form.near.left.get(left) in found:
        return False
    return form.pieces[place].left - form.pieces[left].right < _COLUMN_BEFORE * form.size
