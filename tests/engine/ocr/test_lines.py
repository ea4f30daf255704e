"""Which recognizer reads what of a page."""

from __future__ import annotations

import numpy as np
import pytest

from engine.ocr import lexicon, recognize
from engine.ocr.detect import Box
from engine.ocr.lines import lines
from engine.ocr.recognize import HEIGHT, Character
from engine.ocr.sessions import Pixels

PAGE = np.full((2000, 1600, 3), 255, np.uint8)


class Noted:
    """Reads an a in each strip, and notes how wide the strips are."""

    def __init__(self) -> None:
        self.widths: list[int] = []

    def read(self, strip: Pixels) -> list[Character]:
        self.widths.append(strip.shape[1])
        return [Character("a", 10.0, 0.99)]


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> tuple[Noted, Noted]:
    tiny, small = Noted(), Noted()
    monkeypatch.setattr(recognize, "tiny", lambda: tiny)
    monkeypatch.setattr(recognize, "small", lambda: small)
    monkeypatch.setattr(lexicon, "of", lambda _: lexicon.UNKNOWN)
    return tiny, small


def boxes(count: int, height: float) -> list[Box]:
    """Boxes as wide as the page."""
    return [Box(800.0, 60.0 * number + 40.0, 1500.0, height, 0.0) for number in range(count)]


def test_large_print_is_read_by_the_small_recognizer(readers: tuple[Noted, Noted]) -> None:
    lines(PAGE, boxes(3, 50.0))
    assert [len(one.widths) for one in readers] == [3, 0]


def test_fine_print_is_read_by_the_better_one(readers: tuple[Noted, Noted]) -> None:
    lines(PAGE, boxes(3, 24.0))
    assert [len(one.widths) for one in readers] == [0, 3]
    assert readers[1].widths == [1500 * HEIGHT // 24] * 3


def test_on_a_dense_page_it_reads_only_what_is_in_doubt(readers: tuple[Noted, Noted]) -> None:
    lines(PAGE, boxes(30, 24.0))
    assert [len(one.widths) for one in readers] == [30, 0]
