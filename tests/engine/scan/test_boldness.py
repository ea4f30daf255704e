"""Lines of a scan that are printed bold are told by their ink."""

from __future__ import annotations

import numpy as np
import pytest

from contract.options import AnalyzeOptions
from engine.evidence import Word
from engine.scan import read
from engine.scan.boldness import with_boldness
from engine.scan.frame import Pixels
from tests.engine.images import recognizing

HEIGHT, PITCH, ADVANCE = 20, 30, 10


def printed(*lines: tuple[str, int]) -> tuple[Pixels, list[Word]]:
    """A page of lines, each a word whose letters are strokes of so many pixels, and its words."""
    image = np.full((PITCH * (len(lines) + 1), 400, 3), 255, np.uint8)
    words = []
    for number, (text, stroke) in enumerate(lines):
        top = PITCH * number + 5
        for place in range(len(text)):
            image[top + 4 : top + 16, 20 + ADVANCE * place : 20 + ADVANCE * place + stroke] = 0
        right = 20 + ADVANCE * len(text)
        quad = (20, top, right, top, right, top + HEIGHT, 20, top + HEIGHT)
        words.append(Word(text, tuple(map(float, quad)), 0.0, float(HEIGHT + number / 100), False, 0.9))  # type: ignore[arg-type]
    return image, words


def bold(*lines: tuple[str, int]) -> list[str]:
    return [word.text for word in with_boldness(*printed(*lines)) if word.bold]


USUAL = [("tides", 3)] * 9


def test_a_line_of_thicker_strokes_is_bold() -> None:
    assert bold(*USUAL, ("harbours", 5), ("quays", 3)) == ["harbours"]


def test_capitals_and_figures_are_no_bold_for_filling_their_line() -> None:
    assert bold(*USUAL, ("PORTS", 4), ("1904", 4), ("small", 4), ("BOATS", 6)) == ["small", "BOATS"]


def test_ideographs_are_left_as_they_are() -> None:
    assert bold(*USUAL, ("潮", 6)) == []


def test_a_page_shows_what_is_usual_with_some_lines_only() -> None:
    assert bold(*USUAL[:6], ("harbours", 5)) == []


def test_where_much_is_bold_nothing_is() -> None:
    assert bold(*USUAL, *[("harbours", 5)] * 4) == []


def test_words_beside_the_image_do_no_harm() -> None:
    image, words = printed(*USUAL)
    away = [Word(word.text, tuple([x + 5000.0 for x in word.quad]), 0.0, word.size, False, 0.9) for word in words]  # type: ignore[arg-type]
    assert not any(word.bold for word in with_boldness(image, away))


def test_reading_a_page_tells_its_bold_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    image, words = printed(*USUAL, ("harbours", 5))
    recognizing(monkeypatch, lambda pixels: words)
    for model, told in (("prebuilt-layout", ["harbours"]), ("prebuilt-read", [])):
        seen = read.seen(image, AnalyzeOptions(model_id=model))
        assert [word.text for word in seen.words if word.bold] == told
