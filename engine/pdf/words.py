"""Characters of a text page to words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from engine.evidence import FORMULA, SPELLED_OUT, Formula, Quad, Word
from engine.formulas.glyph import Found
from engine.pdf import accents, boxes, characters
from engine.pdf.boxes import Box
from engine.pdf.geometry import Frame
from engine.pdf.library import Handle
from engine.pdf.looks import Looks
from engine.pdf.structure import UNTAGGED, Tree
from engine.pdf.styles import Style, Styles
from engine.text import BALLOTS, IDEOGRAPH, clean, legibility

# Of a formula whose characters all have a meaning: how they belong together is told by where they stand.
_BUILT = 0.9
# Takes the place of a formula in the text of a page: a character that is always a word of its own.
_STAND_IN = BALLOTS[0]

# Words end at space, after a hyphen that pdfium found at the end of a line (it then leaves out the
# break), around boxes to tick, and around each ideograph, which takes the marks after it along.
_WORD = re.compile(
    rf"[{IDEOGRAPH}][\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*|[{BALLOTS}]"
    rf"|[^\s\x02\ufffe{IDEOGRAPH}{BALLOTS}]+[\x02\ufffe]?|[\x02\ufffe]"
)

# Words that run together are longer than most.
_LONG = 9

# Bounds the work on a page that says the same word again and again.
_REPEATS_LOOKED_AT = 500


def words(
    text_page: Handle,
    untrusted_count: int,
    frame: Frame,
    keep_invisible: bool,
    tree: Tree = UNTAGGED,
    looks: Looks | None = None,
    formulas: Sequence[Found] = (),
) -> list[Word]:
    """The words of a page of `untrusted_count` characters, in the order of the content stream.

    With `looks` each has its own. Each of the formulas takes the place of its characters. Left out: what lies
    outside the visible box, what is invisible unless `keep_invisible`, and words drawn a second time over
    themselves.
    """
    built = {formula.indices[0]: formula for formula in formulas}
    text = accents.composed(text_page, _without(characters.text(text_page, untrusted_count), formulas))
    spans = [match.span() for match in _WORD.finditer(text)]
    starts = [start for start, _ in spans]
    styles = Styles(text_page, frame, tree, looks)
    found = _Found(frame, keep_invisible)
    # pdfium parts words well, so that the first and last character of a word give its box.
    for (start, end), drawn_by, first, last in zip(
        spans,
        characters.objects(text_page, starts),
        characters.boxes(text_page, starts),
        characters.boxes(text_page, [end - 1 for _, end in spans]),
        strict=True,
    ):
        style = styles.of(drawn_by, start)
        left, bottom, _, top = first
        if start in built:
            found.add_formula(built[start], style)
        elif text[start] in BALLOTS and style.turns is not None:
            found.add_box(text[start], characters.tight_box(text_page, start) or first, style)
        elif (
            style.turns == 0
            and bottom == last[1]
            and top == last[3]
            and left <= last[0]
            and last[2] - left < (end - start) * style.size * boxes.LONGEST_ADVANCE
        ):
            # One font on one line, which is how nearly all words stand.
            if end - start < _LONG or not _add_run(found, text_page, text[start:end], start, style):
                found.add(text[start:end], (left, bottom, last[2], top), style)
        elif style.turns is None:
            found.add_slanted(text[start:end], [first, last], style)
        elif boxes.stand_together(first, last, end - start, style):
            found.add(text[start:end], boxes.around((first, last)), style)
        else:
            _add_parts(found, text_page, text, range(start, end), styles)
    return found.words


def _without(text: str, formulas: Sequence[Found]) -> str:
    """The text of a page with one character for each of the formulas and space for the rest of it."""
    if not formulas:
        return text
    letters = list(text)
    for formula in formulas:
        for index in formula.indices:
            letters[index] = " "
        letters[formula.indices[0]] = _STAND_IN
    return "".join(letters)


def _add_run(found: _Found, text_page: Handle, run: str, start: int, style: Style) -> bool:
    """Adds the words of a run in which narrow spaces were overlooked; false when there are none.

    Lines that are squeezed to fit have spaces that are hardly wider than those between letters.
    """
    places = characters.boxes(text_page, range(start, start + len(run)))
    begins = boxes.overlooked_spaces(run, places, style.size)
    if not begins:
        return False
    for begin, end in pairwise([0, *begins, len(run)]):
        found.add(run[begin:end], boxes.around(places[begin:end]), style)
    return True


def _add_parts(found: _Found, text_page: Handle, text: str, run: range, styles: Styles) -> None:
    """Adds the words of a run that has no space in it but may have gaps or new lines."""
    drawn_by = characters.objects(text_page, run)
    places = characters.boxes(text_page, run)
    begin = 0
    for end in range(1, len(run) + 1):
        style = styles.of(drawn_by[begin], run[begin])
        if end == len(run) or not boxes.touch(places[end - 1], places[end], style):
            found.add(text[run[begin] : run[begin] + end - begin], boxes.around(places[begin:end]), style)
            begin = end


class _Found:
    """The words found so far."""

    def __init__(self, frame: Frame, keep_invisible: bool) -> None:
        self.words: list[Word] = []
        self._frame = frame
        self._width, self._height = frame.size
        self._keep_invisible = keep_invisible
        self._drawn: dict[str, list[Word]] = {}
        self._noted = 0

    def add(self, untrusted_text: str, box: Box, style: Style) -> None:
        """Adds an upright word, unless it is to be left out."""
        left, bottom, right, top = boxes.trimmed(boxes.with_true_height(box, style), style)
        self._add(untrusted_text, self._frame.upright_quad(left, bottom, right, top, style.turns or 0), style)

    def add_box(self, untrusted_text: str, box: Box, style: Style) -> None:
        """Adds an upright word whose shape is seen, unless it is to be left out."""
        self._add(untrusted_text, self._frame.upright_quad(*box, style.turns or 0), style)

    def add_formula(self, formula: Found, style: Style) -> None:
        """Adds a formula, upright and in inches as displayed."""
        left, top, right, bottom = formula.box
        self.words.append(
            Word(
                FORMULA,
                (left, top, right, top, right, bottom, left, bottom),
                0.0,
                formula.size,
                False,
                round(_BUILT * formula.known, 3),
                element=style.element,
                math=True,
                formula=Formula(formula.kind, formula.latex),
            )
        )

    def add_slanted(self, untrusted_text: str, ends: list[Box], style: Style) -> None:
        """Adds a word that runs neither along nor across the page, unless it is to be left out."""
        height = (boxes.ASCENT + boxes.DESCENT) * style.size
        self._add(untrusted_text, self._frame.slanted_quad(ends, style.radians, height), style)

    def _add(self, untrusted_text: str, quad: Quad, style: Style) -> None:
        if untrusted_text.isascii() and untrusted_text.isprintable():
            text, confidence = untrusted_text, SPELLED_OUT
        else:
            text = clean(untrusted_text)
            confidence = round(SPELLED_OUT * legibility(text), 3) if text else 0.0
        x, y = quad[0] + quad[4], quad[1] + quad[5]
        visible = 0.0 <= x <= 2 * self._width and 0.0 <= y <= 2 * self._height
        if not text or not visible or (style.invisible and not self._keep_invisible):
            return
        word = Word(
            text,
            quad,
            style.angle,
            style.height,
            style.bold,
            confidence,
            None,
            style.italic,
            style.element,
            style.look,
            style.math,
        )
        if not (style.again and self._drawn_before(word)):
            self.words.append(word)

    def _drawn_before(self, word: Word) -> bool:
        """Whether one of the last words with this text stands within a quarter of its size of this one."""
        for noted in self.words[self._noted :]:
            self._drawn.setdefault(noted.text, []).append(noted)
        self._noted = len(self.words)
        reach = word.size / 4
        x, y = word.quad[0], word.quad[1]
        return any(
            abs(other.quad[0] - x) < reach and abs(other.quad[1] - y) < reach
            for other in self._drawn.get(word.text, ())[-_REPEATS_LOOKED_AT:]
        )
