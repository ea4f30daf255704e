"""A table by its looks is one where the words stand in its cells, and nothing surer or larger is there."""

from __future__ import annotations

import msgspec
import pytest

from contract.page import LengthUnit
from engine.evidence import Page, Quad, Rule, SeenCell, SeenTable, Word
from engine.layout.page import laid_out
from engine.layout.tables.grid import MAX_PLACES
from engine.reading.page import Table, words

WIDTH, HEIGHT = 1.5, 0.25


def quad(left: float, top: float, right: float, bottom: float) -> Quad:
    return left, top, right, top, right, bottom, left, bottom


def at(row: int, column: float, wide: float = 1.0) -> Quad:
    """Within the cell of a table at the corner (1, 1)."""
    left, top = 1 + column * WIDTH, 1 + row * HEIGHT
    return quad(left, top, left + wide * WIDTH - 0.3, top + 0.15)


def word(text: str, row: int, column: float) -> Word:
    left, top = 1 + column * WIDTH, 1 + row * HEIGHT
    return Word(text, quad(left, top, left + 0.1 * len(text), top + 0.12), 0.0, 0.12, False, 0.9)


# Names beside each other are no table where nothing else says so.
NAMES = [["Anna", "Bremen"], ["Bert", "Celle"], ["Carl", "Dresden"], ["Dora", "Essen"]]
WORDS = [word(text, row, column) for row, texts in enumerate(NAMES) for column, text in enumerate(texts)]
LOOKS: SeenTable = tuple([tuple([SeenCell(at(row, column)) for column in range(2)]) for row in range(4)])


def found(words: list[Word], *looks: SeenTable, rules: tuple[Rule, ...] = ()) -> list[list[list[str]]]:
    page = laid_out(Page(1, 8.5, 11.0, LengthUnit.INCH, tuple(words), rules=rules, tables=looks))
    return [texts(block) for block in page.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row].append(" ".join([one.text for one in words(cell.paragraphs)]))
    return rows


def test_looks_make_a_table_of_what_nothing_else_tells() -> None:
    assert found(WORDS) == []
    assert found(WORDS, LOOKS) == [NAMES]


def test_headers_are_as_they_look() -> None:
    looks = (tuple([SeenCell(cell.quad, header=True) for cell in LOOKS[0]]), *LOOKS[1:])
    page = laid_out(Page(1, 8.5, 11.0, LengthUnit.INCH, tuple(WORDS), tables=(looks,)))
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    assert [cell.kind for cell in table.cells[:3]] == ["columnHeader", "columnHeader", "content"]


def test_a_cell_may_span_columns() -> None:
    looks = ((SeenCell(at(-1, 0, 2), 1, 2),), *LOOKS)
    assert found([word("People", -1, 0.4), *WORDS], looks) == [[["People"], *NAMES]]


def test_a_header_of_two_lines_may_stand_beside_two_headers() -> None:
    tall = [word("Anna", 0, 0), word("Maria", 0.8, 0), word("Bert", 1.6, 0), word("Bremen", 0, 1), word("Celle", 1, 1)]
    looks = (
        (SeenCell(quad(1, 1, 2, 1.3)), SeenCell(at(0, 1))),
        (SeenCell(quad(1, 1.4, 2, 1.5)), SeenCell(at(1, 1))),
        *LOOKS[2:],
    )
    said = [["Anna Maria", "Bremen"], ["Bert", "Celle"], *NAMES[2:]]
    assert found([*tall, *WORDS[4:]], looks) == [said]


def test_where_one_cell_is_missing_it_is_empty() -> None:
    many = [word(text, row, column) for row in range(12) for column, text in enumerate(("Anna", "Bremen"))][:-1]
    looks = tuple([tuple([SeenCell(at(row, column)) for column in range(2)]) for row in range(12)])
    looks = (*looks[:-1], looks[-1][:1])
    assert found(many, looks) == [[*[["Anna", "Bremen"]] * 11, ["Anna", ""]]]


@pytest.mark.parametrize(
    "looks",
    [
        (),
        LOOKS[:1],
        tuple([row[:1] for row in LOOKS]),
        # Rows of different lengths.
        (*LOOKS[:2], LOOKS[2][:1], LOOKS[3]),
        # Cells that cover each other, and more of them than a grid may have.
        ((SeenCell(at(0, 0)), SeenCell(at(0, 1), 2, 1)), (SeenCell(at(1, 0), 1, 2),), *LOOKS[2:]),
        tuple([tuple([SeenCell(at(row, 0), 20, 20)] * 20) for row in range(0, MAX_PLACES, 2_000)]),
        # A third column that holds nothing.
        tuple([(*row, SeenCell(at(number, 2))) for number, row in enumerate(LOOKS)]),
        # Columns the other way round, and a table somewhere else.
        tuple([(row[1], row[0]) for row in LOOKS]),
        tuple([tuple([SeenCell(quad(6, 9 + row, 7, 9.1 + row)) for _ in range(2)]) for row in range(2)]),
    ],
)
def test_what_the_words_do_not_bear_out_is_no_table(looks: SeenTable) -> None:
    assert found(WORDS, looks) == []


