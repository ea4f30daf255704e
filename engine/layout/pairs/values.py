"""What was filled in for the labels of a form."""

from __future__ import annotations

from collections import Counter

from engine.layout.pairs.entries import filled
from engine.layout.pairs.form import Form, Sign
from engine.layout.pairs.headings import heading_of
from engine.layout.pairs.labels import is_known_label, is_plain_label
from engine.layout.pairs.options import options
from engine.layout.pairs.signs import labels
from engine.reading.page import Pair
from engine.reading.segments import rows

# In font sizes: parts of one value stand no further apart.
_GAP = 2.5
# The lines of a label are no further apart and begin at the same place, in font sizes; all but the last are
# short.
_LINES_APART, _LINES_ALIGNED = 0.4, 0.5
_SHORT_WORDS = 4
# In font sizes: the words of a label are no further apart.
_WORDS_APART = 1.2
# A paragraph of this many lines is prose.
_PROSE_LINES = 3
# How sure a text beside a selection mark makes of the pair, 0..1.
_OPTION = 0.8
# The same of an entry of the document's own form.
_STATED = 0.95


def paired(form: Form) -> list[Pair]:
    """The labels of a form with their values, in the order of the content of the page."""
    filling = _Filling(form)
    found = [Pair(filling.places(label), filling.places(value), _STATED) for label, value in filling.entries()]
    found += [Pair(filling.places(text), filling.places([mark]), _OPTION) for text, mark in filling.options()]
    for label, sign in sorted(filling.labels.items()):
        if label in filling.used:
            continue
        key = filling.key(label)
        value = filling.value(label, key)
        if not value and sign in (Sign.WORDS, Sign.COLUMN):
            continue
        filling.used.update(key, value)
        found.append(Pair(filling.places(key), filling.places(value), sign.value))
    return sorted(found, key=lambda pair: pair.key)


