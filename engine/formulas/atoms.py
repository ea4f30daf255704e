"""The things that a formula is written from: characters, and parts that are written already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from engine.evidence import Rule
from engine.formulas.faces import Coding
from engine.formulas.glyph import Glyph
from engine.formulas.symbols import ACCENTS, LARGE, OPERATORS, RELATIONS, latex

# In font sizes: the axis of a formula, which fractions and tall brackets are centred on, above the line.
AXIS: Final = 0.25
# Ink that is higher than this is centred on the axis.
_TALL = 1.3

_COMMAND_END = re.compile(r"\\[A-Za-z]+$")
_DOTS = ((r"\cdot\cdot\cdot", r"\cdots"), ("...", r"\ldots"))


class Atom(msgspec.Struct, frozen=True, gc=False):
    """A thing on the line of a formula. `letters`: it is upright letters, which may spell a name with others.

    `accent`: the command for what it is over a letter. `large`: a sum, a root or the like, which may be of any size.
    """

    latex: str
    size: float
    left: float
    right: float
    baseline: float
    top: float
    bottom: float
    letters: bool = False
    accent: str = ""
    large: bool = False

    @property
    def middle(self) -> float:
        """Height of the middle of its ink."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The middle between its sides."""
        return (self.left + self.right) / 2

    @property
    def relates(self) -> bool:
        """Whether it is a sign between others, which has space around it anyway."""
        return self.latex in RELATIONS

    def covers(self, rule: Rule) -> bool:
        """Whether a line along the page is drawn within its ink."""
        return self.left <= (rule.x1 + rule.x2) / 2 <= self.right and self.top <= rule.y1 <= self.bottom

    def before(self, other: Atom) -> Atom:
        """This and what follows it, as one."""
        return msgspec.structs.replace(
            self,
            latex=self.latex + other.latex,
            right=max(self.right, other.right),
            top=min(self.top, other.top),
            bottom=max(self.bottom, other.bottom),
        )


def atom(glyph: Glyph) -> Atom | None:
    """A character; None for one without a meaning."""
    accent = ACCENTS.get(glyph.text, "")
    written = latex(glyph.text, glyph.face) or accent
    if not written:
        return None
    baseline = glyph.baseline
    if glyph.face.coding is Coding.EXTENSION or glyph.bottom - glyph.top > _TALL * glyph.size:
        baseline = (glyph.top + glyph.bottom) / 2 + AXIS * glyph.size
    if written in ACCENTS.values():
        accent = written.replace(r"\hat", r"\widehat").replace(r"\tilde", r"\widetilde")
    return Atom(
        latex=written,
        size=glyph.size,
        left=glyph.left,
        right=glyph.right,
        baseline=baseline,
        top=glyph.top,
        bottom=glyph.bottom,
        letters=glyph.in_words and not glyph.face.italic and written == glyph.text,
        accent=accent,
        large=written in LARGE,
    )


def box(written: str, parts: Sequence[Atom]) -> Atom:
    """Something written, that takes the place of its parts."""
    return Atom(
        latex=written,
        size=max([part.size for part in parts]),
        left=min([part.left for part in parts]),
        right=max([part.right for part in parts]),
        baseline=parts[0].baseline,
        top=min([part.top for part in parts]),
        bottom=max([part.bottom for part in parts]),
    )


def name(spelled: Atom) -> Atom:
    """Upright letters as LaTeX has them."""
    text = spelled.latex
    written = f"\\{text}" if text in OPERATORS else rf"\mathrm{{{text}}}"
    return msgspec.structs.replace(spelled, latex=written, letters=False)


def joined(parts: Iterable[str]) -> str:
    """Parts side by side, with a space where a command or a sign would run into what follows."""
    written: list[str] = []
    last = ""
    for part in parts:
        if not part:
            continue
        # A sign right before a letter would begin a tag of HTML.
        if (part[0].isalnum() and _COMMAND_END.search(last)) or (last.endswith("<") and not part[0].isdigit()):
            written.append(" ")
        written.append(part)
        last = part
    text = "".join(written)
    for dots, command in _DOTS:
        text = text.replace(dots, command)
    return text
