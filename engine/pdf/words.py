"""Characters of a text page to words."""

from __future__ import annotations

import ctypes
import math
import re
from itertools import pairwise

import msgspec

from engine.evidence import Word
from engine.pdf import library
from engine.pdf.characters import Characters
from engine.pdf.geometry import POINTS_PER_INCH, Frame
from engine.pdf.library import Handle
from engine.text import IDEOGRAPH, clean, legibility

#: Confidence of a character that the document itself spells out.
SPELLED_OUT = 0.995

# Words end at space, after a hyphen that pdfium found at the end of a line (it then leaves out the
# break), and around each ideograph, which takes the punctuation and marks after it along.
_WORD = re.compile(
    rf"[{IDEOGRAPH}][\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*|[^\s\x02\ufffe{IDEOGRAPH}]+[\x02\ufffe]?|[\x02\ufffe]"
)

# Shares of the height of a character: a wider gap parts words, a longer step back starts anew, boxes
# that overlap less than this are on different lines.
_GAP = 0.35
_STEP_BACK = 1.0
_SAME_LINE = 0.3

# A font whose box is out of these bounds, in font sizes, has no true ascent and descent.
_LOWEST_BOX, _HIGHEST_BOX = 0.5, 1.9
_ASCENT, _DESCENT = 0.9, 0.22

_RIGHT_ANGLE = math.pi / 2
_UPRIGHT_WITHIN = 0.003


class _Style(msgspec.Struct, frozen=True):
    """What the characters of one text object share; points and radians of user space."""

    size: float
    radians: float
    baseline: tuple[float, float]
    bold: bool
    invisible: bool


class Styles:
    """Styles of the text objects of one text page, each asked for once."""

    def __init__(self, text_page: Handle) -> None:
        self._text_page = text_page
        self._of_object: dict[Handle, _Style] = {}
        self._bold: dict[Handle, bool] = {}

    def at(self, index: int) -> _Style:
        """The style of a character."""
        untrusted_object = library.text_object(self._text_page, index) or 0
        style = self._of_object.get(untrusted_object)
        if style is None:
            style = self._of_object[untrusted_object] = self._read(untrusted_object, index)
        return style

    def _read(self, untrusted_object: Handle, index: int) -> _Style:
        matrix = (ctypes.c_float * 6)()
        library.matrix(self._text_page, index, ctypes.addressof(matrix))
        a, b, c, d, e, f = matrix
        size = library.font_size(self._text_page, index) * math.hypot(c, d)
        return _Style(
            size=size if math.isfinite(size) and size > 0 else 1.0,
            radians=math.atan2(b, a) if math.isfinite(a) and math.isfinite(b) else 0.0,
            baseline=(e, f),
            bold=bool(untrusted_object) and self._is_bold(library.font(untrusted_object) or 0),
            invisible=bool(untrusted_object) and library.render_mode(untrusted_object) == _INVISIBLE,
        )

    def _is_bold(self, font: Handle) -> bool:
        if not font:
            return False
        bold = self._bold.get(font)
        if bold is None:
            name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
            library.font_name(font, ctypes.addressof(name), _FONT_NAME_BYTES)
            bold = self._bold[font] = _BOLD.search(name.value) is not None
        return bold


_INVISIBLE = 3
_FONT_NAME_BYTES = 128
_BOLD = re.compile(rb"bold|black|heavy|CMBX|-demi|medi$|-B(?:$|[^a-z])", re.IGNORECASE)


