"""Image files that tests make, and a recognizer that reads what tests say."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from PIL import Image, ImageDraw

from engine.evidence import Quad, Word
from engine.scan import read
from engine.scan.frame import Pixels

Read = Callable[[Pixels], Iterable[Word]]

UPRIGHT = (1.0, 0.0, 0.0, 0.0)


def image(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 80), colour: Any = None, **options: Any) -> bytes:
    """An image file of one colour."""
    return encoded(Image.new(mode, size, colour), kind, **options)


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def marked(size: tuple[int, int] = (200, 300)) -> Image.Image:
    """A white page with a red square in its top-left corner and a blue one beside it."""
    page = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 39, 39), "red")
    draw.rectangle((60, 0, 99, 39), "blue")
    return page


def word(text: str, left: float, top: float, right: float, bottom: float, angle: float = 0.0) -> Word:
    quad: Quad = (left, top, right, top, right, bottom, left, bottom)
    return Word(text, quad, angle, bottom - top, False, 0.9)


def recognizing(
    monkeypatch: pytest.MonkeyPatch, found: Read, turns: tuple[float, float, float, float] = UPRIGHT, skew: float = 0.0
) -> None:
    """Replaces the networks."""
    monkeypatch.setattr(read.ocr, "boxes", lambda pixels, **_: [])
    monkeypatch.setattr(read.ocr, "read", lambda pixels, boxes, **_: read.ocr.Text(list(found(pixels))))
    monkeypatch.setattr(read, "likely_turns", lambda pixels: turns)
    monkeypatch.setattr(read, "skew", lambda pixels: skew)
