"""The paper that scenes are drawn on, with fonts and a pen."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.scan.marks.candidates import Outline
from engine.scan.marks.classify import Look
from training.scanner import FINE

# In pixels of the scan: heights of text.
_SMALLEST, _LARGEST = 9.0, 36.0
# In heights of text: sides of a scene.
_WIDTH, _HEIGHT = 34, 21
_FONTS = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSerif",
    "DejaVuSerif-Bold",
    "DejaVuSansMono",
    "DejaVuSans-Oblique",
    "STIXGeneral",
    "STIXGeneralBol",
    "STIXGeneralItalic",
    "cmr10",
    "cmss10",
    "cmtt10",
    "cmb10",
)
_LETTERS = "etaoinshrdlucmfwypvbgkqjxz"
_ROUND = ("O", "0", "o", "D", "Q", "C", "B", "8", "6", "9", "OO", "00", "R", "DO", "oo", "a", "e", "@", "©", "®")

Random = np.random.Generator


class Canvas:
    """A scene while it is drawn; measures in pixels of the drawing."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.size = float(np.exp(random.uniform(np.log(_SMALLEST), np.log(_LARGEST)))) * FINE
        self.width, self.height = (round(side * self.size / FINE) * FINE for side in (_WIDTH, _HEIGHT))
        self.image = Image.new("L", (self.width, self.height), 255)
        self.pen = ImageDraw.Draw(self.image)
        self.marks: list[tuple[Outline, Look]] = []
        self.lowest = 0.0
        self._name = str(random.choice(_FONTS))
        self.stroke = max(1, round(self.size * float(random.uniform(0.03, 0.1))))

    def font(self, size: float, name: str | None = None) -> ImageFont.FreeTypeFont:
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        return ImageFont.truetype(folder / f"{name or self._name}.ttf", max(6, round(size)))

    def write(self, x: float, y: float, text: str, size: float | None = None, name: str | None = None) -> float:
        """Writes a text with its middle at a height; returns where it ends."""
        font = self.font(size or 0.75 * self.size, name)
        self.pen.text((x, y), text, fill=int(self.random.integers(0, 60)), font=font, anchor="lm")
        return x + font.getlength(text)

    def hand(self, points: list[tuple[float, float]], width: float) -> None:
        """A stroke of a pen through some points."""
        wobble = 0.04 * self.size
        moved = [
            (x + float(self.random.normal(0, wobble)), y + float(self.random.normal(0, wobble))) for x, y in points
        ]
        self.pen.line(moved, fill=int(self.random.integers(0, 90)), width=max(1, round(width)), joint="curve")


def word(random: Random) -> str:
    kind = random.random()
    if kind < 0.12:
        return str(random.choice(_ROUND))
    if kind < 0.3:
        return "".join(random.choice(list("0123456789.,-/$"), size=int(random.integers(1, 8))))
    word = "".join(random.choice(list(_LETTERS), size=int(random.integers(2, 9))))
    return word.upper() if kind < 0.5 else word.title() if kind < 0.65 else word


def text(canvas: Canvas, x: float, y: float) -> float:
    count = int(canvas.random.integers(1, 5))
    return canvas.write(x, y, " ".join([word(canvas.random) for _ in range(count)]))
