"""Signatures on scans: scribbles over a line or beside a word that asks for one, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.evidence import Rule, Word
from engine.scan.frame import Pixels
from engine.scan.signatures import signatures
from tests.engine.images import word

LINE = Rule(280.0, 260.0, 560.0, 260.0, 2.0)
# Where the scribble is.
LEFT, TOP, RIGHT, BOTTOM = 300, 190, 500, 255


def page(*, scribble: bool = True, line: bool = True) -> Pixels:
    """Lines of prose, and below them waves of a pen."""
    image = Image.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(image)
    for top in (60, 90, 120):
        draw.text((60, top), "prose of water and wind by the old quay", "black", font_size=20)
    if line:
        draw.line((LINE.x1, LINE.y1, LINE.x2, LINE.y2), "black", 2)
    if scribble:
        along = np.linspace(0, 1, 120)
        middle = (TOP + BOTTOM) / 2
        waves = middle + (BOTTOM - TOP) / 2 * np.sin(along * 31) * (1 - 0.5 * along)
        draw.line(list(zip((LEFT + (RIGHT - LEFT) * along).tolist(), waves.tolist(), strict=True)), "black", 3)
    return np.asarray(image)


def prose() -> list[Word]:
    return [word("prose of water and wind by the old quay", 55, top, 460, top + 24) for top in (58, 88, 118)]


@pytest.mark.parametrize("label", ["Signature:", "By:", "(Unterschrift)", "Approved"])
def test_a_scribble_beside_a_word_that_asks_for_it_is_a_signature(label: str) -> None:
    asked = word(label, 170, 230, 270, 252)
    (box,) = signatures(page(line=False), [*prose(), asked], [])
    assert box == pytest.approx((LEFT, TOP, RIGHT, BOTTOM), abs=10)


def test_a_scribble_on_a_line_to_write_on_is_a_signature() -> None:
    assert len(signatures(page(), prose(), [LINE])) == 1


def test_a_scribble_that_nothing_asks_for_is_none() -> None:
    assert signatures(page(line=False), [*prose(), word("Note:", 170, 230, 270, 252)], []) == []


def test_the_side_of_a_box_is_no_line_to_write_on() -> None:
    side = Rule(280.0, 160.0, 280.0, 260.0, 2.0)
    assert signatures(page(), prose(), [LINE, side]) == []


@pytest.mark.parametrize("read", ["12.10.1997", "Quay"])
def test_numbers_and_what_is_read_well_on_a_line_are_none(read: str) -> None:
    assert signatures(page(), [*prose(), by_hand(read)], [LINE]) == []


def test_prose_and_empty_pages_have_none() -> None:
    assert signatures(page(scribble=False), prose(), [LINE]) == []
    assert signatures(page(), [], []) == []


def by_hand(text: str) -> Word:
    found = word(text, LEFT, TOP, RIGHT, BOTTOM)
    return Word(text, found.quad, 0.0, 20.0, False, 0.9, by_hand=0.9)