class _Filling:
    """The labels of a form, and which pieces have got a part so far."""

    def __init__(self, form: Form) -> None:
        self.labels = labels(form)
        self.used: set[int] = set()
        self._form = form
        self._options = options(form)
        self._lines = Counter([piece.paragraph for piece in form.pieces])

    def places(self, pieces: list[int]) -> tuple[int, ...]:
        """Positions of the words of some pieces among those of the page."""
        return tuple([place for piece in pieces for place in self._form.pieces[piece].places])

    def entries(self) -> list[tuple[list[int], list[int]]]:
        """The labels and values of the entries; they have got their part."""
        optional = set(self._options.values())
        found = []
        for label, value in filled(self._form):
            # What follows an option may be left empty, and its text is that of its mark.
            if value or optional.isdisjoint(label):
                self.used.update(label, value)
                found.append((label, value))
        return found

    def options(self) -> list[tuple[list[int], int]]:
        """The texts of the selection marks, each with its mark; they have got their part."""
        found = []
        chosen = {mark: text for mark, text in self._options.items() if text not in self.used}
        self.used.update(chosen)
        self.used.update(chosen.values())
        for mark, text in chosen.items():
            follows = self._form.pieces[text].left > self._form.pieces[mark].left
            lines = self._with_next_lines([text]) if follows and text not in self.labels else [text]
            self.used.update(lines)
            found.append((lines, mark))
        return found

    def value(self, label: int, key: list[int]) -> list[int]:
        """The pieces of the value of a label, whose pieces are `key`, from its first line to its last."""
        sign = self.labels[label]
        if sign is Sign.BOX:
            return self._in_box(label, key)
        right = self._right(label)
        if right is not None:
            return self._on_next_blanks(self._with_next_lines(self._row(right), label), label)
        if sign is Sign.COLON or sign is Sign.WORDS:
            below = self._below(label)
            if below is not None:
                return self._with_next_lines([below])
        return self._on_next_blanks([], label) if sign is Sign.BLANK else []

    def key(self, label: int) -> list[int]:
        """The pieces of a label, which may have begun a line higher, or go on below in its box."""
        if self.labels[label] is Sign.BOX:
            return heading_of(self._form, label, self._beside_in_box(label)) or [label]
        if self.labels[label] is not Sign.COLON:
            return [*self._beginning(label), label]
        pieces, size = self._form.pieces, self._form.size
        piece = pieces[label]
        above = [
            other
            for other in range(max(0, label - _SHORT_WORDS), label)
            if self._is_free(other)
            and pieces[other].paragraph == piece.paragraph
            and pieces[other].bottom < piece.middle
            and piece.top - pieces[other].bottom < _LINES_APART * size
            and abs(pieces[other].left - piece.left) < _LINES_ALIGNED * size
            and len(pieces[other].places) <= _SHORT_WORDS
            and is_plain_label(pieces[other].text)
        ]
        return [*above, label] if len(above) == 1 else [label]

    def _beginning(self, label: int) -> list[int]:
        """The piece close before a label that leads to a line to write on, with which it is one text."""
        form = self._form
        left = form.near.left.get(label)
        if self.labels[label] is not Sign.BLANK or left is None or not self._is_free(left) or form.pieces[left].is_mark:
            return []
        if form.pieces[label].left - form.pieces[left].right > _WORDS_APART * form.size:
            return []
        whole = f"{form.pieces[left].text} {form.pieces[label].text}"
        return [left] if is_plain_label(whole) and not form.pieces[left].fills_blank else []

    def _is_free(self, piece: int) -> bool:
        return piece not in self.labels and piece not in self.used

    def _beside_in_box(self, label: int) -> list[int]:
        boxes = self._form.boxes
        return [
            place for place, box in enumerate(boxes) if box == boxes[label] and place != label and self._is_free(place)
        ]

    def _in_box(self, label: int, key: list[int]) -> list[int]:
        pieces = self._form.pieces
        inside = [place for place in self._beside_in_box(label) if place not in key]
        under = [place for place in inside if pieces[place].top > pieces[key[-1]].middle]
        order = {id(pieces[place]): place for place in under or inside}
        lines = rows([pieces[place] for place in under or inside])
        return [order[id(piece)] for line in lines for piece in line]

    def _right(self, label: int) -> int | None:
        """The first piece of a value to the right of its label."""
        form = self._form
        right, box = form.near.right[label], form.boxes[label]
        if right is None and form.pieces[label].leads_to_blank:
            return self._raised(label)
        if right is None or not self._is_free(right):
            return None
        leaves_box = box is not None and form.boxes[right] != box
        may_be_next = is_plain_label if leaves_box else is_known_label
        if self.labels[label] is Sign.WORDS and may_be_next(form.pieces[right].text):
            return None
        below = self._below(label) if leaves_box else None
        return None if below is not None and form.boxes[below] == box else right

    def _raised(self, label: int) -> int | None:
        """What was written on the line behind a label, so high that it stands on no row with it."""
        form, piece = self._form, self._form.pieces[label]
        return next(
            (
                place
                for place in form.near.over(label)
                if self._is_free(place)
                and form.pieces[place].left > piece.right
                and form.near.left.get(place) is None
                and form.blanks.holds(piece.box, form.pieces[place].box)
            ),
            None,
        )

    def _below(self, label: int) -> int | None:
        """The first piece of a value below its label."""
        by_words = self.labels[label] is Sign.WORDS
        if by_words and self._form.is_columned(label):
            return None
        for place in self._form.near.below(label):
            if self._is_free(place) and not (by_words and is_known_label(self._form.pieces[place].text)):
                return place
        return None

    def _row(self, first: int) -> list[int]:
        """A piece and what goes on beside it."""
        form = self._form
        value = [first]
        right = form.near.right[first]
        # Pieces without width at one place may each stand beside the other.
        while (
            right is not None
            and right not in value
            and self._is_free(right)
            and not form.pieces[right].is_mark
            and not self._is_prose_beside(right, first)
            and form.pieces[right].left - form.pieces[value[-1]].right <= _GAP * form.size
        ):
            value.append(right)
            right = form.near.right[right]
        return value

    def _is_prose_beside(self, place: int, value: int) -> bool:
        """Whether a piece is a line of the next column of a page, which has nothing to do with a value."""
        pieces = self._form.pieces
        paragraph = pieces[place].paragraph
        return paragraph != pieces[value].paragraph and self._lines[paragraph] >= _PROSE_LINES

    def _with_next_lines(self, value: list[int], label: int | None = None) -> list[int]:
        """The first line of a value and those below it; they may go on below the label that it began beside."""
        form = self._form
        lefts: tuple[float, ...] = (form.pieces[value[0]].left,)
        if label is not None and form.pieces[value[0]].left - form.pieces[label].right < _GAP * form.size:
            lefts += (form.pieces[label].left,)
        line: int | None = value[-1]
        while line is not None:
            bottom = form.pieces[line].bottom
            line = next((place for place in form.near.next_lines(lefts, bottom) if self._continues(place, value)), None)
            if line is not None:
                value.append(line)
        return value

    def _on_next_blanks(self, value: list[int], label: int) -> list[int]:
        """A value with what stands on the lines to write on below it, which begin no later than its label."""
        form = self._form
        first = form.pieces[value[0] if value else label]
        if bool(form.blanks.under(first.box)) != bool(value):
            return value
        last: int | None = value[-1] if value else label
        while last is not None:
            last = next(
                (
                    place
                    for place in form.near.under(form.pieces[last].bottom)
                    if self._is_free(place)
                    and place not in value
                    and form.near.left.get(place) is None
                    and not form.pieces[place].is_mark
                    and form.boxes[place] == form.boxes[label]
                    and (value or form.near.right[place] is None)
                    and form.blanks.goes_on(form.pieces[place].box, form.pieces[label].left)
                ),
                None,
            )
            if last is not None:
                value = [*value, *self._row(last)]
        return value

    def _continues(self, place: int, value: list[int]) -> bool:
        form = self._form
        return (
            self._is_free(place)
            and place not in value
            and not form.pieces[place].is_mark
            and form.boxes[place] == form.boxes[value[0]]
            and form.near.left.get(place) not in self.labels
            and (
                abs(form.pieces[place].left - form.pieces[value[0]].left) < form.size
                or form.pieces[place].paragraph == form.pieces[value[0]].paragraph
            )
        )
