"""Ballot boxes of a font are selection marks; bullets of a list are not."""

from __future__ import annotations

import pytest

from contract.page import LengthUnit, SelectionState
from engine.evidence import Page, Word
from engine.layout.marks import with_marks
from engine.layout.page import laid_out
from engine.reading.page import paragraphs

SIZE = 0.2


def line(text: str, y: float) -> list[Word]:
    """Words of a line, each character half as wide as high."""
    words, x = [], 1.0
    for word in text.split():
        right = x + SIZE / 2 * len(word)
        words.append(Word(word, (x, y, right, y, right, y + SIZE, x, y + SIZE), 0.0, SIZE, False, 0.99))
        x = right + SIZE / 2
    return words


def page(*lines: str) -> Page:
    words = [word for number, text in enumerate(lines) for word in line(text, 1 + number * 0.3)]
    return Page(1, 8.5, 11.0, LengthUnit.INCH, tuple(words))


def read(*lines: str) -> list[str]:
    return [one.text for paragraph in paragraphs(laid_out(page(*lines)).blocks) for one in paragraph.lines]


@pytest.mark.parametrize(("sign", "state"), [("☐", "unselected"), ("☑", "selected"), ("☒", "selected")])
def test_a_ballot_box_is_a_mark(sign: str, state: str) -> None:
    (mark, _) = with_marks(page(f"{sign} Pilot")).words
    assert mark.mark == SelectionState(state)
    assert mark.text == f":{state}:"


def test_a_mark_is_read_with_its_label() -> None:
    assert read("☐ Pilot", "☒ Tug boat") == [":unselected: Pilot", ":selected: Tug boat"]


def test_empty_boxes_before_items_are_bullets() -> None:
    assert read("□ Pilot", "□ Tug boat") == ["□ Pilot", "□ Tug boat"]


def test_empty_and_crossed_boxes_before_items_are_marks() -> None:
    assert read("□ Pilot", "⊠ Tug boat") == [":unselected: Pilot", ":selected: Tug boat"]


def test_empty_boxes_within_a_line_are_marks() -> None:
    assert read("Pilot □ yes □ no") == ["Pilot :unselected: yes :unselected: no"]


def test_empty_boxes_beside_ticked_ones_are_marks() -> None:
    assert read("□ Pilot", "☒ Tug boat") == [":unselected: Pilot", ":selected: Tug boat"]
