"""Strokes of boxes are told from writing that only crosses there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from engine.scan.marks.candidates import Outline
from engine.scan.marks.strokes import has_sides, runs_on

BOX = (90, 90, 120, 120)


def told(draw: Callable[[ImageDraw.ImageDraw], object]) -> tuple[bool, bool]:
    """Whether what is drawn has the sides of the box, and whether it runs on."""
    image = Image.new("L", (220, 220), 240)
    draw(ImageDraw.Draw(image))
    grey = np.asarray(image)
    outline = Outline(*BOX, closed=True)
    return has_sides(grey, outline), runs_on(grey, outline)


def test_a_box_alone() -> None:
    assert told(lambda pen: pen.rectangle(BOX, outline=10, width=2)) == (True, False)


def test_a_box_on_the_line_of_a_cell_keeps_its_sides() -> None:
    def draw(pen: ImageDraw.ImageDraw) -> None:
        pen.rectangle(BOX, outline=90, width=2)
        pen.line((0, 121, 220, 121), 10, 3)

    assert told(draw) == (True, True)


def test_a_round_mark_does_not_run_on() -> None:
    assert told(lambda pen: pen.ellipse(BOX, outline=10, width=2))[1] is False


def test_the_loop_of_a_signature_runs_on() -> None:
    def draw(pen: ImageDraw.ImageDraw) -> None:
        pen.line((30, 150, 96, 116, 108, 90, 119, 92, 112, 104, 92, 112, 190, 150), 10, 2)

    assert told(draw) == (False, True)


def test_nothing_runs_on_where_there_is_no_ink() -> None:
    blank = np.full((60, 60), 255, np.uint8)
    assert not runs_on(blank, Outline(20.0, 20.0, 40.0, 40.0, closed=True))
