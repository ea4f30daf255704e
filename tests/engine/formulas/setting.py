"""Characters set as a writer of documents sets them, for tests; an em is one unit, y grows downwards."""

from __future__ import annotations

from collections.abc import Iterator

from engine.evidence import Rule
from engine.formulas.faces import face
from engine.formulas.glyph import Glyph

ROMAN, ITALIC, SIGNS, TALL = b"CMR10", b"CMMI10", b"CMSY10", b"CMEX10"
WIDTH, HEIGHT = 0.5, 0.65
SMALL = 0.7


class Setting:
    """What was set so far; `x` is where the next character goes."""

    def __init__(self, x: float = 0.0, y: float = 10.0) -> None:
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.x, self.y = x, y

    def put(self, text: str, font: bytes = ROMAN, shift: float = 0.0, size: float = 1.0) -> Setting:
        """Characters side by side, raised by `shift`; a space leaves room."""
        for character in text:
            if character != " ":
                line = self.y - shift
                self.glyphs.append(
                    Glyph(
                        len(self.glyphs),
                        character,
                        face(font),
                        size,
                        self.x,
                        self.x + WIDTH * size,
                        line,
                        line - HEIGHT * size,
                        line,
                    )
                )
            self.x += (0.3 if character == " " else WIDTH) * size
        return self

    def math(self, text: str) -> Setting:
        """Characters with the fonts that TeX takes for them."""
        for character in text:
            self.put(character, ITALIC if character.isalpha() else SIGNS if character in "−×∈∼" else ROMAN)
        return self

    def sup(self, text: str, font: bytes = ROMAN) -> Setting:
        return self.put(text, font, 0.4, SMALL)

    def sub(self, text: str, font: bytes = ROMAN) -> Setting:
        return self.put(text, font, -0.15, SMALL)

    def back(self, to: float) -> Setting:
        self.x = to
        return self

    def fraction(self, above: str, below: str, font: bytes = ITALIC) -> Setting:
        start = self.x
        width = WIDTH * max(len(above), len(below))
        self.put(above, font, 0.68).back(start).put(below, font, -0.69)
        self.rules.append(Rule(start, self.y - 0.25, start + width, self.y - 0.25, 0.04))
        return self.back(start + width)

    def tall(self, code: str, height: float = 2.0) -> Setting:
        """A bracket or sign of `height`, centred on the axis, as the font of large signs codes it."""
        axis = self.y - 0.25
        top, bottom = axis - height / 2, axis + height / 2
        glyph = Glyph(len(self.glyphs), code, face(TALL), 1.0, self.x, self.x + WIDTH, top, top, bottom)
        self.glyphs.append(glyph)
        self.x += WIDTH
        return self

    def line(self, y: float, x: float = 0.0) -> Setting:
        self.x, self.y = x, y
        return self


def balanced(latex: str) -> bool:
    """Whether every brace of LaTeX closes."""
    depth = 0
    for character in _braces(latex):
        depth += 1 if character == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _braces(latex: str) -> Iterator[str]:
    escaped = False
    for character in latex:
        if not escaped and character in "{}":
            yield character
        escaped = character == "\\" and not escaped
