"""Which pieces of a page are labels, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import msgspec

from engine.evidence import Box
from engine.layout.pairs.blanks import Blanks
from engine.layout.pairs.labels import announces, is_known_label, is_plain_label, may_be_label
from engine.layout.pairs.neighbours import Neighbours
from engine.layout.pairs.pieces import Piece
from engine.reading.marks import is_label as is_caption

# In font sizes: a value stands no further from a label that nothing but its words tells.
_NEAR = 15.0
# A label stands this near to the top of its box, in its own heights, and to its left, in font sizes; the box
# has this much room below it.
_AT_TOP, _AT_LEFT = 0.9, 2.0
_ROOM, _ROOM_TO_WRITE = 0.7, 1.0
# Two lines of one text differ in height by less than this share of it, and are no further apart than that.
_LIKE_HEIGHTS, _CLOSE_LINES, _MEETING = 0.15, 0.35, 0.5
_MOST_LINES = 3
# Labels that stand in a column, beside a column of values: how many there are at least, how well they are
# aligned, how far apart they are at most and how far a third column must be away, in font sizes.
_ROWS = 4
_LABELS_ALIGNED, _VALUES_ALIGNED = 0.6, 0.8
_ROWS_APART, _THIRD_COLUMN = 12.0, 10.0
_MOST_MATES = 60
# In font sizes: a column that ends this near before another goes with it.
_COLUMN_BEFORE = 25.0
_SHORT_WORDS = 5
# A box with more labels that tell themselves is a frame around them.
_MOST_LABELS = 2


class Sign(Enum):
    """What tells a label; the value is how sure it makes of the pair, 0..1."""

    COLON = 0.9
    BLANK = 0.75
    BOX = 0.7
    WORDS = 0.6
    COLUMN = 0.5


class Form(msgspec.Struct, frozen=True):
    """A page of labels and values.

    `boxes`: the ruled box that each piece stands in. `columned`: the words in tables of data by their positions
    on the page, and whether they name a column. `size`: of its font. `entries`: where the document states that
    it is written into.
    """

    pieces: list[Piece]
    near: Neighbours
    boxes: list[Box | None]
    columned: dict[int, bool]
    size: float
    blanks: Blanks
    entries: list[Box]

    def inside_entries(self) -> list[list[int]]:
        """The pieces in each of the entries."""
        found: list[list[int]] = [[] for _ in self.entries]
        for place, piece in enumerate(self.pieces):
            if piece.entry is not None:
                found[piece.entry].append(place)
        return found

    def names_column(self, place: int) -> bool:
        """Whether a piece names a column of a table of data."""
        return self.columned.get(self.pieces[place].places[0], False)

    def is_columned(self, place: int) -> bool:
        """Whether a piece stands in a table of data."""
        return self.pieces[place].places[0] in self.columned


def labels(form: Form) -> dict[int, Sign]:
    """The labels of a page by the positions of their pieces."""
    found: dict[int, Sign] = {}
    texts = [place for place, piece in enumerate(form.pieces) if not piece.is_mark and piece.entry is None]
    for place in texts:
        piece = form.pieces[place]
        if piece.ends_with_colon and not piece.goes_on and may_be_label(piece.text):
            if is_caption(piece.text) or (announces(piece.text) and form.near.right[place] is None):
                continue
            found[place] = Sign.COLON
        elif _leads_to_blank(form, place, found) and is_plain_label(piece.text):
            found[place] = Sign.BLANK
    for place in _in_boxes(form, found):
        found[place] = Sign.BOX
    for place in texts:
        if place not in found and _tells_itself(form, place):
            found[place] = Sign.WORDS
    for place in list(_in_columns(form, found)):
        found[place] = Sign.COLUMN
    return found


def _leads_to_blank(form: Form, place: int, found: dict[int, Sign]) -> bool:
    """Whether a line to write on begins after a piece, or the text beside it stands on one that is there for it."""
    piece, right = form.pieces[place], form.near.right[place]
    if piece.fills_blank or form.is_columned(place):
        return False
    if piece.leads_to_blank:
        return True
    if right is None or right in found or form.near.left.get(place) in found or form.boxes[place]:
        return False
    return not form.pieces[right].is_mark and form.blanks.carries(piece.box, form.pieces[right].box)


def _tells_itself(form: Form, place: int) -> bool:
    piece, right = form.pieces[place], form.near.right[place]
    if piece.fills_blank or form.names_column(place) or not is_known_label(piece.text):
        return False
    if right is not None and form.pieces[right].left - piece.right < _NEAR * form.size:
        return True
    return not form.is_columned(place) and bool(form.near.below(place))


def _in_boxes(form: Form, found: dict[int, Sign]) -> Iterator[int]:
    """Labels at the top left of a box with room for a value below them."""
    inside: dict[Box, list[int]] = {}
    for place, box in enumerate(form.boxes):
        if box:
            inside.setdefault(box, []).append(place)
    for box, places in inside.items():
        first = form.pieces[places[0]]
        if form.is_columned(places[0]) or places[0] in found or first.is_mark:
            continue
        if first.ends_with_colon or sum([place in found for place in places]) > _MOST_LABELS:
            continue
        if first.top - box[1] > _AT_TOP * first.height or first.left - box[0] > _AT_LEFT * form.size:
            continue
        others = [place for place in places[1:] if place not in found]
        heading = heading_of(form, places[0], others)
        if heading is None:
            continue
        last = form.pieces[heading[-1]]
        filled = any(form.pieces[other].top > last.middle for other in others if other not in heading)
        if box[3] - last.bottom > (_ROOM if filled else _ROOM_TO_WRITE) * first.height:
            yield places[0]


def heading_of(form: Form, label: int, others: list[int]) -> list[int] | None:
    """The lines of the label at the top of a box, in which `others` stand too; None when it is prose or a title.

    A line goes on where it opens a bracket, and where the next one begins with a small letter.
    """
    lines = [label]
    pieces = form.pieces
    for other in others:
        last, piece = pieces[lines[-1]], pieces[other]
        if piece.is_mark or not -_MEETING < (piece.top - last.bottom) / last.height < _CLOSE_LINES:
            continue
        text = " ".join([pieces[line].text for line in lines])
        if piece.text[0].islower() or text.count("(") > text.count(")"):
            lines.append(other)
    text = " ".join([pieces[line].text for line in lines])
    if len(lines) > _MOST_LINES or not is_plain_label(text):
        return None
    if len(lines) == 1 and len(others) == 1 and _is_one_text(pieces[label], pieces[others[0]]):
        return None
    return lines


def _is_one_text(first: Piece, second: Piece) -> bool:
    """Whether two texts, one below the other, look like the lines of one heading."""
    return (
        first.paragraph == second.paragraph
        and is_plain_label(second.text)
        and first.text.isupper() == second.text.isupper()
        and abs(first.height - second.height) < _LIKE_HEIGHTS * first.height
        and second.top - first.bottom < _CLOSE_LINES * first.height
    )


def _in_columns(form: Form, found: dict[int, Sign]) -> Iterator[int]:
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
        if len(mates) >= _ROWS and len(followed) <= len(mates) / 3 and not _is_inner(form, place, found):
            yield place


def _is_inner(form: Form, place: int, found: dict[int, Sign]) -> bool:
    """Whether another column, which is none of labels or their values, stands before a text."""
    left = form.near.left.get(place)
    if left is None or left in found or form.near.left.get(left) in found:
        return False
    return form.pieces[place].left - form.pieces[left].right < _COLUMN_BEFORE * form.size
