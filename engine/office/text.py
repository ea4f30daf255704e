"""Text of a file without geometry to paragraphs of lines of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

import msgspec

from contract.layout import ParagraphRole
from contract.page import SelectionState
from engine.evidence import MARK_TEXTS, Quad, Word
from engine.reading.page import Line, Paragraph
from engine.text import IDEOGRAPH, clean

#: The place of what has none.
NOWHERE: Final[Quad] = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

Inline = str | SelectionState
"""A run of text, in which a line feed ends a line, or a box that can be ticked."""

_WORD = re.compile(rf"[{IDEOGRAPH}][\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*|[^{IDEOGRAPH}]+")
_SIGNS: Final = {SelectionState.SELECTED: "☒", SelectionState.UNSELECTED: "☐"}
# The file spells its text out; nothing was recognized.
_CONFIDENCE: Final = 1.0
_SIZE: Final = 1.0


def paragraph(parts: Iterable[Inline], role: ParagraphRole | None = None, level: int = 0) -> Paragraph | None:
    """The paragraph of runs that follow each other; None when there is nothing to see in it."""
    lines: list[Line] = []
    words: list[Word] = []
    tokens: list[str] = []

    def end_line() -> None:
        if words:
            lines.append(Line(" ".join(tokens), NOWHERE, tuple(words)))
            words.clear()
            tokens.clear()

    for is_text, run in groupby(parts, key=lambda part: type(part) is str):
        if not is_text:
            for state in run:
                mark = SelectionState(state)
                words.append(Word(MARK_TEXTS[mark], NOWHERE, 0.0, _SIZE, False, _CONFIDENCE, mark))
                tokens.append(MARK_TEXTS[mark])
            continue
        for number, untrusted_line in enumerate("".join(run).split("\n")):
            if number:
                end_line()
            for untrusted_token in untrusted_line.split():
                token = [text for part in _WORD.findall(untrusted_token) if (text := clean(part))]
                if token:
                    words += [Word(text, NOWHERE, 0.0, _SIZE, False, _CONFIDENCE) for text in token]
                    tokens.append("".join(token))
    end_line()
    return Paragraph(NOWHERE, tuple(lines), role, level) if lines else None


def characters(found: Paragraph) -> int:
    """How many characters a paragraph adds to the content, with the break after each line."""
    return sum([len(line.text) + 1 for line in found.lines])


def ticks(line: Line) -> Line:
    """A line whose selection marks are words, written with the signs of ballot boxes."""
    if all(word.mark is None for word in line.words):
        return line
    words = tuple(
        msgspec.structs.replace(word, text=_SIGNS[word.mark], mark=None) if word.mark else word for word in line.words
    )
    text = ""
    position = 0
    for before, word in zip(line.words, words, strict=True):
        if line.text.startswith(" ", position):
            text += " "
            position += 1
        position += len(before.text)
        text += word.text
    return Line(text, line.quad, words, line.hyphenated)