def test_cells_of_words_that_stand_apart_are_of_two_columns() -> None:
    said = [[*row, "12"] for row in NAMES]
    three = [word(text, row, column) for row, texts in enumerate(said) for column, text in enumerate(texts)]
    looks = tuple([(row[0], SeenCell(at(number, 1, 2))) for number, row in enumerate(LOOKS)])
    assert found(three) == found(three, looks) == [said]


def test_words_that_stand_beside_their_cells_bear_nothing_out() -> None:
    raised = [
        word(text, row - 0.12 * column, column) for row, one in enumerate(NAMES) for column, text in enumerate(one)
    ]
    looks = tuple([(row[0], SeenCell(at(number - 0.8, 1))) for number, row in enumerate(LOOKS)])
    assert found(raised, LOOKS) == [NAMES]
    assert found(raised, looks) == []


def test_a_cell_beside_three_rows_is_in_none_of_them() -> None:
    many = [word(text, row, column) for row in range(10) for column, text in enumerate(("Anna", "Bremen"))]
    narrow = [SeenCell(quad(0.9, 1.25 + 0.25 * row, 0.95, 1.3 + 0.25 * row)) for row in (0, 1)]
    first = [SeenCell(quad(1, 1, 2, 1.7)), *narrow, *[SeenCell(at(row, 0)) for row in range(3, 10)]]
    looks = tuple([(cell, SeenCell(at(row, 1))) for row, cell in enumerate(first)])
    assert found(many, looks) == []


def test_boxes_one_under_the_other_are_those_of_a_form() -> None:
    form = [word("Anna", row, 0) for row in range(9)] + [word("Bremen", 0, 1)]
    looks = (LOOKS[0], *[(SeenCell(at(row, 0, 2), 1, 2),) for row in range(1, 9)])
    assert found(form, looks) == []


def test_lines_that_run_on_are_no_cells() -> None:
    prose = [word("unfathomable" * 20, row, column) for row in range(4) for column in range(2)]
    assert found(prose, LOOKS) == []


FIGURES = [["Port", "High"], ["Brest", "5.1"], ["Cadiz", "3.4"], ["Dover", "6.2"]]
ALIGNED = [word(text, row, column) for row, texts in enumerate(FIGURES) for column, text in enumerate(texts)]


def test_a_table_that_was_found_stays_where_looks_know_less_of_it() -> None:
    assert found(ALIGNED) == [FIGURES]
    assert found(ALIGNED, LOOKS[1:]) == [FIGURES]


def test_words_of_a_table_that_looks_replace_are_not_lost() -> None:
    many = [word(text, row, column) for row in range(34) for column, text in enumerate(("Brest", "5.1"))]
    looks = tuple([tuple([SeenCell(at(row, column)) for column in range(2)]) for row in range(33)])
    page = Page(1, 8.5, 11.0, LengthUnit.INCH, tuple(many))
    assert [block.row_count for block in laid_out(page).blocks if isinstance(block, Table)] == [34]
    read = laid_out(msgspec.structs.replace(page, tables=(looks,)))
    assert [block.row_count for block in read.blocks if isinstance(block, Table)] == [33]
    assert len(list(words(read.blocks))) == 68


def test_looks_stand_in_place_of_what_was_found_of_the_same_words() -> None:
    tall = ((SeenCell(at(0, 0), 2, 1), SeenCell(at(0, 1))), (SeenCell(at(1, 1)),), *LOOKS[2:])
    assert found(ALIGNED, tall) == [[["Port Brest", "High"], ["5.1"], *FIGURES[2:]]]


def test_drawn_grids_are_surer_than_looks() -> None:
    down = [Rule(x, 0.95, x, 1.95, 0.01) for x in (0.95, 2.45, 3.95)]
    along = [Rule(0.95, y, 3.95, y, 0.01) for y in (0.95, 1.2, 1.45, 1.7, 1.95)]
    tall = ((SeenCell(at(0, 0), 2, 1), SeenCell(at(0, 1))), (SeenCell(at(1, 1)),), *LOOKS[2:])
    assert found(ALIGNED, tall, rules=(*down, *along)) == [FIGURES]
