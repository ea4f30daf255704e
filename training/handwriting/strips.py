"""Draws lines of text, printed and written by hand."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.ocr import weights
from engine.ocr.sessions import Pixels
from training.handwriting.fonts import Families
from training.handwriting.scans import SIZE, Extent, Ink, Random, chosen, scanned

_VOCABULARY = 20_000
_SINGLE = "0123456789" * 3 + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()[]XXXx&$#%?"
# In sizes of the letters: the height of a drawing, and where in it lines stand; its greatest width in pixels.
_HEIGHT, _FOOT = 4, 2.4
_MOST_WIDTH = 3000
# How far strokes are moved, over which stretches, in sizes of the letters.
_BENDS = ((0.25, 0.03), (0.6, 0.07), (1.5, 0.1))
#: Steps of a scribble for each of its loops.
_STEPS = 24


def vocabulary() -> list[str]:
    """The most frequent English words. Raises: WeightsMissing."""
    lines = weights.path(weights.ENGLISH).read_text(encoding="utf-8-sig").split("\n")
    return [line.split(" ")[0] for line in lines[:_VOCABULARY]]


def printed(random: Random, words: Sequence[str], families: Families) -> Pixels:
    """A printed line, or what is taken for one, as the recognizers get it (48xWx3, RGB)."""
    if random.random() < 0.02:
        return scanned(random, _smudge(random), turns=True)
    ink = _set(random, text(random, words), _font(random, families))
    if random.random() < 0.04:
        ink = np.maximum(ink, _struck(random, ink))
    return scanned(random, ink, turns=True)


def written(random: Random, words: Sequence[str], families: Families) -> Pixels:
    """A line by hand, or a signature, as the recognizers get it (48xWx3, RGB)."""
    if random.random() < 0.12:
        return scanned(random, _scribble(random), turns=False)
    return scanned(random, _penned(random, text(random, words), _font(random, families)), turns=False)


def text(random: Random, words: Sequence[str]) -> str:
    """What a form, a letter or a bill may say in one line."""
    kind = random.random()
    if kind < 0.06:
        return chosen(random, _SINGLE)
    if kind < 0.3:
        return _number(random)
    some = [chosen(random, words) for _ in range(int(random.integers(1, 9)))]
    some = [word.capitalize() if random.random() < 0.3 else word for word in some]
    if kind < 0.42:
        some.insert(int(random.integers(0, len(some) + 1)), _number(random))
    elif kind < 0.52:
        some[0] += chosen(random, (":", ",", ".", " -"))
    line = " ".join(some)
    case = random.random()
    return line.upper() if case < 0.25 else line.capitalize() if case < 0.5 else line


def _number(random: Random) -> str:
    digits = "".join(str(one) for one in random.integers(0, 10, int(random.integers(1, 10))))
    day, month, year = (int(random.integers(1, most)) for most in (29, 13, 99))
    forms = (
        digits,
        f"{day}/{month}/{year}",
        f"{month:02}-{day:02}-{1950 + year}",
        f"{int(digits) / 100:,.2f}",
        f"-{int(digits) / 100:.2f}",
        f"${int(digits) / 100:,.2f}",
        f"({digits[:3]}) {digits[3:]}",
        " ".join(digits),
        f"{digits[:2]}%",
        f"No. {digits}",
        f"# {digits}",
    )
    return chosen(random, forms)


def _font(random: Random, families: Families) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(chosen(random, chosen(random, families)), SIZE)


def _set(random: Random, line: str, font: ImageFont.FreeTypeFont) -> Ink:
    """A line as machines set it: close or spaced, now and then with letters that do not quite stand on it."""
    page, drawing = _page(line, font)
    spacing = chosen(random, (0, 0, 0, 0.03, 0.1, 0.3)) * SIZE
    loose = chosen(random, (0, 0, 0, 0.02)) * SIZE
    x = float(SIZE)
    for piece in line if spacing or loose else [line]:
        drawing.text((x, _FOOT * SIZE + random.normal(0, loose)), piece, 255, font, anchor="ls")
        x += font.getlength(piece) + spacing
    return _sheared(_ink(page), chosen(random, (0, 0, 0, 0.2)))


def _penned(random: Random, line: str, font: ImageFont.FreeTypeFont) -> Ink:
    """A line as a hand writes it: each word, or each letter, of its own size and height, and no two alike."""
    page, drawing = _page(line, font)
    loose, drift = random.uniform(0, 1), random.normal(0, 0.02)
    x = float(SIZE)
    for piece in list(line) if random.random() < 0.4 else [f"{word} " for word in line.split(" ")]:
        sized = font.font_variant(size=SIZE * float(np.clip(random.normal(1, 0.1 * loose), 0.7, 1.4)))
        y = _FOOT * SIZE + drift * (x - SIZE) + random.normal(0, 0.05 * loose) * SIZE
        drawing.text((x, y), piece, 255, sized, anchor="ls")
        x += sized.getlength(piece) + float(random.normal(0, 0.03 * loose)) * SIZE
    ink = _sheared(_ink(page), float(random.normal(0.05, 0.15)))
    return _inked(random, _bent(random, ink))


def _page(line: str, font: ImageFont.FreeTypeFont) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    width = min(_MOST_WIDTH, int(font.getlength(line) * 1.4) + 4 * SIZE)
    page = Image.new("L", (width, _HEIGHT * SIZE), 0)
    return page, ImageDraw.Draw(page)


def _ink(page: Image.Image | cv2.typing.MatLike) -> Ink:
    return np.asarray(np.asarray(page, np.float32) / np.float32(255), np.float32)


def _sheared(ink: Ink, slant: float) -> Ink:
    matrix = np.array([[1, -slant, slant * _FOOT * SIZE], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(ink, matrix, ink.shape[::-1], flags=cv2.INTER_LINEAR), np.float32)


def _bent(random: Random, ink: Ink) -> Ink:
    """Strokes that do not run as the maker of the font drew them: moved smoothly, here more and there less."""
    height, width = ink.shape
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    for stretch, far in _BENDS:
        cells = (max(2, int(height / (stretch * SIZE))), max(2, int(width / (stretch * SIZE))))
        strength = far * SIZE * random.uniform(0.2, 1.2)
        for grid in (grid_x, grid_y):
            noise = random.normal(0, strength, cells).astype(np.float32)
            grid += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.remap(ink, grid_x, grid_y, cv2.INTER_LINEAR), np.float32)


def _inked(random: Random, ink: Ink) -> Ink:
    """Thinner or thicker strokes, on some with a pressure that comes and goes."""
    soft = cv2.GaussianBlur(ink, (0, 0), float(random.uniform(0.8, 3.0)))
    sharp = np.clip((soft - random.uniform(0.15, 0.5)) * 4 + 0.5, 0, 1)
    if random.random() < 0.4:
        pressure = random.uniform(0.4, 1.1, (4, max(4, ink.shape[1] // 24))).astype(np.float32)
        sharp = sharp * np.clip(cv2.resize(pressure, ink.shape[::-1], interpolation=cv2.INTER_CUBIC), 0, 1)
    return np.asarray(sharp, np.float32)


def _scribble(random: Random) -> Ink:
    """A signature: loops and waves in one go, on some with a stroke under it."""
    loops = int(random.integers(3, 14))
    steps = loops * _STEPS
    phase = np.linspace(0, loops * 1.2 * np.pi, steps)
    tall = np.repeat(random.uniform(0.15, 1.0, loops) ** 2 + 0.1, _STEPS) * SIZE
    tall[: 2 * _STEPS] *= random.uniform(1, 2)
    tall = np.convolve(np.pad(tall, _STEPS // 2, "edge"), np.ones(_STEPS + 1) / (_STEPS + 1), "valid")
    pace = np.cumsum(random.uniform(0.2, 1.2, steps)) * SIZE * random.uniform(0.01, 0.035)
    wide = np.repeat(random.uniform(0.1, 1, loops), _STEPS) * SIZE * random.uniform(0.15, 0.5)
    x = pace + wide * np.cos(phase + random.normal(0, 0.4))
    y = tall * np.sin(phase * random.uniform(0.9, 1.3)) + 2.2 * SIZE
    points = np.stack([x - x.min() + SIZE, y], axis=1)
    page = np.zeros((_HEIGHT * SIZE, min(_MOST_WIDTH, int(points[:, 0].max()) + SIZE)), np.uint8)
    thick = int(random.integers(2, 7))
    cv2.polylines(page, [np.round(points * 8).astype(np.int32)], False, (255,), thick, cv2.LINE_AA, 3)
    if random.random() < 0.4:
        foot, rise = int(2.3 * SIZE), int(random.uniform(-0.3, 0.6) * SIZE)
        cv2.line(page, (SIZE, foot), (page.shape[1] - SIZE, foot - rise), (255,), thick, cv2.LINE_AA)
    return _inked(random, _ink(page))


def _smudge(random: Random) -> Ink:
    """Dirt, a part of a logo, a dot: what is no writing but is taken for it."""
    page = np.zeros((_HEIGHT * SIZE, _HEIGHT * SIZE), np.uint8)
    for _ in range(int(random.integers(1, 5))):
        points = random.uniform(1.4 * SIZE, 2.6 * SIZE, (int(random.integers(3, 7)), 2))
        cv2.fillPoly(page, [np.round(points).astype(np.int32)], (255,), cv2.LINE_AA)
    return _ink(cv2.GaussianBlur(page, (0, 0), float(random.uniform(0.5, 6))))


def _struck(random: Random, ink: Ink) -> Ink:
    """A stroke of a pen through or around what is printed."""
    page = np.zeros(ink.shape, np.uint8)
    left, right, top, bottom = Extent.of(ink)
    points = random.uniform((left, top - 20), (right, bottom + 20), (int(random.integers(2, 5)), 2))
    cv2.polylines(page, [np.round(points).astype(np.int32)], False, (255,), int(random.integers(2, 6)), cv2.LINE_AA)
    return _ink(page)