def words(characters: Characters, styles: Styles, frame: Frame, keep_invisible: bool) -> list[Word]:
    """The words of a page, in the order of the content stream.

    Left out: what lies outside the visible box, what is invisible unless `keep_invisible`, and words
    drawn a second time over themselves.
    """
    width, height = frame.size
    found: list[Word] = []
    drawn: dict[tuple[str, int, int], None] = {}
    for match in _WORD.finditer(characters.text):
        for start, end in _runs(characters, match.start(), match.end()):
            text = clean(characters.text[start:end])
            if not text:
                continue
            style = styles.at(start)
            if style.invisible and not keep_invisible:
                continue
            word = _word(characters, start, end, text, style, frame)
            quad = word.quad
            x, y = (quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2
            if not (0.0 <= x <= width and 0.0 <= y <= height):
                continue
            # Bold text is at times drawn twice, a fraction of a stroke apart.
            grain = word.size / 4
            cell = (text, int(x / grain), int(y / grain))
            if cell in drawn:
                continue
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    drawn[text, cell[1] + dx, cell[2] + dy] = None
            found.append(word)
    return found


def _runs(characters: Characters, start: int, end: int) -> list[tuple[int, int]]:
    """Parts of a run without space that stand together on the page."""
    if end - start == 1:
        return [(start, end)]
    left, right = characters.left[start:end], characters.right[start:end]
    top, bottom = characters.top[start:end], characters.bottom[start:end]
    reach = max(top[0] - bottom[0], right[0] - left[0])
    gap, back = _GAP * reach, _STEP_BACK * reach
    steps = [b - a for a, b in zip(right, left[1:], strict=False)]
    if max(steps) <= gap and min(steps) >= -back and max(bottom) < min(top):
        return [(start, end)]
    if not _apart(left, right) and _apart(bottom, top):
        # Text that runs up or down the page.
        left, right, bottom, top = bottom, top, left, right
    runs, first = [], start
    for offset, (i, j) in enumerate(pairwise(range(end - start)), start + 1):
        step = max(left[j] - right[i], left[i] - right[j])
        overlap = min(top[i], top[j]) - max(bottom[i], bottom[j])
        shorter = min(top[i] - bottom[i], top[j] - bottom[j])
        if step > gap or (shorter > 0 and overlap < _SAME_LINE * shorter):
            runs.append((first, offset))
            first = offset
    runs.append((first, end))
    return runs


def _apart(low: list[float], high: list[float]) -> bool:
    """Whether the first and last character of a run stand apart along an axis."""
    return low[-1] >= high[0] or low[0] >= high[-1]


def _word(characters: Characters, start: int, end: int, text: str, style: _Style, frame: Frame) -> Word:
    left, right = characters.left[start:end], characters.right[start:end]
    bottom, top = characters.bottom[start:end], characters.top[start:end]
    box = [min(left), min(bottom), max(right), max(top)]
    size = style.size
    turns = -style.radians / _RIGHT_ANGLE
    whole_turns = round(turns)
    if abs(turns - whole_turns) < _UPRIGHT_WITHIN:
        across = whole_turns % 2
        extent = box[3 - across] - box[1 - across]
        if not _LOWEST_BOX * size < extent < _HIGHEST_BOX * size:
            _set_height(box, style, whole_turns % 4)
        quad = frame.upright_quad(box[0], box[1], box[2], box[3], whole_turns % 4)
        angle = frame.angle(-whole_turns * _RIGHT_ANGLE)
    else:
        boxes = list(zip(left, bottom, right, top, strict=True))
        quad = frame.slanted_quad(boxes, style.radians, (_ASCENT + _DESCENT) * size)
        angle = frame.angle(style.radians)
    confidence = SPELLED_OUT if text.isascii() else round(SPELLED_OUT * legibility(text), 3)
    return Word(text, quad, angle, size / POINTS_PER_INCH, style.bold, confidence)


def _set_height(box: list[float], style: _Style, turns: int) -> None:
    """Sets the sides of a box across the text from the baseline and the size of the font."""
    x, y = style.baseline
    ascent, descent = _ASCENT * style.size, _DESCENT * style.size
    if turns == 0:
        box[1], box[3] = y - descent, y + ascent
    elif turns == 1:
        box[0], box[2] = x - descent, x + ascent
    elif turns == 2:
        box[1], box[3] = y - ascent, y + descent
    else:
        box[0], box[2] = x - ascent, x + descent
