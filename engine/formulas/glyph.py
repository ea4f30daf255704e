"""The characters that formulas are made of, and what was found of them."""

from __future__ import annotations

from typing import Final

import msgspec

from contract.page import FormulaKind
from engine.evidence import Box
from engine.formulas.faces import Coding, Face

#: Characters of one formula; what is longer is left as text.
MAX_LENGTH: Final = 600


class Glyph(msgspec.Struct, frozen=True, gc=False):
    """A character of upright text. Measures in one unit, y downwards.

    `index`: its place in the text of the page. `left` to `right` is its advance, `top` to `bottom` its ink.
    """

    index: int
    text: str
    face: Face
    size: float
    left: float
    right: float
    baseline: float
    top: float
    bottom: float

    @property
    def in_words(self) -> bool:
        """Whether it is a letter as words have them; fonts for formulas that have those too are coded in Unicode."""
        if not self.text.isalpha():
            return False
        face = self.face
        return not face.math or (face.coding is Coding.UNICODE and not face.italic and self.text.isascii())

    @property
    def indices(self) -> range:
        """Its places in the text of the page: two for a character beyond the first plane."""
        return range(self.index, self.index + (2 if self.text > "\uffff" else 1))


class Found(msgspec.Struct, frozen=True, gc=False):
    """A formula. `indices`: of its characters, ascending. `known`: share of them that have a meaning, 0..1."""

    kind: FormulaKind
    latex: str
    box: Box
    size: float
    indices: tuple[int, ...]
    known: float
