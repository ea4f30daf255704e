"""A page as a form: its pieces, what stands beside and around each, and where it is written on."""

from __future__ import annotations

from collections.abc import Container
from enum import Enum

import msgspec

from engine.evidence import Box
from engine.layout.pairs.blanks import Blanks
from engine.layout.pairs.labels import is_known_label
from engine.layout.pairs.neighbours import Neighbours
from engine.layout.pairs.pieces import Piece

# In font sizes: what stands this near behind a colon answers it.
_BESIDE = 4.0


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

    def answers(self, place: int, found: Container[int]) -> bool:
        """Whether a piece stands where the value of a label with a colon is due; `found`: the labels so far."""
        piece, left = self.pieces[place], self.near.left.get(place)
        return (
            left is not None
            and left in found
            and self.pieces[left].ends_with_colon
            and piece.left - self.pieces[left].right < _BESIDE * self.size
            and not self.blanks.between(self.pieces[left].box, piece.box)
            and not is_known_label(piece.text)
        )
