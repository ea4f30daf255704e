"""The labels of a form are paired with what was filled in for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from contract.options import Feature
from contract.page import LengthUnit
from engine.evidence import Page, Rule, Word
from engine.layout.page import laid_out
from engine.layout.pairs.find import with_pairs
from engine.reading.page import words
from tests.engine.pdfs import analyzed, displayed, pdf

Draw = Callable[[Canvas], Any]
PROSE = "The harbour was quiet that morning and nobody on the quay"


def pairs(*draws: Draw, turn: int = 0) -> dict[str, str]:
    """The pairs of a page; a label without value has an empty one."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    result = analyzed(displayed(pdf(draw), turn), "prebuilt-layout", features=frozenset({Feature.KEY_VALUE_PAIRS}))
    found = result.key_value_pairs or []
    assert len({pair.key.content for pair in found}) == len(found)
    return {pair.key.content: pair.value.content if pair.value else "" for pair in found}


def at(x: float, y: float, text: str, size: float = 12) -> Draw:
    """Writes a text at a point."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)

    return draw


def line(x1: float, y: float, x2: float) -> Draw:
    return lambda canvas: canvas.line(x1, y, x2, y)


def box(x: float, y: float, width: float, height: float) -> Draw:
    return lambda canvas: canvas.rect(x, y, width, height)


def test_a_colon_parts_label_and_value_on_one_line() -> None:
    assert pairs(at(72, 700, "Captain: Ada Marsh")) == {"Captain:": "Ada Marsh"}


def test_each_label_of_a_line_has_its_own_value() -> None:
    assert pairs(at(72, 700, "From: Brest"), at(250, 700, "To: Cadiz")) == {"From:": "Brest", "To:": "Cadiz"}


def test_an_hour_is_no_label() -> None:
    assert pairs(at(72, 700, "Sailed: 7: 45 at dawn")) == {"Sailed:": "7: 45 at dawn"}


def test_a_value_goes_on_below_itself() -> None:
    found = pairs(
        at(72, 700, "Owner:"), at(150, 700, "Marsh and Sons"), at(150, 686, "Old Quay 4"), at(72, 660, "Flag:")
    )
    assert found == {"Owner:": "Marsh and Sons Old Quay 4", "Flag:": ""}


def test_a_value_may_stand_below_its_label() -> None:
    assert pairs(at(72, 700, "Remarks:"), at(72, 684, "none to speak of")) == {"Remarks:": "none to speak of"}


def test_a_label_may_have_two_lines() -> None:
    found = pairs(at(72, 700, "Port of"), at(72, 688, "Registry:"), at(200, 688, "Bergen"))
    assert found == {"Port of Registry:": "Bergen"}


def test_what_stands_on_a_line_to_write_on_is_a_value() -> None:
    found = pairs(
        at(72, 700, "Tonnage"), at(130, 700, "412"), line(122, 697, 220), at(72, 670, "Draught"), line(122, 667, 220)
    )
    assert found == {"Tonnage": "412", "Draught": ""}


def test_a_typed_line_to_write_on_is_one_too() -> None:
    assert pairs(at(72, 700, "Signed ________________")) == {"Signed": ""}


def test_underlined_words_are_no_values() -> None:
    assert pairs(at(72, 700, "It was"), at(110, 700, "never"), line(110, 697, 141), at(146, 700, "seen again")) == {}


def test_a_small_label_in_a_box_has_its_value_below() -> None:
    found = pairs(
        box(72, 660, 150, 40),
        box(222, 660, 150, 40),
        at(75, 691, "Berth", 7),
        at(80, 668, "North 12"),
        at(225, 691, "Pilot", 7),
        at(230, 668, "E. Holm"),
    )
    assert found == {"Berth": "North 12", "Pilot": "E. Holm"}


def test_a_box_may_have_a_broken_side_and_several_lines() -> None:
    def broken(canvas: Canvas) -> None:
        canvas.line(72, 640, 400, 640)
        canvas.line(72, 700, 400, 700)
        canvas.line(400, 640, 400, 700)

    found = pairs(
        broken, at(75, 691, "Cargo", 7), at(80, 670, "coal, salt and"), at(200, 670, "timber"), at(80, 654, "tea")
    )
    assert found == {"Cargo": "coal, salt and timber tea"}


def test_an_empty_box_has_a_label_without_value() -> None:
    assert pairs(box(72, 660, 150, 40), at(75, 691, "Berth", 7)) == {"Berth": ""}


def test_columns_of_labels_and_values_are_paired_row_by_row() -> None:
    rows = [("Hull", "steel"), ("Mast", "pine"), ("Sail", "canvas"), ("Crew", "nine")]
    draws = [
        draw
        for n, (label, text) in enumerate(rows)
        for draw in (at(72, 700 - 18 * n, label), at(180, 700 - 18 * n, text))
    ]
    assert pairs(*draws) == dict(rows)


def test_a_known_label_needs_no_colon() -> None:
    assert pairs(at(72, 700, "Invoice No."), at(160, 700, "7714")) == {"Invoice No.": "7714"}


def test_a_known_label_may_have_its_value_in_the_next_box() -> None:
    found = pairs(box(72, 660, 90, 20), box(162, 660, 90, 20), at(76, 666, "Subtotal"), at(166, 666, "4,500"))
    assert found == {"Subtotal": "4,500"}


def test_columns_behind_another_are_no_labels() -> None:
    rows = [("Brest ferry to Roscoff by night", "MSFT", "NYC")] * 5
    draws = [
        at(x, 700 - 18 * r, text) for r, row in enumerate(rows) for x, text in zip((72, 270, 420), row, strict=True)
    ]
    assert pairs(*draws) == {}


def test_prose_has_no_pairs() -> None:
    assert pairs(*[at(72, 700 - 14 * n, PROSE) for n in range(6)]) == {}


def test_a_data_table_has_no_pairs() -> None:
    rows = [("Port", "High", "Low"), ("Brest", "5.1", "1.2"), ("Cadiz", "3.4", "0.6"), ("Faro", "3.0", "0.5")]
    draws = [at(72 + 80 * c, 700 - 18 * r, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    assert pairs(*draws) == {}


def test_headers_of_a_data_table_are_no_labels_and_its_total_is_one() -> None:
    rows = [("Item", "Quantity", "Amount"), ("Rope", "2", "$80.00"), ("Paint", "1", "$20.00"), ("", "Total", "$100.00")]
    draws = [at(72 + 150 * c, 700 - 18 * r, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    rules = [line(70, y, 460) for y in (714, 694, 640)]
    assert pairs(*draws, *rules) == {"Total": "$100.00"}


def test_a_colon_within_prose_is_no_label() -> None:
    tail = "signed: that the boat came late and that all of it was lost"
    assert pairs(at(72, 700, PROSE), at(72, 686, tail), at(72, 672, PROSE)) == {}


def test_a_sentence_that_announces_a_list_is_no_label() -> None:
    assert pairs(at(72, 700, "You lose your berth for the season if:"), at(72, 684, "1. the boat is sold")) == {}


def test_clauses_and_captions_are_no_labels() -> None:
    found = pairs(
        at(72, 700, "[4] R. Holm, Ships of the north coast. Bergen: Quay Press"), at(72, 660, "Table 2: The tides")
    )
    assert found == {}


def test_lines_between_the_cells_of_a_data_table_are_not_there_to_be_written_on() -> None:
    rows = [("Cause", "Ships", "Share"), ("Fog", "12", "40 %"), ("Ice", "9", "30 %"), ("Fire", "9", "30 %")]
    draws = [at(72 + 110 * c, 700 - 20 * r, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    rules = [line(170 + 110 * c, 696 - 20 * r, 270 + 110 * c) for r in range(4) for c in range(2)]
    assert pairs(*draws, *rules, line(70, 716, 380), line(70, 632, 380)) == {}


def test_a_value_does_not_go_on_in_the_next_column_of_the_page() -> None:
    column = [at(232, 714 - 14 * n, PROSE[: 40 + n]) for n in range(4)]
    assert pairs(at(72, 700, "Boats:"), at(130, 700, "brigs and luggers"), *column) == {"Boats:": "brigs and luggers"}


def test_the_label_of_a_box_may_go_on() -> None:
    found = pairs(
        box(72, 650, 150, 50), at(75, 691, "Length (over all,", 7), at(75, 683, "in feet)", 7), at(80, 660, "41")
    )
    assert found == {"Length (over all, in feet)": "41"}


def test_a_label_far_from_the_line_that_is_written_on() -> None:
    found = pairs(at(72, 700, "Kind of ship"), at(250, 700, "brig"), line(240, 697, 400))
    assert found == {"Kind of ship": "brig"}


def test_dashes_lead_to_a_value() -> None:
    assert pairs(at(72, 700, "Painted by -- J. Holm")) == {"Painted by": "J. Holm"}


def test_what_answers_a_colon_is_no_label_though_a_line_begins_behind_it() -> None:
    assert pairs(at(72, 700, "Ship:"), at(115, 700, "Marigold"), line(175, 697, 260)) == {"Ship:": "Marigold"}


def test_a_frame_around_the_page_does_not_part_label_and_line() -> None:
    found = pairs(
        box(40, 40, 500, 720),
        *[
            draw
            for y, label, text in ((700, "Kind of ship", "brig"), (660, "Cargo hold", "coal and salt"))
            for draw in (at(72, y, label), at(200, y, text), line(175, y - 3, 320))
        ],
    )
    assert found == {"Kind of ship": "brig", "Cargo hold": "coal and salt"}


def test_a_value_goes_on_on_the_lines_below_that_are_there_for_it() -> None:
    found = pairs(
        at(72, 700, "Damage"),
        at(140, 700, "the mast, two sails and"),
        line(120, 697, 400),
        at(80, 680, "most of the rigging"),
        line(72, 677, 400),
        line(72, 657, 400),
    )
    assert found == {"Damage": "the mast, two sails and most of the rigging"}


def test_a_value_may_begin_on_the_next_line_to_write_on() -> None:
    found = pairs(at(72, 700, "Reason for delay"), line(170, 697, 400), at(120, 680, "fog"), line(72, 677, 400))
    assert found == {"Reason for delay": "fog"}


def test_what_was_written_high_above_a_line_is_its_value() -> None:
    assert pairs(at(72, 700, "Berth"), at(130, 709, "North 12"), line(108, 697, 300)) == {"Berth": "North 12"}


def test_words_close_before_the_label_of_a_line_are_part_of_it() -> None:
    found = pairs(at(72, 700, "Home"), at(115.5, 700, "port"), at(150, 700, "Faro"), line(138, 697, 300))
    assert found == {"Home port": "Faro"}


def test_a_typed_cross_chooses_the_option_before_it() -> None:
    found = pairs(
        at(72, 700, "Steam"), at(140, 700, "X"), at(200, 700, "Sail"), at(72, 660, "XX"), at(110, 660, "Oars")
    )
    assert found == {"Steam": "X", "Oars": "XX"}


def test_a_row_of_labels_stands_above_a_row_of_values() -> None:
    labels, values = ("Captain", "Sailing date", "Flown flag"), ("A. Marsh", "3 May", "Norway")
    draws = [at(72 + 150 * n, y, text) for y, row in ((700, labels), (684, values)) for n, text in enumerate(row)]
    assert pairs(*draws) == dict(zip(labels, values, strict=True))


def test_the_rows_of_a_table_below_a_row_of_labels_are_no_values() -> None:
    rows = [("Cargo", "Loading date", "Stowed in"), ("Coal", "3 May", "hold"), ("Salt", "4 May", "stern")]
    draws = [at(72 + 150 * n, 700 - 16 * r, text) for r, row in enumerate(rows) for n, text in enumerate(row)]
    assert "Cargo" not in pairs(*draws)


def test_the_first_of_two_cells_is_the_label_of_the_second() -> None:
    found = pairs(
        box(72, 660, 120, 24),
        box(192, 660, 150, 24),
        at(76, 668, "Crew on board"),
        at(196, 668, "nine"),
        box(72, 636, 120, 24),
        box(192, 636, 150, 24),
        at(76, 644, "Passengers"),
        at(196, 644, "none"),
    )
    assert found == {"Crew on board": "nine", "Passengers": "none"}


def test_a_number_follows_its_label_without_a_gap() -> None:
    assert pairs(at(72, 700, "Hull No. 7714")) == {"Hull No.": "7714"}
    assert pairs(at(72, 700, PROSE), at(72, 686, "saw the ship that had the hull no. 7714 on its side")) == {}


def test_a_table_of_two_columns_that_names_them_has_no_pairs() -> None:
    rows = [("Sea bird", "Wing span"), ("Gannet", "180"), ("Fulmar", "112"), ("Puffin", "63")]
    draws = [at(76 + 120 * c, 704 - 24 * r, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    grid = [box(72 + 120 * c, 698 - 24 * r, 120, 24) for r in range(4) for c in range(2)]
    assert pairs(*grid, *draws) == {}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_the_same_pairs(turn: int) -> None:
    found = pairs(
        box(72, 660, 150, 40), at(75, 691, "Berth", 7), at(80, 668, "North 12"), at(72, 600, "Flag: Norway"), turn=turn
    )
    assert found == {"Berth": "North 12", "Flag:": "Norway"}


def test_without_the_feature_there_are_no_pairs() -> None:
    assert analyzed(pdf(at(72, 700, "Captain: Ada")), "prebuilt-layout").key_value_pairs is None


TEXTS = st.sampled_from(["Name:", "Date", "No.", "7:", "Ada", "____", ".....", "steel.", "12.5", ":", "船名：", "#"])
PLACES = st.floats(0, 8, allow_nan=False)


@st.composite
def seen_words(draw: st.DrawFn) -> Word:
    x, y, size = draw(PLACES), draw(PLACES), draw(st.sampled_from([0.001, 0.15, 0.2, 3.0]))
    text = draw(TEXTS)
    right, bottom = x + size * len(text) / 2, y + size
    angle = draw(st.sampled_from([0.0, 0.0, 0.0, 90.0, 1.5]))
    return Word(text, (x, y, right, y, right, bottom, x, bottom), angle, size, False, 0.9)


RULES = st.builds(Rule, PLACES, PLACES, PLACES, PLACES, st.just(0.01))


@settings(max_examples=150, deadline=None)
@given(st.lists(seen_words(), max_size=40), st.lists(RULES, max_size=20))
def test_no_word_is_in_two_pairs_or_nowhere(found: list[Word], rules: list[Rule]) -> None:
    page = Page(1, 8.5, 11.0, LengthUnit.INCH, tuple(found), rules=tuple(rules))
    read = with_pairs(laid_out(page), page.rules)
    places = [place for pair in read.pairs for place in (*pair.key, *pair.value)]
    assert len(set(places)) == len(places)
    assert all(0 <= place < len(list(words(read.blocks))) for place in places)
    assert all(pair.key and 0 < pair.confidence < 1 for pair in read.pairs)
