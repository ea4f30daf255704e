"""Words become lines and paragraphs in the order a person reads them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from contract.page import LengthUnit
from engine.evidence import Page, Word
from engine.reading.page import ReadPage
from engine.reading.read import read

SIZE = 0.15
ADVANCE = SIZE / 2
PITCH = SIZE * 1.2
FILL = "of water and wind by the old quay"


def line(text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False, angle: float = 0.0) -> list[Word]:
    """The words of a line that begins at x with its top at y; angle 90 runs down the page."""
    words, along = [], 0.0
    for part in text.split(" "):
        length = len(part) * size / 2
        if angle == 90.0:
            quad = (x, y + along, x, y + along + length, x - size, y + along + length, x - size, y + along)
        else:
            quad = (x + along, y, x + along + length, y, x + along + length, y + size, x + along, y + size)
        words.append(Word(part, quad, angle, size, bold, 0.995))
        along += length + size / 2
    return words


def page(*words: list[Word]) -> ReadPage:
    return read(Page(1, 8.5, 11.0, LengthUnit.INCH, tuple(word for group in words for word in group)))


def contents(read_page: ReadPage) -> list[list[str]]:
    return [[one.text for one in paragraph.lines] for paragraph in read_page.blocks]


def column(name: str, x: float, y: float, lines: int) -> list[list[Word]]:
    return [line(f"{name}{number} {FILL}", x, y + number * PITCH) for number in range(lines)]


def first_words(read_page: ReadPage) -> list[str]:
    return [one.words[0].text for paragraph in read_page.blocks for one in paragraph.lines]


def test_a_page_without_words_has_no_paragraphs() -> None:
    assert page().blocks == ()
    assert page().angle == 0.0


def test_lines_that_follow_are_one_paragraph_and_a_gap_ends_it() -> None:
    read_page = page(*column("a", 1, 1, 3), *column("b", 1, 2, 2))
    assert [len(paragraph) for paragraph in contents(read_page)] == [3, 2]
    assert read_page.blocks[0].quad[0:2] == (1, 1)


def test_columns_are_read_one_after_the_other_below_their_title() -> None:
    title = line("A title that goes over both of the columns of the page", 1, 0.5, size=0.3)
    left, right = column("l", 1, 1.2, 8), column("r", 4.2, 1.2, 8)
    expected = ["A"] + [f"l{n}" for n in range(8)] + [f"r{n}" for n in range(8)]
    assert first_words(page(title, *left, *right)) == expected
    row_by_row = [words for pair in zip(left, right, strict=True) for words in pair]
    assert first_words(page(title, *row_by_row)) == expected


def test_a_wide_line_parts_columns_into_bands() -> None:
    upper = column("a", 1, 1, 5) + column("b", 4.2, 1, 5)
    across = line("A line across the page that parts the columns above from those below", 1, 2.2)
    lower = column("c", 1, 2.6, 5) + column("d", 4.2, 2.6, 5)
    names = first_words(page(*lower, *upper, across))
    assert names == [f"{c}{n}" for c in "ab" for n in range(5)] + ["A"] + [f"{c}{n}" for c in "cd" for n in range(5)]


def test_three_columns_are_read_one_after_the_other_whatever_the_order_of_the_evidence() -> None:
    columns = [column(name, x, 1, 8) for name, x in (("l", 0.5), ("m", 3.5), ("r", 6.5))]
    row_by_row = [words for row in zip(*columns, strict=True) for words in row]
    assert first_words(page(*row_by_row)) == [f"{name}{n}" for name in "lmr" for n in range(8)]


def test_columns_of_short_pieces_that_are_not_in_line_are_read_one_after_the_other() -> None:
    left = [line(f"l{n} tide", 1, 1 + n * PITCH) for n in range(9)]
    right = [line(f"r{n} boat", 4, 1.1 + n * 1.4 * PITCH) for n in range(9)]
    evidence = sorted(left + right, key=lambda words: words[0].quad[1])
    assert first_words(page(*evidence)) == [f"l{n}" for n in range(9)] + [f"r{n}" for n in range(9)]


def test_a_line_that_runs_over_a_gutter_is_parted_there() -> None:
    left, right = column("l", 1, 1, 8), column("r", 1 + 36 * ADVANCE + 0.9 * SIZE, 1, 8)
    # The source took two lines side by side for one.
    evidence = [left[n] + right[n] if n == 4 else words for n, words in enumerate(left)]
    evidence += [words for n, words in enumerate(right) if n != 4]
    assert first_words(page(*evidence)) == [f"l{n}" for n in range(8)] + [f"r{n}" for n in range(8)]


def test_a_table_is_read_row_by_row() -> None:
    rows = [[f"r{row}c{cell}" for cell in range(4)] for row in range(6)]
    words = [
        line(text, 1 + 1.5 * cell, 1 + 0.25 * row) for row, texts in enumerate(rows) for cell, text in enumerate(texts)
    ]
    assert [text for paragraph in contents(page(*words)) for text in paragraph] == [
        text for row in rows for text in row
    ]


def test_the_lines_of_a_cell_stay_together() -> None:
    words = [
        *(line(text, 1, 1 + n * PITCH) for n, text in enumerate(["first cell", "goes on"])),
        *(line(text, 3, 1 + n * PITCH) for n, text in enumerate(["second", "too"])),
        line("next row", 1, 1.6),
        line("its end", 3, 1.6),
    ]
    assert contents(page(*words)) == [["first cell", "goes on"], ["second", "too"], ["next row"], ["its end"]]


def test_a_heading_an_indent_and_a_short_line_end_paragraphs() -> None:
    lines = [
        line("A heading", 1, 1, size=0.2),
        line(f"One {FILL} {FILL}", 1, 1.25),
        line("ends here.", 1, 1.25 + PITCH),
        line(f"Two {FILL} {FILL}", 1, 1.25 + 2 * PITCH),
        line(f"more {FILL} {FILL}", 1, 1.25 + 3 * PITCH),
        line(f"Three {FILL} {FILL}", 1.3, 1.25 + 4 * PITCH),
    ]
    assert [group[0].split()[0] for group in contents(page(*lines))] == ["A", "One", "Two", "Three"]


def test_items_of_a_list_are_paragraphs_with_their_hanging_lines() -> None:
    lines = [
        line(f"• One {FILL}", 1, 1),
        line(FILL, 1.15, 1 + PITCH),
        line(f"• Two {FILL}", 1, 1 + 2 * PITCH),
        line("1. Three", 1, 2),
        line("2. Four", 1, 2 + PITCH),
    ]
    assert [len(group) for group in contents(page(*lines))] == [2, 1, 1, 1]


def test_a_mark_and_its_text_at_a_tab_stop_are_one_line() -> None:
    words = [line("1.", 1, 1), line("First", 1.5, 1), line("2.", 1, 1.3), line("Second", 1.5, 1.3)]
    assert contents(page(*words)) == [["1. First"], ["2. Second"]]


def test_a_mark_that_the_evidence_lists_after_its_text_is_read_before_it() -> None:
    words = [line("Second", 1.5, 1.3), line("2.", 1, 1.3), line("First", 1.5, 1), line("1.", 1, 1)]
    assert contents(page(*words)) == [["1. First"], ["2. Second"]]


def test_a_stretched_line_is_one_line() -> None:
    words = []
    x = 1.0
    for text in ("at", "height", "above", "the", "ground"):
        words.append(line(text, x, 1))
        x += len(text) * ADVANCE + 1.5 * SIZE
    assert contents(page(*words)) == [["at height above the ground"]]


def test_a_stretched_line_is_one_line_beside_another_column() -> None:
    words = []
    x = 1.0
    for text in ("at", "height", "above", "the", "ground"):
        words.append(line(text, x, 1))
        x += len(text) * ADVANCE + 1.5 * SIZE
    beside = [line(FILL, x + 0.7 * SIZE, 1 + number * PITCH) for number in range(-2, 3)]
    assert ["at height above the ground"] in contents(page(*beside, *words))


def test_the_label_of_a_caption_and_its_text_after_a_wide_space_are_one_line() -> None:
    words = [line("Fig. 2.", 1, 1), line("The quay", 1 + 7 * ADVANCE + 2 * SIZE, 1)]
    assert contents(page(*words)) == [["Fig. 2. The quay"]]


def test_numbered_headings_below_each_other_are_paragraphs_each() -> None:
    lines = [line("2. Boats", 1, 1, bold=True), line("2.1 Of oak", 1, 1 + PITCH, bold=True)]
    assert contents(page(*lines)) == [["2. Boats"], ["2.1 Of oak"]]


def test_a_line_in_the_middle_above_a_wider_one_is_a_heading() -> None:
    middle = 1 + len(f"a0 {FILL}") * ADVANCE / 2
    text = [line(FILL, 1 + SIZE, 1 + PITCH), *column("a", 1, 1 + 2 * PITCH, 2)]
    lines = [line("THE BOATS", middle - 4.5 * ADVANCE, 1), *text]
    assert [len(group) for group in contents(page(*lines))] == [1, 3]


def ideographs(text: str, y: float) -> list[Word]:
    """A line of ideographs, each a word."""
    return [
        Word(c, (1 + n * 0.2, y, 1.2 + n * 0.2, y, 1.2 + n * 0.2, y + 0.2, 1 + n * 0.2, y + 0.2), 0.0, 0.2, False, 0.9)
        for n, c in enumerate(text)
    ]


def test_a_numbered_heading_of_ideographs_is_a_paragraph_of_its_own() -> None:
    lines = [
        ideographs("潮水每天来两次然后退去到了中", 1),
        ideographs("二、小船", 1.25),
        line("1. 渔网", 1, 1.5, size=0.2),
    ]
    assert [len(group) for group in contents(page(*lines))] == [1, 1, 1]


def test_ideographs_join_without_spaces() -> None:
    read_page = page(ideographs("潮は正午", 1))
    assert contents(read_page) == [["潮は正午"]]
    assert [word.text for word in read_page.blocks[0].lines[0].words] == ["潮", "は", "正", "午"]


def test_the_blank_half_of_a_full_width_mark_is_no_space() -> None:
    lefts = [1.0, 1.2, 1.55, 1.75, 2.05]
    words = [
        Word(c, (x, 1, x + 0.2, 1, x + 0.2, 1.2, x, 1.2), 0.0, 0.2, False, 0.9)
        for c, x in zip("潮。は正午", lefts, strict=True)
    ]
    assert contents(page(words)) == [["潮。は正 午"]]


def test_text_from_right_to_left_is_in_logical_order() -> None:
    read_page = page(line("רביעי LISA and שני ראשון", 1, 1))
    assert contents(read_page) == [["ראשון שני LISA and רביעי"]]
    assert read_page.blocks[0].quad[0] == 1


def test_a_quotation_from_right_to_left_stands_the_other_way_round() -> None:
    assert contents(page(line("he said עולם שלום to everybody there", 1, 1))) == [
        ["he said שלום עולם to everybody there"]
    ]


def test_text_that_runs_down_is_read_after_the_main_text_in_its_own_frame() -> None:
    side = line("on the side", 8, 2, angle=90.0)
    read_page = page(side, *column("m", 1, 1, 3))
    assert read_page.angle == 0.0
    assert contents(read_page)[-1] == ["on the side"]
    assert read_page.blocks[-1].lines[0].quad[0:2] == (8, 2)


def test_the_angle_of_a_page_is_that_of_most_of_its_text() -> None:
    assert page(line(FILL, 4, 1, angle=90.0), line("1", 1, 1)).angle == 90.0


PLACES = st.tuples(st.floats(0, 8), st.floats(0, 10), st.sampled_from([0.02, 0.1, 0.15, 0.4]))


@given(st.lists(PLACES, max_size=80))
def test_every_word_is_read_once(places: list[tuple[float, float, float]]) -> None:
    words = [line(f"w{number}", x, y, size=size) for number, (x, y, size) in enumerate(places)]
    found = [word.text for paragraph in page(*words).blocks for one in paragraph.lines for word in one.words]
    assert sorted(found) == sorted(f"w{number}" for number in range(len(places)))


def test_a_crowded_page_takes_no_more_than_its_share_of_time() -> None:
    words = [line("x", (n * 7919 % 8000) / 1000, (n * 104729 % 10000) / 1000, size=0.02) for n in range(20_000)]
    started = time.process_time()
    page(*words)
    assert time.process_time() - started < 10
