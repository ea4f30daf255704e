"""The skew of a page of lines is found; where there are none it is 0."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from engine.scan.skew import skew

_LINE = "the quick brown fox jumps over a lazy dog and runs"


def page_of_text() -> Image.Image:
    page = Image.new("RGB", (850, 1100), "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(18)
    for number in range(30):
        draw.text((100, 100 + 30 * number), _LINE[number % 7 :], fill="black", font=font)
    return page


@pytest.mark.parametrize("degrees", [0, 0.5, -1.3, 4, -7.2, 12])
def test_the_skew_of_text_is_found(degrees: float) -> None:
    sent = page_of_text().rotate(-degrees, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert skew(np.asarray(sent)) == pytest.approx(degrees, abs=0.2)


def test_a_page_without_lines_has_no_skew() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (400, 300, 3), dtype=np.uint8)
    assert skew(noise) == 0.0
    assert skew(np.full((400, 300, 3), 255, np.uint8)) == 0.0
