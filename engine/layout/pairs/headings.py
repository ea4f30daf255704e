"""Labels at the top of ruled boxes."""

from __future__ import annotations

from collections.abc import Container, Iterator

from engine.evidence import Box
from engine.layout.pairs.form import Form
from engine.layout.pairs.labels import is_plain_label
from engine.layout.pairs.pieces import Piece

# A label stands this near to the top of its box, in its own heights, and to its left, in font sizes; the box
# has this much room below it.
_AT_TOP, _AT_LEFT = 0.9, 2.0
_ROOM, _ROOM_TO_WRITE = 0.7, 1.0
# Two lines of one text differ in height by less than this share of it, and are no further apart than that.
_LIKE_HEIGHTS, _CLOSE_LINES, _MEETING = 0.15, 0.35, 0.5
_MOST_LINES = 3
# A box with more labels that tell themselves is a frame around them.
_MOST_LABELS = 2


def in_boxes(form: Form, found: Container[int]) -> Iterator[int]:
    """Labels at the top left of a box with room for a value below them; `found`: those that are known."""
    inside: dict[Box, list[int]] = {}
    for place, box in enumerate(form.boxes):
        if box:
            inside.setdefault(box, []).append(place)
    for box, places in inside.items():
        first = form.pieces[places[0]]
        if form.is_columned(places[0]) or places[0] in found or first.is_mark or form.answers(places[0], found):
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
