"""The piece that reading works with: words side by side, without a wide gap between them.

Segments live in the frame of their text: the page turned so that the text runs from left to right.
"""

from __future__ import annotations

import msgspec

from contract.page import FormulaKind
from engine.evidence import Word
from engine.reading.page import Figure, Table

_NEARLY_ALL = 0.8


class Segment(msgspec.Struct, gc=False):
    """Words from left to right and the box around them, in the page's unit.

    `order`: where its first word stands in the evidence; writers of documents put columns one after the
    other there, and rows of tables too. `block`: the table or figure that a segment without words stands for.
    """

    left: float
    top: float
    right: float
    bottom: float
    size: float
    order: int
    words: list[Word]
    lefts: list[float]
    rights: list[float]
    block: Table | Figure | None = None

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2

    @property
    def element(self) -> int:
        """The element that its first word is in, as in `engine.evidence.Word`."""
        return self.words[0].element

    @property
    def characters(self) -> int:
        """Characters of its words and the spaces between them."""
        return sum([len(word.text) for word in self.words]) + len(self.words) - 1

    @property
    def displayed(self) -> bool:
        """Whether it is a formula on a line of its own."""
        formula = self.words[0].formula
        return formula is not None and formula.kind is FormulaKind.DISPLAY

    def part(self, start: int, end: int) -> Segment:
        """Some of its words; at least one, and of one line, so that the height stays."""
        return Segment(
            self.lefts[start],
            self.top,
            max(self.rights[start:end]),
            self.bottom,
            self.size,
            self.order + start,
            self.words[start:end],
            self.lefts[start:end],
            self.rights[start:end],
        )

    @property
    def bold(self) -> bool:
        """Whether nearly all characters are bold; a formula in a heading need not be."""
        bold = sum([len(word.text) for word in self.words if word.bold])
        return bold > 0 and bold >= _NEARLY_ALL * sum([len(word.text) for word in self.words])
