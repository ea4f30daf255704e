"""Hyphens that only end a line are left out of Markdown, and those of a word stay."""

from __future__ import annotations

import pytest

from contract.page import LengthUnit
from engine.evidence import Quad, Word
from engine.layout.hyphens import Words, undone
from engine.reading.page import Figure, Line, Paragraph, ReadPage, paragraphs

QUAD: Quad = (1, 1, 2, 1, 2, 1.2, 1, 1.2)


def paragraph(*lines: str) -> Paragraph:
    def line(text: str) -> Line:
        return Line(text, QUAD, tuple(Word(part, QUAD, 0.0, 0.2, False, 0.9) for part in text.split()))

    return Paragraph(QUAD, tuple(line(one) for one in lines))


def hyphenated(first: str, second: str, elsewhere: str = "") -> bool:
    blocks = (paragraph(first, second), Figure(QUAD, (paragraph(elsewhere),)))
    page = ReadPage(1, 8.5, 11.0, LengthUnit.INCH, 0.0, blocks, True)
    words = Words()
    words.add(page)
    return next(paragraphs(undone(page, words).blocks)).lines[0].hyphenated


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "undone"),
    [
        ("the har-", "bour wall", "", True),
        ("the har-", "bour wall", "Harbour", True),
        ("a well-", "known quay", "", False),
        ("low-", "water mark", "the low-water mark", False),
        ("the tide-", "Table", "", False),
        ("in 19-", "twenty", "", False),
        ("tide-", "gauge", "tide gauge tide gauge", False),
        ("tide-", "gauge", "tidegauge tide gauge tide gauge", True),
    ],
)
def test_words_elsewhere_and_lower_case_decide(first: str, second: str, elsewhere: str, undone: bool) -> None:
    assert hyphenated(first, second, elsewhere) is undone
