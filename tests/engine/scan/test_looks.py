"""Colours of words are estimated from pixels."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evidence import Look, Word
from engine.scan.looks import with_looks

Color = tuple[int, int, int]


def look(ground: Color, ink: Color, noise: int = 12) -> Look | None:
    """The look of three strokes on a ground."""
    pixels = np.full((60, 120, 3), ground, np.int32)
    for x in (30, 50, 70):
        pixels[20:40, x : x + 4] = ink
    pixels += np.random.default_rng(1).integers(-noise, noise + 1, pixels.shape)
    seen = Word("lll", (25, 15, 80, 15, 80, 45, 25, 45), 0.0, 30, False, 0.9)
    return with_looks(np.clip(pixels, 0, 255).astype(np.uint8), [seen])[0].look


@pytest.mark.parametrize(
    ("ground", "ink", "expected"),
    [
        ((250, 248, 245), (20, 25, 22), Look(None, "#000000")),
        ((250, 250, 250), (200, 10, 5), Look(None, "#cc0000")),
        ((10, 10, 150), (255, 255, 255), Look(None, "#ffffff", "#000099")),
    ],
)
def test_ink_and_ground(ground: Color, ink: Color, expected: Look) -> None:
    assert look(ground, ink) == expected


def test_a_plain_box_or_one_off_the_page_has_no_look() -> None:
    assert look((200, 200, 200), (200, 200, 200), noise=0) is None
    outside = Word("x", (500, 500, 520, 500, 520, 520, 500, 520), 0.0, 20, False, 0.9)
    assert with_looks(np.zeros((60, 120, 3), np.uint8), [outside])[0].look is None
