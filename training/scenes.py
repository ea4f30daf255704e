"""Draws parts of scanned forms: check boxes, radio buttons, and what must not be taken for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.scan.marks.candidates import Grey, Outline
from engine.scan.marks.classify import Look
from engine.scan.marks.magnify import magnified
from training.boxes import box, column
from training.canvas import Canvas, Random, text
from training.distractions import bullet, cells, emblem, graph, grid, heading, numbered, scribble
from training.scanner import FINE, moved, scanned

_THINGS: tuple[Callable[[Canvas, float, float], float], ...] = (
    text,
    box,
    column,
    heading,
    bullet,
    graph,
    cells,
    grid,
    numbered,
    emblem,
    scribble,
)
_SHARES = (0.34, 0.28, 0.07, 0.06, 0.03, 0.02, 0.04, 0.05, 0.04, 0.04, 0.03)


class Scene(NamedTuple):
    """A scan (HxW) as it is looked at, the height of its text in pixels, and where its marks are."""

    grey: Grey
    size: float
    marks: list[tuple[Outline, Look]]


def scene(random: Random) -> Scene:
    """Part of a form with labels, marks and distractions."""
    canvas = Canvas(random)
    row = canvas.size
    while row < canvas.height - canvas.size:
        x = float(random.uniform(0.3, 3)) * canvas.size
        while x < canvas.width - 4 * canvas.size:
            draw = _THINGS[int(random.choice(len(_THINGS), p=_SHARES))]
            x = draw(canvas, x, row) + float(random.choice([0.3, 0.6, 1.5, 4.0])) * canvas.size
        row = max(row, canvas.lowest) + float(random.uniform(1.3, 2.6)) * canvas.size
    grey, matrix = scanned(np.asarray(canvas.image), random, canvas.size / FINE)
    grey, factor = magnified(grey, canvas.size / FINE)
    marks = [(moved(outline, matrix * factor), look) for outline, look in canvas.marks]
    return Scene(grey, canvas.size / FINE * factor, marks)
