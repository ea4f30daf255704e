"""What was read of a page that was made flat is put back where it lies in the image as sent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.page import LengthUnit
from engine.evidence import Quad, Word
from engine.mesh import Mesh
from engine.reading.page import Block, Cell, Figure, Line, Paragraph, ReadPage, Table, words
from engine.reading.placed import placed

FLAT: Quad = (10.0, 10.0, 30.0, 10.0, 30.0, 20.0, 10.0, 20.0)
SENT: Quad = (100.0, 50.0, 120.0, 50.0, 120.0, 60.0, 100.0, 60.0)
ASIDE = 90.0, 40.0


def mesh(angle: float = 0.0) -> Mesh:
    """A flat page of 100 x 80 that lies in an image of 400 x 300."""
    x, y = np.meshgrid(np.linspace(0, 100, 3) + ASIDE[0], np.linspace(0, 80, 3) + ASIDE[1])
    return Mesh(100.0, 80.0, np.stack([x, y], axis=2), (400.0, 300.0), angle)


def paragraph(quad: Quad = FLAT) -> Paragraph:
    return Paragraph(quad, (Line("some", quad, (Word("some", quad, 0.0, 10.0, False, 0.9),)),))


def page(*blocks: Block) -> ReadPage:
    return ReadPage(1, 100.0, 80.0, LengthUnit.PIXEL, 0.0, blocks, True)


@pytest.mark.parametrize(
    "block",
    [
        paragraph(),
        Table(FLAT, 1, 1, (Cell(0, 0, FLAT, (paragraph(),)),), (paragraph(),), (paragraph(),)),
        Figure(FLAT, (paragraph(),), (paragraph(),), (paragraph(),)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_all_that_has_a_place_is_moved(block: Block) -> None:
    found = placed(page(block), mesh())
    assert str(FLAT) in str(page(block))
    assert str(found.blocks) == str(page(block).blocks).replace(str(FLAT), str(SENT))


def test_the_page_and_its_words_have_the_measures_and_the_direction_of_the_image() -> None:
    found = placed(page(paragraph()), mesh(90.0))
    assert (found.width, found.height, found.angle) == (400.0, 300.0, 90.0)
    assert [word.angle for word in words(found.blocks)] == [90.0]


@given(st.floats(0, 100), st.floats(0, 80))
def test_a_quad_keeps_its_first_corner(x: float, y: float) -> None:
    (block,) = placed(page(paragraph((x, y, 100.0, y, 100.0, 80.0, x, 80.0))), mesh()).blocks
    assert block.quad[:2] == pytest.approx((x + ASIDE[0], y + ASIDE[1]), abs=1e-4)
