"""Selection marks of a PDF page: fields of its form, and boxes and circles that are drawn on it.

What is drawn is told by its pixels, as on a scan, but only where the page has small shapes at all, and with
its text painted over, so that no letter is taken for a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from contract.page import SelectionState
from engine.evidence import MARK_TEXTS, SPELLED_OUT, Box, Drawings, Quad, Rule, Word
from engine.pdf import objects, unread
from engine.pdf.geometry import Frame
from engine.pdf.page import OpenPage
from engine.pdf.render import rendered
from engine.scan.marks.among import among, bounds
from engine.scan.marks.candidates import grey_of
from engine.scan.marks.detect import found
from engine.scan.scale import scaled

_DPI, _MOST_PIXELS = 150.0, 16_000_000
# In inches: sides of a mark.
_LEAST, _MOST = 0.06, 0.45
# A page with more small shapes has a drawing of them.
_MOST_SHAPES = 400
# How much longer than wide a shape may be, or wider than long.
_OBLONG = 1.7
# Lines along and down the page that can make a box.
_SIDES = 2
# In inches, the least side of a picture that shows something, and the share of a page that it covers at most.
_LEAST_SCENE, _MOST_SCENE = 0.6, 0.5
# What is written into a box to mark it, and how long what stands for a symbol may be.
_INTO = re.compile(r"[Xx×✓✔✕✗✘√■▪●•]$")
_SYMBOL = 2


def with_marks(page: OpenPage, words: Sequence[Word], drawn: Drawings) -> list[Word]:
    """The words of a page and its marks, each beside its label; what is written in a mark is no word of its own.

    `drawn`: what is drawn on the page; nothing in a picture is a mark. Measures in inches.
    """
    if not words:
        return list(words)
    size = median([word.size for word in words])
    fields = [_field(page.frame, button.box, button.selected, size) for button in page.fields.buttons]
    marks = list(fields)
    if _has_small_shapes(page, drawn.rules):
        taken = [picture.box for picture in drawn.pictures if _is_scene(picture.box, page.frame)]
        marks += [
            mark
            for mark in _drawn(page, words, size)
            if not any(_holds(mark, other) for other in fields) and not any(_is_within(mark, box) for box in taken)
        ]
    if not marks:
        return list(words)
    return among([word for word in words if not any(_holds(mark, word) for mark in marks)], marks)


def _field(frame: Frame, box: Box, selected: bool, size: float) -> Word:
    state = SelectionState.SELECTED if selected else SelectionState.UNSELECTED
    return Word(MARK_TEXTS[state], frame.upright_quad(*box, -frame.quarter_turns), 0.0, size, False, SPELLED_OUT, state)


def _has_small_shapes(page: OpenPage, rules: Sequence[Rule]) -> bool:
    """Whether any marks can be drawn on a page, and not so many that it is something else."""
    shapes = sum(1 for box in _shapes(page) if _is_small(box))
    along = sum(1 for rule in rules if _LEAST < rule.x2 - rule.x1 < _MOST)
    down = sum(1 for rule in rules if _LEAST < rule.y2 - rule.y1 < _MOST)
    lines = min(along, down)
    return 0 < shapes <= _MOST_SHAPES or _SIDES <= lines <= _MOST_SHAPES


def _is_scene(box: Box, frame: Frame) -> bool:
    """Whether a picture is neither a mark itself nor a scan of the page."""
    width, height = frame.size
    across, down = box[2] - box[0], box[3] - box[1]
    return min(across, down) > _LEAST_SCENE and across * down < _MOST_SCENE * width * height


def _is_within(mark: Word, box: Box) -> bool:
    x, y = _middle(mark.quad)
    return box[0] < x < box[2] and box[1] < y < box[3]


def _shapes(page: OpenPage) -> Iterator[Box]:
    yield from page.images
    yield from objects.boxes(page.handle, pdfium.FPDF_PAGEOBJ_PATH)


def _is_small(box: Box) -> bool:
    shorter, longer = sorted(((box[2] - box[0]) / 72, (box[3] - box[1]) / 72))
    return shorter > _LEAST and longer < _MOST and longer < _OBLONG * shorter


def _drawn(page: OpenPage, words: Sequence[Word], size: float) -> Iterator[Word]:
    width, height = page.frame.size
    pixels = rendered(page.handle, width, height, _DPI, _MOST_PIXELS)
    inch = pixels.shape[1] / width
    letters = [word for word in words if not _INTO.match(word.text)]
    grey = grey_of(unread.without(pixels, inch, letters))
    for one in found(grey, size * inch):
        placed = scaled(one.mark, 1 / inch)
        if not any(_meets(placed, word) for word in letters):
            yield placed


def _holds(mark: Word, word: Word) -> bool:
    """Whether a mark is around the middle of what may be a symbol in it."""
    left, top, right, bottom = bounds(mark.quad)
    x, y = _middle(word.quad)
    return (len(word.text) <= _SYMBOL or word.mark is not None) and left < x < right and top < y < bottom


def _meets(mark: Word, word: Word) -> bool:
    """Whether a mark and a word stand at one place."""
    left, top, right, bottom = bounds(word.quad)
    x, y = _middle(mark.quad)
    mark_left, mark_top, mark_right, mark_bottom = bounds(mark.quad)
    word_x, word_y = _middle(word.quad)
    return (left < x < right and top < y < bottom) or (
        mark_left < word_x < mark_right and mark_top < word_y < mark_bottom
    )


def _middle(quad: Quad) -> tuple[float, float]:
    return sum(quad[0::2]) / 4, sum(quad[1::2]) / 4
