"""Which pieces of a page are labels, and how sure that is."""

from __future__ import annotations

from engine.layout.pairs.columns import in_cells, in_columns, in_rows
from engine.layout.pairs.form import Form, Sign
from engine.layout.pairs.headings import in_boxes
from engine.layout.pairs.labels import announces, is_known_label, is_plain_label, may_be_label
from engine.reading.marks import is_label as is_caption

# In font sizes: a value stands no further from a label that nothing but its words tells.
_NEAR = 15.0


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
    for place in texts:
        if place not in found and _leads_to_blank(form, place, found) and is_plain_label(form.pieces[place].text):
            found[place] = Sign.BLANK
    for place in in_boxes(form, found):
        found[place] = Sign.BOX
    for place in texts:
        if place not in found and _tells_itself(form, place):
            found[place] = Sign.WORDS
    for place in list(in_rows(form, found)):
        found[place] = Sign.WORDS
    for place in list(in_cells(form, found)):
        found[place] = Sign.COLUMN
    for place in list(in_columns(form, found)):
        found[place] = Sign.COLUMN
    return found


def _leads_to_blank(form: Form, place: int, found: dict[int, Sign]) -> bool:
    """Whether a line to write on begins after a piece, or the text beside it stands on one that is there for it."""
    piece, right = form.pieces[place], form.near.right[place]
    if piece.fills_blank or form.is_columned(place) or form.answers(place, found):
        return False
    if piece.leads_to_blank:
        return True
    if right is None or right in found or form.near.left.get(place) in found or form.boxes[place] != form.boxes[right]:
        return False
    return not form.pieces[right].is_mark and form.blanks.carries(piece.box, form.pieces[right].box)


def _tells_itself(form: Form, place: int) -> bool:
    piece, right = form.pieces[place], form.near.right[place]
    if piece.fills_blank or form.names_column(place) or not is_known_label(piece.text):
        return False
    if right is not None and form.pieces[right].left - piece.right < _NEAR * form.size:
        return True
    return not form.is_columned(place) and bool(form.near.below(place))
