"""A page that is one framed form is one table, whatever the sizes of its boxes."""

from __future__ import annotations

from contract.page import LengthUnit
from engine.evidence import Page, Rule, Word
from engine.layout.page import laid_out
from engine.reading.page import Table, words

# Each row of the form: what stands in its boxes, and how wide they are.
FORM = [
    [("Name", 1), ("Ines", 2), ("Sex", 1), ("f", 1), ("Born", 1), ("1990", 2)],
    [("Address", 1), ("Kiel", 7)],
    [("Phone", 1), ("", 3), ("Mail", 1), ("none", 3)],
    [("Degree", 2), ("School", 2), ("Subject", 2), ("Year", 2)],
    [("", 2)] * 4,
    [("Kin", 1), ("Name", 2), ("Tie", 2), ("Phone", 3)],
    [("", 1), ("Otto", 2), ("", 2), ("", 3)],
    [("Reasons", 1), ("", 7)],
    [("Signed", 2), ("", 2), ("Date", 1), ("", 3)],
]
LEFT, TOP, UNIT, HIGH = 50.0, 100.0, 100.0, 60.0
BOTTOM = TOP + len(FORM) * HIGH


def word(text: str, x: float, y: float) -> Word:
    right, bottom = x + 8.0 * len(text), y + 16.0
    return Word(text, (x, y, right, y, right, bottom, x, bottom), 0.0, 16.0, False, 0.9)


def drawn() -> tuple[list[Word], list[Rule]]:
    said: list[Word] = []
    rules = [Rule(LEFT, TOP + HIGH * row, LEFT + 8 * UNIT, TOP + HIGH * row, 1.0) for row in range(len(FORM) + 1)]
    for row, boxes in enumerate(FORM):
        x, y = LEFT, TOP + row * HIGH
        rules.append(Rule(x, y, x, y + HIGH, 1.0))
        for text, wide in boxes:
            said += [word(text, x + 10, y + 10)] if text else []
            x += wide * UNIT
            rules.append(Rule(x, y, x, y + HIGH, 1.0))
    return said, rules


def tables(said: list[Word], rules: list[Rule]) -> list[Table]:
    page = Page(1, 900.0, 1200.0, LengthUnit.PIXEL, tuple(said), rules=tuple(rules))
    return [block for block in laid_out(page).blocks if isinstance(block, Table)]


def test_boxes_of_all_sizes_are_cells_with_their_spans() -> None:
    (table,) = tables(*drawn())
    edges = [sorted({sum([wide for _, wide in boxes[:count]]) for boxes in FORM for count in range(len(boxes) + 1)})]
    found = [(cell.row, " ".join([one.text for one in words(cell.paragraphs)])) for cell in table.cells]
    assert found == [(row, text) for row, boxes in enumerate(FORM) for text, _ in boxes]
    wide = [edges[0][cell.column + cell.column_span] - edges[0][cell.column] for cell in table.cells]
    assert wide == [wide for boxes in FORM for _, wide in boxes]


def test_a_form_among_other_text_is_none() -> None:
    said, rules = drawn()
    prose = [word("tide", LEFT + 40.0 * count, BOTTOM + 30 + 20 * line) for count in range(10) for line in range(3)]
    assert tables([*said, *prose], rules) == []


def test_a_form_without_a_frame_is_none() -> None:
    said, rules = drawn()
    assert tables(said, [rule for rule in rules if min(rule.x1, rule.x2) < LEFT + 8 * UNIT - 1]) == []
