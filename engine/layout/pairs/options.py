"""Which text says what a selection mark stands for."""

from __future__ import annotations

from engine.layout.pairs.form import Form
from engine.layout.pairs.labels import is_plain_label

# In font sizes: the text of an option stands no further from its mark.
_NEAR = 2.5
# The same of a cross that was typed.
_FAR = 6.0


def options(form: Form) -> dict[int, int]:
    """The marks of a form that have a text beside them, and the text of each; no text is of two marks.

    On one page most marks stand before their texts, or most behind them. A text that ends with a colon tells
    itself that its mark follows.
    """
    marks = [place for place, piece in enumerate(form.pieces) if piece.is_mark]
    right = {mark: text for mark in marks if (text := form.near.right[mark]) is not None and _near(form, mark, text)}
    left = {mark: text for mark in marks if (text := form.near.left.get(mark)) is not None and _near(form, text, mark)}
    behind = [
        mark for mark in left if mark not in right or _gap(form, left[mark], mark) < _gap(form, mark, right[mark])
    ]
    sides = (left, right) if 2 * len(behind) > len(marks) else (right, left)
    announced = {mark: text for mark, text in left.items() if form.pieces[text].ends_with_colon}
    found: dict[int, int] = {}
    for side in (announced, *sides):
        taken = set(found.values())
        for mark, text in side.items():
            if mark not in found and text not in taken:
                found[mark] = text
                taken.add(text)
    return found | _crossed(form, set(found.values()))


def _crossed(form: Form, taken: set[int]) -> dict[int, int]:
    """The crosses that were typed behind a text, or before one where none stands before them."""
    found: dict[int, int] = {}
    for cross, piece in enumerate(form.pieces):
        if not piece.is_cross or form.is_columned(cross):
            continue
        left, right = form.near.left.get(cross), form.near.right[cross]
        text = right if left is None else left
        if text is None or text in taken or form.pieces[text].is_mark or not is_plain_label(form.pieces[text].text):
            continue
        if _gap(form, *sorted((cross, text), key=lambda place: form.pieces[place].left)) < _FAR * form.size:
            found[cross] = text
            taken.add(text)
    return found


def _near(form: Form, first: int, second: int) -> bool:
    """Whether a mark and a text, in the order of their row, stand close together."""
    return _gap(form, first, second) < _NEAR * form.size and form.pieces[first].is_mark != form.pieces[second].is_mark


def _gap(form: Form, left: int, right: int) -> float:
    return form.pieces[right].left - form.pieces[left].right
