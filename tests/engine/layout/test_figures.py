"""Images and drawings are figures, with the text in them, their captions, and the notes below tables."""

from __future__ import annotations

import time

import pytest

from contract.page import LengthUnit
from engine.evidence import Page, Picture, Rule, Word
from engine.layout.page import laid_out
from engine.reading.page import Block, Figure, Paragraph, Table

SIZE = 0.15
PROSE = "of water and wind by the old quay"


def line(text: str, x: float, y: float, *, size: float = SIZE, angle: float = 0.0, sure: float = 0.995) -> list[Word]:
    """The words of a line that begins at x with its top at y; angle -90 runs up the page."""
    words, along = [], 0.0
    for part in text.split(" "):
        length = len(part) * size / 2
        if angle == -90.0:
            quad = (x, y - along, x, y - along - length, x + size, y - along - length, x + size, y - along)
        else:
            quad = (x + along, y, x + along + length, y, x + along + length, y + size, x + along, y + size)
        words.append(Word(part, quad, angle, size, False, sure))
        along += length + size / 2
    return words


def column(y: float, lines: int, x: float = 1.0) -> list[list[Word]]:
    return [line(f"{number} {PROSE}", x, y + number * 1.2 * SIZE) for number in range(lines)]


def blocks(*words: list[Word], pictures: tuple[Picture, ...] = (), rules: tuple[Rule, ...] = ()) -> tuple[Block, ...]:
    page = Page(
        1,
        8.5,
        11.0,
        LengthUnit.INCH,
        tuple(word for group in words for word in group),
        pictures=pictures,
        rules=rules,
    )
    return laid_out(page).blocks


def said(paragraphs: tuple[Block, ...]) -> list[str]:
    return [line.text for one in paragraphs if isinstance(one, Paragraph) for line in one.lines]


def test_a_picture_is_a_figure_at_its_place_with_its_caption() -> None:
    caption = line("Figure 1: The quay", 1.2, 5.1)
    found = blocks(*column(1, 3), *column(6, 3), caption, pictures=(Picture((1, 2, 4, 5)),))
    assert [type(block) for block in found] == [Paragraph, Figure, Paragraph]
    assert isinstance(found[1], Figure)
    assert found[1].quad == (1, 2, 4, 2, 4, 5, 1, 5)
    assert said(found[1].caption) == ["Figure 1: The quay"]


def test_words_in_a_picture_and_labels_around_it_belong_to_it() -> None:
    inside, below = line("high water", 2, 3), line("noon", 2.4, 5.05)
    beside = line("metres", 0.8, 4, angle=-90.0)
    found = blocks(*column(1, 3), inside, below, beside, *column(6, 3), pictures=(Picture((1, 2, 4, 5)),))
    (figure,) = [block for block in found if isinstance(block, Figure)]
    assert sorted(said(figure.paragraphs)) == ["high water", "metres", "noon"]
    assert figure.quad[1] < 5.05 < figure.quad[5]
    assert len(said(found)) == 6


def test_a_page_with_a_picture_alone_has_a_figure() -> None:
    assert [type(block) for block in blocks(pictures=(Picture((1, 2, 4, 5)),))] == [Figure]


def test_parts_of_a_picture_are_one_figure() -> None:
    strips = tuple(Picture((1, top, 4, top + 0.5)) for top in (2.0, 2.5, 3.0))
    found = blocks(*column(1, 3), pictures=strips)
    assert [block.quad[5] for block in found if isinstance(block, Figure)] == [3.5]


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(Picture((0, 0, 8.5, 11)), id="a scan"),
        pytest.param(Picture((0.9, 0.9, 5, 2.2)), id="a frame around text"),
        pytest.param(Picture((5, 5, 5.2, 5.2)), id="an icon"),
    ],
)
def test_what_is_no_figure(picture: Picture) -> None:
    assert said(blocks(*column(1, 6), pictures=(picture,))) == [f"{number} {PROSE}" for number in range(6)]


def test_what_was_read_of_a_small_picture_belongs_to_it() -> None:
    found = blocks(*column(1, 3), line("build passing", 1.1, 3.05, sure=0.9), pictures=(Picture((1, 3, 2.5, 3.25)),))
    assert [said(block.paragraphs) for block in found if isinstance(block, Figure)] == [["build passing"]]


def test_a_sentence_that_begins_with_a_label_is_no_caption() -> None:
    sentence = line("Figure 1 shows the quay", 1.2, 5.1)
    found = blocks(*column(1, 3), sentence, *column(6, 3), pictures=(Picture((1, 2, 4, 5)),))
    assert [block.caption for block in found if isinstance(block, Figure)] == [()]


def test_a_table_has_its_caption_above_and_its_note_below() -> None:
    xs, ys = (1.0, 3.0, 5.0), (2.0, 2.5, 3.0, 3.5)
    rules = tuple(Rule(xs[0], y, xs[-1], y, 0.01) for y in ys) + tuple(Rule(x, ys[0], x, ys[-1], 0.01) for x in xs)
    cells = [line(f"cell {x:.0f} {y:.0f}", x + 0.1, y + 0.1) for y in ys[:-1] for x in xs[:-1]]
    title, name = line("TABLE I", 2.4, 1.5), line("Tides", 2.6, 1.7)
    note = line("Note: in metres", 1, 3.6)
    found = blocks(*column(0.5, 3), title, name, *cells, note, *column(6, 3), rules=rules)
    (table,) = [block for block in found if isinstance(block, Table)]
    assert said(table.caption) == ["TABLE I", "Tides"]
    assert said(table.footnotes) == ["Note: in metres"]


def test_a_page_full_of_pictures_and_words_takes_no_more_than_its_share_of_time() -> None:
    words = [line("a b", 0.1 * (n % 80), 0.002 * n) for n in range(5_000)]
    pictures = tuple(Picture((0.1 * (n % 80), 0.01 * n, 0.1 * (n % 80) + 0.05, 0.01 * n + 0.05)) for n in range(1_000))
    start = time.process_time()
    blocks(*words, pictures=pictures)
    assert time.process_time() - start < 10


def test_a_signature_is_a_figure_and_what_asks_for_it_stays_in_the_text() -> None:
    asks = line("Signature", 1.2, 4.6)
    found = blocks(
        *column(1, 3), asks, line("Jq", 1.5, 4.3, sure=0.3), pictures=(Picture((1.2, 4.2, 3, 4.55), alone=True),)
    )
    assert [type(block) for block in found] == [Paragraph, Figure, Paragraph]
    assert isinstance(found[1], Figure)
    assert said(found[1].paragraphs) == ["Jq"]
    assert said(found[2:]) == ["Signature"]


def test_a_stamp_that_the_network_took_for_a_picture_is_one_figure() -> None:
    seen = Picture((1.2, 4.2, 3.0, 5.0))
    found = blocks(*column(1, 3), pictures=(seen, Picture((1.3, 4.3, 2.9, 4.9), alone=True)))
    assert [type(block) for block in found] == [Paragraph, Figure]


def test_lines_that_pass_under_a_stamp_stay_in_their_paragraph() -> None:
    lines = [line(f"{number} {PROSE} {PROSE}", 1.0, 1 + number * 1.2 * SIZE, sure=0.9) for number in range(9)]
    paid = line("PAID", 3.2, 2.9, sure=0.9)
    found = blocks(*lines, paid, pictures=(Picture((2.6, 1.5, 4.2, 3.2), alone=True),))
    (figure,) = [block for block in found if isinstance(block, Figure)]
    assert said(figure.paragraphs) == ["PAID"]
    assert said(found) == [f"{number} {PROSE} {PROSE}" for number in range(9)]
