"""Each place of a table's grid is in exactly one cell, whatever spans the file states."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.office.grid import Entry, table
from engine.office.text import paragraph

SAID = paragraph(["x"])
assert SAID is not None
ENTRIES = st.builds(Entry, st.just((SAID,)), st.integers(0, 5), st.integers(0, 5))


@given(st.lists(st.lists(ENTRIES, max_size=5), min_size=1, max_size=6))
def test_every_place_is_in_one_cell(rows: list[list[Entry]]) -> None:
    found = table(rows)
    if found is None:
        assert not any(rows)
        return
    places = [
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(places) == [(row, column) for row in range(found.row_count) for column in range(found.column_count)]
    assert [(cell.row, cell.column) for cell in found.cells] == sorted((cell.row, cell.column) for cell in found.cells)
    assert sum(bool(cell.paragraphs) for cell in found.cells) == sum(map(len, rows))


def test_a_table_that_claims_too_many_places_is_none() -> None:
    assert table([[Entry((SAID,), 1, 1_000)]] * 2_000) is None
