"""Lines along and across a page are found in its pixels; strokes of letters are none."""

from __future__ import annotations

import math
from itertools import pairwise

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


def test_a_bowed_line_is_given_in_pieces_that_meet() -> None:
    image = Image.new("RGB", (800, 600), "white")
    line = [(x, 200 + 12 * math.sin(x / 800 * math.pi)) for x in range(100, 701)]
    ImageDraw.Draw(image).line(line, "black", 2)
    found = rules(np.asarray(image), WORDS)
    assert (found[0].x1, found[-1].x2) == pytest.approx((100, 700), abs=3)
    assert all(one.x2 == other.x1 and one.y2 == other.y1 for one, other in pairwise(found))
    assert all(one.y1 == pytest.approx(200 + 12 * math.sin(one.x1 / 800 * math.pi), abs=2) for one in found)


def test_a_line_at_a_slant_goes_from_end_to_end() -> None:
    (found,) = rules(page((100, 200, 700, 230)), WORDS)
    assert (found.x1, found.y1, found.x2, found.y2) == pytest.approx((100, 200, 700, 230), abs=3)


def test_a_line_on_which_words_are_written_is_seen_between_them() -> None:
    written = [word("tide", left, 185, left + 90, 205) for left in range(100, 600, 100)]
    (found,) = rules(page((100, 200, 600, 200)), written)
    assert (found.x1, found.x2) == pytest.approx((100, 600), abs=3)
    assert rules(page((100, 200, 180, 200)), written) == []


def test_within_a_shade_there_are_no_lines() -> None:
    shade = page().copy()
    shade[100:180:2, 100:300:2] = shade[101:180:2, 101:300:2] = 0
    assert all(rule.x1 in (100.5, 299.5) for rule in rules(shade, WORDS) if rule.x1 == rule.x2)
    shade[100:180, 100:300:6] = shade[100:180, 101:300:6] = shade[100:180, 102:300:6] = 0
    assert all(min(abs(rule.x1 - 100), abs(rule.x1 - 299)) < 3 for rule in rules(shade, WORDS))


def test_a_stroke_at_a_slant_is_no_line() -> None:
    assert rules(page((600, 100, 612, 160), width=3), WORDS) == []


def test_letters_that_touch_a_line_do_not_bow_it() -> None:
    image = Image.fromarray(page((100, 200, 700, 200)))
    ImageDraw.Draw(image).rectangle((300, 186, 330, 200), "black")
    (found,) = rules(np.asarray(image), WORDS)
    assert (found.x1, found.y1, found.x2, found.y2) == pytest.approx((100, 200, 700, 200), abs=3)
