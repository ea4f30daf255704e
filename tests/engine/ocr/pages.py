"""Pages of known words, drawn with the fonts that reportlab brings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFont

from engine.ocr import weights
from engine.ocr.sessions import Pixels

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"

needs_weights = pytest.mark.skipif(
    not all((weights.FOLDER / name).is_file() for name in weights.HASHES),
    reason=f"the weights are not built: {weights.BUILD}",
)


def page(lines: list[str], size: int = 28, left: int = 60) -> Pixels:
    """Black lines on white, one under the other, 1000 pixels wide; the first at 60 from the top."""
    image = Image.new("RGB", (1000, 120 + 2 * size * len(lines)), "white")
    drawing = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), size)
    for number, line in enumerate(lines):
        drawing.text((left, 60 + 2 * size * number), line, "black", font)
    return np.asarray(image)
