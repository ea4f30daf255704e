"""Draws parts of scanned forms: check boxes, radio buttons, and what must not be taken for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.scan.marks.candidates import Grey, Outline
from engine.scan.marks.classify import Look
from engine.scan.marks.magnify import magnified
from training.scanner import FINE, moved, scanned

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
_TICKS = "✓✔✗✘xX"
_BALLOTS = {"☐": Look.UNSELECTED, "☑": Look.SELECTED, "☒": Look.SELECTED}

Random = np.random.Generator


class Scene(NamedTuple):
    """A scan (HxW) as it is looked at, the height of its text in pixels, and where its marks are."""

    grey: Grey
    size: float
    marks: list[tuple[Outline, Look]]


class _Canvas:
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


def scene(random: Random) -> Scene:
    """Part of a form with labels, marks and distractions."""
    canvas = _Canvas(random)
    row = canvas.size
    while row < canvas.height - canvas.size:
        x = float(random.uniform(0.3, 3)) * canvas.size
        while x < canvas.width - 4 * canvas.size:
            draw = _THINGS[int(random.choice(len(_THINGS), p=_SHARES))]
            x = draw(canvas, x, row) + float(random.choice([0.3, 0.6, 1.5, 4.0])) * canvas.size
        row = max(row, canvas.lowest) + float(random.uniform(1.3, 2.6)) * canvas.size
    grey, matrix = scanned(np.asarray(canvas.image), random, canvas.size / FINE)
    grey, factor = magnified(grey, canvas.size / FINE)
    marks = [(moved(outline, matrix * factor), look) for outline, look in canvas.marks]
    return Scene(grey, canvas.size / FINE * factor, marks)


def _word(random: Random) -> str:
    kind = random.random()
    if kind < 0.12:
        return str(random.choice(_ROUND))
    if kind < 0.3:
        return "".join(random.choice(list("0123456789.,-/$"), size=int(random.integers(1, 8))))
    word = "".join(random.choice(list(_LETTERS), size=int(random.integers(2, 9))))
    return word.upper() if kind < 0.5 else word.title() if kind < 0.65 else word


def _text(canvas: _Canvas, x: float, y: float) -> float:
    count = int(canvas.random.integers(1, 5))
    return canvas.write(x, y, " ".join([_word(canvas.random) for _ in range(count)]))


def _column(canvas: _Canvas, x: float, y: float) -> float:
    """Boxes of one size, each close under the last."""
    random = canvas.random
    side = float(random.uniform(0.55, 1.3)) * canvas.size
    shape = side, side * _shape(random)
    step = shape[1] + float(random.uniform(0.05, 0.6)) * canvas.size
    ends = [_box(canvas, x, y + number * step, shape) for number in range(int(random.integers(2, 5)))]
    canvas.lowest = y + (len(ends) - 1) * step
    return max(ends)


def _shape(random: Random) -> float:
    """Height over width of a box: most are square, more are wide than high."""
    return float(random.choice([1.0, 1.0, 1.0, random.uniform(0.58, 1.0), random.uniform(0.75, 1.45)]))


def _box(canvas: _Canvas, x: float, y: float, shape: tuple[float, float] | None = None) -> float:
    """A check box or radio button, empty or marked, often beside its label, at times on a line or hung from one."""
    random = canvas.random
    if shape is None and random.random() < 0.15:
        glyph = str(random.choice(list(_BALLOTS)))
        font = canvas.font(float(random.uniform(0.7, 1.2)) * canvas.size, "DejaVuSans")
        left, top, right, bottom = canvas.pen.textbbox((x, y), glyph, font=font, anchor="lm")
        canvas.pen.text((x, y), glyph, fill=0, font=font, anchor="lm")
        canvas.marks.append((Outline(left, top, right, bottom, True), _BALLOTS[glyph]))
        return _text(canvas, right + 0.2 * canvas.size, y) if random.random() < 0.5 else right
    side = float(random.uniform(0.55, 1.5)) * canvas.size
    width, height = shape or (side, side * _shape(random))
    round_one = shape is None and random.random() < 0.25
    if round_one:
        height = width
    if shape is None:
        y += float(random.normal(0, 0.06)) * canvas.size
    box = (x, y - height / 2, x + width, y + height / 2)
    stroke = max(1, round(canvas.stroke * float(random.uniform(0.6, 1.4))))
    ink = int(random.choice([0, 0, 0, 40, 110, 150, 180]))
    if round_one:
        canvas.pen.ellipse(box, outline=ink, width=stroke)
    elif random.random() < 0.15:
        canvas.pen.rounded_rectangle(box, radius=0.15 * width, outline=ink, width=stroke)
    else:
        canvas.pen.rectangle(box, outline=ink, width=stroke)
    if not round_one and random.random() < 0.12:
        level = box[int(random.choice([1, 3]))]
        reach = random.uniform(0.5, 5, 2) * canvas.size
        canvas.pen.line((x - reach[0], level, x + width + reach[1], level), fill=ink, width=stroke)
    look = Look.SELECTED if random.random() < 0.55 else Look.UNSELECTED
    if look is Look.SELECTED:
        (_dot if round_one and random.random() < 0.7 else _mark)(canvas, box)
    canvas.marks.append((Outline(*box, True), look))
    end = x + width
    return _text(canvas, end + float(random.uniform(0.1, 0.7)) * canvas.size, y) if random.random() < 0.7 else end


def _dot(canvas: _Canvas, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    inset = float(canvas.random.uniform(0.18, 0.34)) * (right - left)
    canvas.pen.ellipse((left + inset, top + inset, right - inset, bottom - inset), fill=0)


def _mark(canvas: _Canvas, box: tuple[float, float, float, float]) -> None:
    """A cross, tick, scribble or filling, printed or by hand."""
    random = canvas.random
    left, top, right, bottom = box
    width, height = right - left, bottom - top

    def at(across: float, down: float) -> tuple[float, float]:
        return left + across * width, top + down * height

    pen = canvas.size * float(random.uniform(0.04, 0.14))
    kind = random.random()
    if kind < 0.3:
        reach = float(random.uniform(-0.25, 0.3))
        canvas.hand([at(reach, reach), at(1 - reach, 1 - reach)], pen)
        canvas.hand([at(1 - reach, reach), at(reach, 1 - reach)], pen)
    elif kind < 0.55:
        high = float(random.uniform(-0.6, 0.3))
        corner = at(float(random.uniform(0.3, 0.5)), float(random.uniform(0.7, 0.95)))
        canvas.hand([at(float(random.uniform(0, 0.3)), float(random.uniform(0.35, 0.6))), corner], pen)
        canvas.hand([corner, at(float(random.uniform(0.8, 1.4)), high)], pen)
    elif kind < 0.75:
        glyph = str(random.choice(list(_TICKS)))
        font = canvas.font(float(random.uniform(0.8, 1.1)) * height, "DejaVuSans")
        canvas.pen.text(at(0.5, 0.5), glyph, fill=0, font=font, anchor="mm")
    elif kind < 0.87:
        inset = float(random.uniform(0.12, 0.3))
        canvas.pen.rectangle((*at(inset, inset), *at(1 - inset, 1 - inset)), fill=int(random.integers(0, 80)))
    else:
        turns = int(random.integers(3, 8))
        canvas.hand(
            [at(float(random.uniform(0.05, 0.95)), float(random.uniform(0.05, 0.95))) for _ in range(turns)], pen
        )


def _cells(canvas: _Canvas, x: float, y: float) -> float:
    """A row of cells for one character each, some of them filled in."""
    random = canvas.random
    count, side = int(random.integers(2, 8)), float(random.uniform(0.9, 1.6)) * canvas.size
    height = side * float(random.uniform(0.9, 1.4))
    for number in range(count):
        left = x + number * side
        canvas.pen.rectangle((left, y - height / 2, left + side, y + height / 2), outline=0, width=canvas.stroke)
        if random.random() < 0.5:
            canvas.write(left + 0.25 * side, y, str(random.choice(list("0123456789ABCXO"))))
    return x + count * side


def _grid(canvas: _Canvas, x: float, y: float) -> float:
    """The corner of a table: lines that run on beyond a small cell."""
    random = canvas.random
    side, reach = float(random.uniform(0.8, 1.8)) * canvas.size, float(random.uniform(0.5, 3)) * canvas.size
    top, bottom = y - side / 2, y + side / 2
    for height in (top, bottom):
        canvas.pen.line((x, height, x + side + 2 * reach, height), fill=0, width=canvas.stroke)
    for left in (x + reach, x + reach + side):
        canvas.pen.line((left, top - reach / 3, left, bottom + reach / 3), fill=0, width=canvas.stroke)
    if random.random() < 0.6:
        canvas.write(x + reach + 0.2 * side, y, _word(random)[:2])
    return x + side + 2 * reach


def _numbered(canvas: _Canvas, x: float, y: float) -> float:
    """A number or letter in a box or circle, as in 'see box 2'."""
    random = canvas.random
    side = float(random.uniform(1.0, 1.6)) * canvas.size
    box = (x, y - side / 2, x + side, y + side / 2)
    (canvas.pen.ellipse if random.random() < 0.5 else canvas.pen.rectangle)(box, outline=0, width=canvas.stroke)
    text = str(random.choice(list("123456789ABCDEFGHKMNPRSTW?!i$%&")))
    font = canvas.font(0.65 * side)
    canvas.pen.text((x + side / 2, y), text, fill=0, font=font, anchor="mm")
    return x + side


def _emblem(canvas: _Canvas, x: float, y: float) -> float:
    """Shapes in each other, as logos have them."""
    random = canvas.random
    side = float(random.uniform(0.8, 2.2)) * canvas.size
    for _ in range(int(random.integers(2, 5))):
        sides = np.sort(random.uniform(0, side, 4))
        box = (x + sides[0], y - side / 2 + sides[1], x + sides[2], y - side / 2 + sides[3])
        if box[2] > box[0] and box[3] > box[1]:
            fill = None if random.random() < 0.5 else int(random.integers(0, 200))
            (canvas.pen.ellipse if random.random() < 0.5 else canvas.pen.rectangle)(
                box, outline=0, fill=fill, width=canvas.stroke
            )
    return x + side


def _scribble(canvas: _Canvas, x: float, y: float) -> float:
    """Handwriting, which has loops."""
    random = canvas.random
    length = float(random.uniform(2, 6)) * canvas.size
    steps = np.arange(0, length, canvas.size / 8)
    loops = float(random.uniform(0.3, 0.7)) * canvas.size
    across = x + steps + loops * np.sin(steps / canvas.size * 4)
    down = y + loops * np.cos(steps / canvas.size * 4 + random.normal(0, 0.5, len(steps)))
    canvas.hand(list(zip(across.tolist(), down.tolist(), strict=True)), canvas.size * float(random.uniform(0.05, 0.1)))
    return x + length


def _heading(canvas: _Canvas, x: float, y: float) -> float:
    """A word in large letters, which are as high as boxes; round ones more often than not."""
    random = canvas.random
    text = "".join(random.choice(list("ODQ0GCBPRo8ae"), size=int(random.integers(1, 4))))
    return canvas.write(
        x, y, text if random.random() < 0.6 else _word(random), float(random.uniform(0.9, 2.4)) * canvas.size
    )


def _bullet(canvas: _Canvas, x: float, y: float) -> float:
    """A dot, square or tick before an item, or a dark square that ends one."""
    random = canvas.random
    half = float(random.uniform(0.12, 0.45)) * canvas.size
    box = (x, y - half, x + 2 * half, y + half)
    kind = random.random()
    if kind < 0.7:
        shade = int(random.choice([0, 0, 60, 130]))
        (canvas.pen.ellipse if kind < 0.4 else canvas.pen.rectangle)(box, fill=shade)
    else:
        canvas.write(x, y, str(random.choice(list("✓✔✗✘♦★►⊕⊗⊙"))), 2 * half + 8, "DejaVuSans")
    return _text(canvas, x + 2 * half + 0.3 * canvas.size, y)


def _graph(canvas: _Canvas, x: float, y: float) -> float:
    """A line with markers on it, as charts and their legends have."""
    random = canvas.random
    half = float(random.uniform(0.25, 0.6)) * canvas.size
    count, step = int(random.integers(1, 6)), float(random.uniform(0.8, 2.5)) * canvas.size
    rise = random.uniform(-0.6, 0.6, count) * canvas.size
    points = [(x + step * number, y + float(rise[number])) for number in range(count)]
    ends = [(x - 1.2 * half - half, points[0][1]), *points, (points[-1][0] + 2.2 * half, points[-1][1])]
    canvas.pen.line(ends, fill=0, width=canvas.stroke)
    square = random.random() < 0.5
    for across, down in points:
        box = (across - half, down - half, across + half, down + half)
        (canvas.pen.rectangle if square else canvas.pen.ellipse)(box, outline=0, width=canvas.stroke)
    return ends[-1][0]


_THINGS: tuple[Callable[[_Canvas, float, float], float], ...] = (
    _text,
    _box,
    _column,
    _heading,
    _bullet,
    _graph,
    _cells,
    _grid,
    _numbered,
    _emblem,
    _scribble,
)
_SHARES = (0.34, 0.28, 0.07, 0.06, 0.03, 0.02, 0.04, 0.05, 0.04, 0.04, 0.03)
