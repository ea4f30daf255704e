"""Pages are read the right way up, and their words stand where they were sent."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from contract.options import AnalyzeOptions
from engine.evidence import Word
from engine.scan import read
from engine.scan.frame import Pixels
from tests.engine.images import marked, recognizing, word

OPTIONS = AnalyzeOptions(model_id="prebuilt-read")
_RED = (255, 0, 0)


def reads(pixels: Pixels) -> list[Word]:
    """Reads the red square of a marked page: well when it stands to the left of the blue one."""
    red = np.argwhere((pixels == _RED).all(axis=2))
    blue = np.argwhere((pixels == (0, 0, 255)).all(axis=2))
    (top, left), (bottom, right) = red.min(axis=0), red.max(axis=0) + 1
    upright = blue[:, 1].mean() > red[:, 1].mean() + 1
    found = word("red", left, top, right, bottom)
    return [found if upright else Word("pal", found.quad, 0.0, found.size, False, 0.2)]


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("sure", [True, False])
def test_a_turned_page_is_read_upright(turn: int, sure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    likely = [0.1] * 4
    likely[turn] = 0.7 if sure else 0.4
    recognizing(monkeypatch, reads, (likely[0], likely[1], likely[2], likely[3]))
    sent = np.asarray(marked().rotate(-90 * turn, expand=True))
    (found,) = read.seen(sent, OPTIONS).words
    assert found.text == "red"
    assert found.angle == (0, 90, 180, -90)[turn]
    xs, ys = [int(x) for x in found.quad[0::2]], [int(y) for y in found.quad[1::2]]
    assert np.all(sent[min(ys) : max(ys), min(xs) : max(xs)] == _RED)


def test_a_page_that_looks_turned_but_is_not_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, reads, (0.1, 0.0, 0.9, 0.0))
    (found,) = read.seen(np.asarray(marked()), OPTIONS).words
    assert (found.text, found.angle) == ("red", 0)


def test_a_stamp_on_a_page_is_a_picture_that_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Image.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((420, 200, 620, 400), outline=_RED, width=8)
    draw.text((520, 300), "OQ\nVN", _RED, font_size=90, anchor="mm")
    recognizing(monkeypatch, lambda pixels: [word("prose", 60, 60, 140, 84)])
    drawn = read.seen(np.asarray(page), AnalyzeOptions(model_id="prebuilt-layout"), is_flat=True).drawn
    (picture,) = drawn.pictures
    assert picture.alone
    assert picture.box == pytest.approx((420, 200, 620, 400), abs=5)


def test_the_words_of_a_page_share_a_direction(monkeypatch: pytest.MonkeyPatch) -> None:
    angles = (1.8, 2.0, 2.4, 92.2, -87.9, 40.0)
    recognizing(monkeypatch, lambda pixels: [word("some", 0, 0, 9, 9, angle) for angle in angles])
    found = read.seen(np.full((60, 60, 3), 255, np.uint8), OPTIONS).words
    assert [one.angle for one in found] == pytest.approx([2.1, 2.1, 2.1, 92.1, -87.9, 40.0])


def test_skew_is_taken_out_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    recognizing(monkeypatch, lambda pixels: [word("some", 10, 10, 50, 20, 0.1)], skew=5.0)
    (found,) = read.seen(np.full((100, 100, 3), 255, np.uint8), OPTIONS).words
    assert found.angle == 5.0
