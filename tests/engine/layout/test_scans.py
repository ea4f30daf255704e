"""Headings of pages whose words were seen in pixels: sizes are measures there, and nothing is known to be bold."""

from __future__ import annotations

from contract.layout import ParagraphRole
from contract.page import LengthUnit
from engine.evidence import Page, Word
from engine.layout.document import structured
from engine.layout.page import laid_out
from engine.reading.page import Paragraph

PROSE = (
    "The tide comes in twice a day and the quay is wet up to the third step",
    "by noon. Nobody has counted the boats since the harbour master left.",
    "There are more of them each spring, and the nets are mended at dusk.",
)


def words(said: str, y: float, size: float) -> list[Word]:
    """A line of words from a height of the page on, as recognition gives them."""
    found = []
    x = 100.0
    for text in said.split():
        width = 0.5 * size * len(text)
        quad = (x, y, x + width, y, x + width, y + size, x, y + size)
        found.append(Word(text, quad, 0.0, size, False, 0.97))
        x += width + 0.4 * size
    return found


def headings(*parts: tuple[str, float]) -> dict[str, int]:
    """The levels of the headings on a page of lines, each with its size and prose of varying size after it."""
    y = 200.0
    page: list[Word] = []
    for number, (said, size) in enumerate(parts):
        page += words(said, y, size)
        y += 2.5 * size
        for line in PROSE:
            page += words(line, y, 20.0 + number % 2)
            y += 26.0
        y += 30.0
    read = structured([laid_out(Page(1, 1000.0, 1400.0, LengthUnit.PIXEL, tuple(page)))])
    return {
        block.lines[0].text: block.level
        for one in read
        for block in one.blocks
        if isinstance(block, Paragraph) and block.role in (ParagraphRole.SECTION_HEADING, ParagraphRole.TITLE)
    }


def test_a_number_alone_tells_a_heading() -> None:
    assert headings(("2.1 Of the tide", 20.0), ("2.2.Of boats", 21.0), ("Of nobody", 20.0)) == {
        "2.1 Of the tide": 2,
        "2.2.Of boats": 2,
    }


def test_lines_that_were_measured_a_little_larger_are_no_headings() -> None:
    assert headings(("Of the tide", 24.0), ("Of boats", 23.0)) == {}


def test_sizes_that_are_nearly_one_are_of_one_level() -> None:
    found = headings(("All about the quay", 50.0), ("Of the tide", 31.0), ("Of boats", 33.0), ("Of nets", 32.0))
    assert found == {"All about the quay": 1, "Of the tide": 2, "Of boats": 2, "Of nets": 2}
