"""What parts of a scan look like tells headings and page furniture, and that formulas are none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from contract.layout import ParagraphRole
from contract.page import LengthUnit
from engine.evidence import Page, SeenKind, SeenPart, Word
from engine.layout.document import structured
from engine.layout.page import laid_out
from engine.reading.page import Paragraph
from tests.engine.layout.test_scans import PROSE, words


def roles(page: list[Word], *parts: SeenPart) -> dict[str, ParagraphRole | None]:
    """The text of the paragraphs of a page of 1000 x 1400 pixels, in reading order, and their roles."""
    read = structured([laid_out(Page(1, 1000.0, 1400.0, LengthUnit.PIXEL, tuple(page), parts=parts))])
    return {
        " ".join([line.text for line in block.lines]): block.role
        for one in read
        for block in one.blocks
        if isinstance(block, Paragraph)
    }


def seen(kind: SeenKind, said: list[Word]) -> SeenPart:
    """A part around some words."""
    xs, ys = [x for word in said for x in word.quad[0::2]], [y for word in said for y in word.quad[1::2]]
    return SeenPart(kind, (min(xs) - 3, min(ys) - 3, max(xs) + 3, max(ys) + 3))


def prose(y: float) -> list[Word]:
    return [word for number, line in enumerate(PROSE) for word in words(line, y + 26.0 * number, 20.0)]


def test_what_looks_like_a_heading_is_one_whatever_its_size() -> None:
    heading = words("Of the tide", 200.0, 20.0)
    page = [*heading, *prose(250.0)]
    assert roles(page)["Of the tide"] is None
    assert roles(page, seen(SeenKind.HEADING, heading))["Of the tide"] is ParagraphRole.SECTION_HEADING


def test_a_heading_is_parted_from_the_text_that_follows_it_closely() -> None:
    heading = words("Of the tide and of the boats that lie in the harbour all winter", 200.0, 20.0)
    page = [*heading, *prose(226.0)]
    assert len(roles(page)) == 1
    found = roles(page, seen(SeenKind.HEADING, heading))
    assert list(found.values()) == [ParagraphRole.SECTION_HEADING, None]


def test_lines_of_one_heading_are_one_paragraph() -> None:
    heading = [*words("Of the tide", 200.0, 20.0), *words("and of nets", 250.0, 20.0)]
    page = [*heading, *prose(320.0)]
    assert "Of the tide" in roles(page)
    found = roles(page, seen(SeenKind.HEADING, heading))
    assert found["Of the tide and of nets"] is ParagraphRole.SECTION_HEADING


def test_the_number_before_a_heading_belongs_to_it() -> None:
    title = [replace(word, quad=_moved(word, 60.0)) for word in words("Of the tide", 200.0, 20.0)]
    page = [*title, *words("4", 200.0, 20.0), *prose(250.0)]
    found = roles(page, seen(SeenKind.HEADING, title))
    assert found["4 Of the tide"] is ParagraphRole.SECTION_HEADING


def test_a_formula_is_no_heading_however_large() -> None:
    formula = words("Bu = Lu + v", 200.0, 34.0)
    page = [*formula, *prose(300.0), *prose(420.0)]
    assert ParagraphRole.TITLE in roles(page).values()
    found = roles(page, seen(SeenKind.EQUATION, formula))
    assert set(found.values()) == {None}


@pytest.mark.parametrize(("y", "role"), [(80.0, ParagraphRole.PAGE_HEADER), (600.0, None)])
def test_what_looks_like_a_header_is_one_at_the_head_of_the_page(y: float, role: ParagraphRole | None) -> None:
    head = words("The Harbour Gazette of the whole coast", y, 23.0)
    page = [*head, *prose(y + 35.0)]
    assert set(roles(page).values()) == {None}
    assert next(iter(roles(page, seen(SeenKind.HEADER, head)).values())) is role


def test_a_tab_at_the_edge_of_the_page_is_furniture() -> None:
    tab = [replace(word, quad=_moved(word, -95.0)) for word in words("Tides", 700.0, 24.0)]
    found = roles([*prose(200.0), *tab, *prose(900.0)])
    assert found["Tides"] is ParagraphRole.PAGE_HEADER


def _moved(word: Word, across: float) -> tuple[float, float, float, float, float, float, float, float]:
    x1, y1, x2, y2, x3, y3, x4, y4 = word.quad
    return x1 + across, y1, x2 + across, y2, x3 + across, y3, x4 + across, y4
