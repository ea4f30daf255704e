"""What stands to the right of a piece stands further right, so that a row ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.layout.pairs.neighbours import Neighbours
from engine.layout.pairs.pieces import Piece

PLACES = st.integers(0, 40).map(lambda steps: steps / 8)
WIDTHS = st.sampled_from([0.001, 0.05, 0.5, 2.0])


def piece(left: float, top: float, width: float) -> Piece:
    return Piece("text", (0,), left, top, left + width, top + 0.2, 0, False, False, False, False, None)


@given(st.lists(st.builds(piece, PLACES, PLACES, WIDTHS), max_size=30))
def test_a_row_goes_to_the_right(found: list[Piece]) -> None:
    pieces = sorted(found, key=lambda one: one.top)
    for place, right in enumerate(Neighbours(pieces, 0.2).right):
        assert right is None or pieces[right].left > pieces[place].left


def test_narrow_pieces_at_one_place_are_not_beside_each_other() -> None:
    assert Neighbours([piece(1, 1, 0.001), piece(1, 1, 0.001)], 0.2).right == [None, None]
