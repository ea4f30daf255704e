"""Pictures on scans: photographs are found, and forms are not taken for pictures."""

from __future__ import annotations

import numpy as np
import pytest

from contract.options import AnalyzeOptions
from engine.evidence import Box, Picture, Word
from engine.scan import read
from engine.scan.frame import Pixels
from engine.scan.parts import Kind, Part, parts
from engine.scan.pictures import pictures
from tests.engine.images import recognizing, word
from tests.engine.ocr.pages import needs_weights

PAGE: Pixels = np.full((1000, 800, 3), 255, np.uint8)
BOX: Box = (100.0, 100.0, 500.0, 400.0)


def article() -> Pixels:
    """Two columns of grey lines, and a photograph over the right one."""
    noise = np.random.default_rng(7)
    page = PAGE.copy()
    for top in range(80, 900, 18):
        for left, right in ((70, 380), (420, 730)):
            if left < 400 or top > 420:
                ink = noise.random((8, right - left)) < 0.5
                page[top : top + 8, left:right][ink] = 60
    across, down = np.meshgrid(np.linspace(0, 6, 310), np.linspace(0, 5, 300))
    light = 120 + 70 * np.sin(across) * np.cos(down) + noise.normal(0, 12, across.shape)
    page[80:380, 420:730] = light.clip(0, 255).astype(np.uint8)[:, :, None]
    return page


@needs_weights
def test_a_photograph_is_a_figure() -> None:
    found = [part for part in parts(article()) if part.kind is Kind.FIGURE]
    assert [part.box for part in found] == [pytest.approx((420, 80, 730, 380), abs=25)]
    assert 0.6 < found[0].likelihood <= 1.0


@needs_weights
def test_a_blank_page_has_no_parts() -> None:
    assert parts(PAGE) == []


@pytest.mark.parametrize(
    ("part", "words", "expected"),
    [
        (Part(Kind.FIGURE, BOX, 0.9), [], [BOX]),
        (Part(Kind.FIGURE, BOX, 0.9), [word("label", 120, 120, 180, 140)], [BOX]),
        (Part(Kind.FIGURE, BOX, 0.9), [word("form", 120, 120, 480, 180)], []),
        (Part(Kind.FIGURE, BOX, 0.9), [word("beside", 120, 500, 480, 580)], [BOX]),
        (Part(Kind.FIGURE, BOX, 0.5), [], []),
        (Part(Kind.FIGURE, (0.0, 0.0, 800.0, 1000.0), 0.9), [], []),
        (Part(Kind.TABLE, BOX, 0.9), [], []),
    ],
)
def test_forms_are_no_pictures(part: Part, words: list[Word], expected: list[Box]) -> None:
    assert pictures([part], 800.0 * 1000.0, words) == expected


@pytest.mark.parametrize(("model", "expected"), [("prebuilt-layout", (Picture(BOX),)), ("prebuilt-read", ())])
def test_pictures_are_looked_for_where_layout_is_asked_for(
    model: str, expected: tuple[Picture, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    monkeypatch.setattr(read, "parts", lambda pixels: [Part(Kind.FIGURE, BOX, 0.9)])
    assert read.seen(PAGE, AnalyzeOptions(model_id=model)).drawn.pictures == expected
