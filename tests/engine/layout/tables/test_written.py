"""A drawn table stays one when a hand that filled it in wrote over its lines."""

from __future__ import annotations

from contract.page import LengthUnit
from engine.evidence import Page, Rule, Word
from engine.layout.page import laid_out
from engine.reading.page import Table

LEFT, TOP, WIDE, HIGH = 100.0, 100.0, 120.0, 40.0
ROWS, COLUMNS = 5, 4
PROSE = [(LEFT + 45 * count, 400.0 + 22 * line) for line in range(3) for count in range(8)]


def written(by_hand: float) -> Page:
    """Words in every cell, those of the last column so long that they begin in the one before; below them prose."""
    words = [Word("prose", (x, y, x + 40, y, x + 40, y + 18, x, y + 18), 0.0, 18.0, False, 0.9) for x, y in PROSE]
    for row in range(ROWS):
        for column in range(COLUMNS):
            x, y = LEFT + column * WIDE + 10, TOP + row * HIGH + 10
            left = x - 58 if column == COLUMNS - 1 else x
            quad = (left, y, x + 60, y, x + 60, y + 18, left, y + 18)
            words.append(Word(f"tide{row}{column}", quad, 0.0, 18.0, False, 0.9, by_hand=by_hand))
    right, bottom = LEFT + COLUMNS * WIDE, TOP + ROWS * HIGH
    rules = [Rule(LEFT, TOP + row * HIGH, right, TOP + row * HIGH, 1.0) for row in range(ROWS + 1)]
    rules += [Rule(LEFT + column * WIDE, TOP, LEFT + column * WIDE, bottom, 1.0) for column in range(COLUMNS + 1)]
    return Page(1, 800.0, 1000.0, LengthUnit.PIXEL, tuple(words), rules=tuple(rules))


def cells(by_hand: float) -> list[int]:
    return [len(block.cells) for block in laid_out(written(by_hand)).blocks if isinstance(block, Table)]


def test_lines_may_run_through_what_a_hand_wrote_and_not_through_print() -> None:
    assert cells(by_hand=0.9) == [ROWS * COLUMNS]
    assert cells(by_hand=0.0) != [ROWS * COLUMNS]
