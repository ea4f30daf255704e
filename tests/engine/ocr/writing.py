"""Pages in scripts that the networks do not know, drawn with fonts that have them."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from engine.ocr import language_data, tesseract
from engine.ocr.scripts import Script
from engine.ocr.sessions import Pixels

#: matplotlib brings DejaVu, which has most alphabets; the others are from Debian packages.
_DEJAVU = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
_DEBIAN = Path("/usr/share/fonts/truetype")
FONTS = {
    "Hangul": (_DEBIAN / "nanum" / "NanumGothic.ttf", "fonts-nanum"),
    "Devanagari": (_DEBIAN / "freefont" / "FreeSerif.ttf", "fonts-freefont-ttf"),
    "Thai": (_DEBIAN / "freefont" / "FreeSerif.ttf", "fonts-freefont-ttf"),
}


def needs_data(script: Script) -> None:
    """Skips a test where the data of a script is not built."""
    if not tesseract.installed(script):
        package = language_data.PACKAGES[script.data]
        pytest.skip(f"lines in {script.data} are not read here: tesserocr or the data of {package} is missing")


def written(lines: list[str], alphabet: str = "", *, to_left: bool = False, size: int = 30) -> Pixels:
    """Black lines on white, one under the other; skips the test when the font of the alphabet is not installed."""
    path, package = FONTS.get(alphabet, (_DEJAVU, "matplotlib"))
    if not path.is_file():
        pytest.skip(f"{path.name} of {package} is not installed")
    font = ImageFont.truetype(str(path), size)
    width = 160 + max(int(font.getlength(line)) for line in lines)
    image = Image.new("RGB", (max(1000, width), 160 + 2 * size * len(lines)), "white")
    drawing = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        place = (image.width - 80 if to_left else 80, 80 + 2 * size * number)
        drawing.text(place, line, "black", font, anchor="ra" if to_left else "la")
    return np.asarray(image)
