"""What the characters of a text page look like: size, direction, weight, visibility."""

from __future__ import annotations

import ctypes
import math
import re

import msgspec

from engine.evidence import Look
from engine.formulas.faces import face
from engine.pdf import library
from engine.pdf.geometry import POINTS_PER_INCH, Frame
from engine.pdf.library import Handle
from engine.pdf.looks import Looks
from engine.pdf.structure import Tree

_RIGHT_ANGLE = math.pi / 2
# In quarter turns: text that is off the axes by less is upright.
_UPRIGHT_WITHIN = 0.003
# In points.
_SMALLEST = 0.1

#: The render mode of text that is not seen.
INVISIBLE = 3
_FONT_NAME_BYTES = 128
_ITALIC = re.compile(rb"[Ii]talic|ITALIC|[Oo]blique|[Ss]lanted|Kursiv|CM(?:TI|MI|SL|BXTI)|SFTI|It(?:al)?(?:$|[^a-z])")
_BOLD = re.compile(rb"bold|black|heavy|CMBX|-demi|medi$|-B(?:$|[^a-z])", re.IGNORECASE)

_Cut = tuple[bool, bool, bool]
_NO_CUT = (False, False, False)


class Style(msgspec.Struct, frozen=True):
    """What the characters of one text object share.

    `size` in points, `height` the same in inches; `radians` counter-clockwise and `baseline` in user
    space; `turns`: clockwise quarter turns of the text in user space, None when it is slanted; `angle`:
    clockwise degrees on the page. `again`: another object begins at the same place, as when bold text is
    made by drawing it twice a fraction of a stroke apart. `element` and `look`: as in
    `engine.evidence.Word`.
    """

    size: float
    height: float
    radians: float
    turns: int | None
    angle: float
    baseline: tuple[float, float]
    bold: bool
    italic: bool
    math: bool
    invisible: bool
    again: bool
    element: int
    look: Look | None


class Styles:
    """Styles of the text objects of one text page, each asked for once."""

    def __init__(self, text_page: Handle, frame: Frame, tree: Tree, looks: Looks | None) -> None:
        self._text_page = text_page
        self._frame = frame
        self._tree = tree
        self._looks = looks
        self._of_object: dict[Handle, Style] = {}
        self._cut_of_font: dict[Handle, _Cut] = {}
        self._begun: set[tuple[int, int]] = set()

    def of(self, untrusted_object: Handle, index: int) -> Style:
        """The style of a text object that drew the character at `index`."""
        style = self._of_object.get(untrusted_object)
        if style is None:
            style = self._of_object[untrusted_object] = self._read(untrusted_object, index)
        return style

    def _read(self, untrusted_object: Handle, index: int) -> Style:
        matrix = (ctypes.c_float * 6)()
        library.matrix(self._text_page, index, ctypes.addressof(matrix))
        a, b, c, d, e, f = matrix
        size = library.font_size(self._text_page, index) * math.hypot(c, d)
        if not math.isfinite(size) or size < _SMALLEST:
            size = _SMALLEST
        radians = math.atan2(b, a) if math.isfinite(a) and math.isfinite(b) else 0.0
        turns = round(-radians / _RIGHT_ANGLE)
        font = library.font(untrusted_object) or 0 if untrusted_object else 0
        bold, italic, for_formulas = self._cut(font)
        invisible = bool(untrusted_object) and library.render_mode(untrusted_object) == INVISIBLE
        upright = abs(-radians / _RIGHT_ANGLE - turns) < _UPRIGHT_WITHIN
        return Style(
            size=size,
            height=size / POINTS_PER_INCH,
            radians=radians,
            turns=turns % 4 if upright else None,
            angle=self._frame.angle(-turns * _RIGHT_ANGLE if upright else radians),
            baseline=(e, f),
            bold=bold,
            italic=italic,
            math=for_formulas,
            invisible=invisible,
            again=self._begins_again(e, f, size),
            element=self._tree.element_of(untrusted_object),
            look=self._looks.of(untrusted_object, font) if self._looks and font and not invisible else None,
        )

    def _begins_again(self, x: float, y: float, size: float) -> bool:
        """Whether an object began at this place, or a quarter of its size from it, before; notes it."""
        if not (math.isfinite(x) and math.isfinite(y)):
            return False
        grain = size / 2
        cells = {(int((x + dx) / grain), int((y + dy) / grain)) for dx in (0, grain / 2) for dy in (0, grain / 2)}
        again = not self._begun.isdisjoint(cells)
        self._begun |= cells
        return again

    def _cut(self, font: Handle) -> _Cut:
        """Whether a font is bold, italic, and made for formulas, by its name."""
        if not font:
            return _NO_CUT
        cut = self._cut_of_font.get(font)
        if cut is None:
            name = font_name(font)
            cut = self._cut_of_font[font] = (
                bool(_BOLD.search(name)),
                bool(_ITALIC.search(name)),
                face(name).math,
            )
        return cut


def font_name(font: Handle) -> bytes:
    """The name of a font, cut to `_FONT_NAME_BYTES`; empty when it has none."""
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    if font:
        library.font_name(font, ctypes.addressof(name), _FONT_NAME_BYTES)
    return name.value
