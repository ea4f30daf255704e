"""Lines along and across a page are found in its pixels; strokes of letters are none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from contract.options import AnalyzeOptions
from engine.scan import read
from engine.scan.frame import Pixels
from engine.scan.rules import rules
from tests.engine.images import recognizing, word

TEXT = 20.0
WORDS = [word("table", 300, 300, 480, 320)]


def page(*lines: tuple[int, int, int, int], width: int = 2, size: tuple[int, int] = (800, 600)) -> Pixels:
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for one in lines:
        draw.line(one, "black", width)
    draw.text((300, 300), "lIiT-_=+# tide table", "black", font_size=TEXT)
    return np.asarray(image)


def test_lines_are_found_where_they_are() -> None:
    found = sorted(rules(page((100, 200, 600, 200), (100, 200, 100, 500)), WORDS), key=lambda rule: rule.x2)
    assert [(rule.x1, rule.y1, rule.x2, rule.y2) for rule in found] == [
        pytest.approx((100, 200, 100, 500), abs=3),
        pytest.approx((100, 200, 600, 200), abs=3),
    ]


def test_a_line_that_is_a_little_off_is_one() -> None:
    (found,) = rules(page((100, 200, 700, 203)), WORDS)
    assert found.x2 - found.x1 == pytest.approx(600, abs=5)


def test_letters_and_filled_boxes_are_no_lines() -> None:
    image = Image.fromarray(page())
    ImageDraw.Draw(image).rectangle((100, 100, 250, 180), "black")
    assert rules(np.asarray(image), WORDS) == []


def test_lines_of_a_turned_page_are_where_it_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, lambda _: [word("tide", 300, 300, 340, 320)], turns=(0.0, 1.0, 0.0, 0.0))
    turned = np.ascontiguousarray(np.rot90(page((100, 200, 600, 200)), -1))
    (found,) = read.seen(turned, AnalyzeOptions(model_id="prebuilt-layout")).drawn.rules
    assert (found.x1, found.y1, found.x2, found.y2) == pytest.approx((400, 100, 400, 600), abs=3)


def test_reading_alone_looks_for_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, lambda _: [word("tide", 300, 300, 340, 320)])
    assert read.seen(page((100, 200, 600, 200)), AnalyzeOptions(model_id="prebuilt-read")).drawn.rules == ()
