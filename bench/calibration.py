"""How often words are right, beside their confidence.

    python -m bench.calibration [--pages 24] [--evaluation ../shared]

Fits what the likelihoods of the recognizers are worth on pages made here: words, names and numbers in several
fonts and sizes, made faint, blurred, noisy and compressed. A word counts as right when the word that was drawn
where it stands has its text. Prints the two constants of `engine/ocr/confidence.py` and the expected calibration
error, as the engine has them and as fitted, on pages left out of the fit; and, where `--evaluation` has real scans
with their truth, on those by their kind, where a word is right when its page has one with these letters and digits.
"""

from __future__ import annotations

import argparse
import io
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import matplotlib
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.read import pages as real_pages
from bench.read import pixels
from engine.evidence import Word
from engine.ocr import confidence, read, weights
from engine.ocr.sessions import Pixels

_SEED = 5
_BINS = 10
_STEPS = 50
_VOCABULARY = 20_000
_FONTS = sorted((Path(matplotlib.get_data_path()) / "fonts" / "ttf").glob("DejaVuS*.ttf"))

Rows = NDArray[np.float64]
"""Nx2: the confidence of a word as the engine gives it, and whether the word was right, 0 or 1."""


class Drawn(NamedTuple):
    """A word and the middle of its place."""

    text: str
    x: float
    y: float


class Curve(NamedTuple):
    """Confidence from what the likelihoods say: a logistic curve over its logit."""

    slope: float
    offset: float

    def over(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(1 / (1 + np.exp(-(self.slope * logits + self.offset))))


def word(chance: random.Random, vocabulary: list[str]) -> str:
    """A word, a name or a number, with the marks that stand around it."""
    kind = chance.random()
    if kind < 0.15:
        return f"{chance.randrange(100000) / 100:,.2f}"
    if kind < 0.25:
        return f"{chance.randint(1, 12)}/{chance.randint(1, 28)}/{chance.randint(10, 99)}"
    if kind < 0.35:
        return "".join(chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789-") for _ in range(chance.randint(3, 9)))
    text = chance.choice(vocabulary)
    text = chance.choice([text, text, text.capitalize(), text.upper()])
    return chance.choice([text] * 6 + [f"{text},", f"{text}.", f"{text}:", f"({text})"])


def page(chance: random.Random, vocabulary: list[str]) -> tuple[Pixels, list[Drawn]]:
    """A page as a poor scanner might give it, and what was drawn on it."""
    size = chance.choice([9, 10, 11, 12, 14, 16, 20, 26])
    font = ImageFont.truetype(str(chance.choice(_FONTS)), size)
    image = Image.new("RGB", (800, 240), "white")
    drawing = ImageDraw.Draw(image)
    ink = round(170 * chance.random() ** 2.5)
    space = font.getlength(" ") * chance.uniform(0.6, 1.2)
    drawn = []
    for y in range(20, 210, int(size * 1.8)):
        x = 30.0
        while x < 660:
            text = word(chance, vocabulary)
            drawing.text((x, y), text, (ink, ink, ink), font)
            width = font.getlength(text)
            drawn.append(Drawn(text, x + width / 2, y + 0.6 * size))
            x += width + space * chance.choice([1, 1, 1, 6])
    return worn(np.asarray(image), chance), drawn


def worn(image: Pixels, chance: random.Random) -> Pixels:
    """Blur, noise and the losses of JPEG, each from none to strong, and seldom strong."""
    blurred = cv2.GaussianBlur(image, (0, 0), 0.1 + 1.1 * chance.random() ** 2.5).astype(np.float32)
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, 30 * chance.random() ** 2, image.shape)
    packed = io.BytesIO()
    Image.fromarray(np.clip(blurred + noise, 0, 255).astype(np.uint8)).save(
        packed, "JPEG", quality=chance.randint(35, 95)
    )
    return np.asarray(Image.open(packed).convert("RGB"))


def made(chance: random.Random, pages: int, console: Console) -> Rows:
    """The words of pages made here."""
    listed = weights.path(weights.ENGLISH).read_text(encoding="utf-8-sig").split("\n")[:_VOCABULARY]
    vocabulary = [line.split(" ")[0] for line in listed]
    rows = []
    for _ in track(range(pages), "reading", console=console, transient=True):
        image, drawn = page(chance, vocabulary)
        rows += [(found.confidence, float(_there(found, drawn))) for found in read.read(image).words]
    return np.array(rows)


def _there(found: Word, drawn: list[Drawn]) -> bool:
    x, y = sum(found.quad[::2]) / 4, sum(found.quad[1::2]) / 4
    return min(drawn, key=lambda one: math.hypot(one.x - x, 3 * (one.y - y))).text == found.text


def scanned(evaluation: Path, pages: int, console: Console) -> Iterator[tuple[str, Rows]]:
    """The words of so many real pages of each kind, with the name of the kind."""
    from eval.metrics.text import squash

    kinds: dict[str, list[tuple[float, float]]] = {}
    # Formulas and ideographs have no words to compare.
    spaced = [one for one in real_pages(evaluation / "data" / "dev", pages) if not one.group.startswith("omni")]
    for one in track(spaced, "reading", console=console, transient=True):
        left = Counter(squash(part) for piece in one.pieces for part in piece.text.split())
        for found in read.read(pixels(one.image)).words:
            if text := squash(found.text):
                kinds.setdefault(one.group, []).append((found.confidence, float(left[text] > 0)))
                left[text] -= 1
    for kind, rows in kinds.items():
        yield kind, np.array(rows)


def fitted(rows: Rows, current: Curve) -> Curve:
    """The curve of greatest likelihood, by Newton's method."""
    logits = raw(rows, current)
    features = np.stack([logits, np.ones_like(logits)], axis=1)
    found = np.array(current)
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-features @ found))
        bend = features.T @ (features * (expected * (1 - expected))[:, None]) + 1e-6 * np.eye(2)
        found = found + np.linalg.solve(bend, features.T @ (rows[:, 1] - expected))
    return Curve(float(found[0]), float(found[1]))


def raw(rows: Rows, current: Curve) -> NDArray[np.float64]:
    """What the engine had in hand before its own curve."""
    inside = np.clip(rows[:, 0], 1e-4, 1 - 1e-4)
    return np.asarray((np.log(inside / (1 - inside)) - current.offset) / current.slope)


def calibration_error(confidences: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Mean distance between confidence and share of right words, over bins of confidence."""
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    parts = [abs(float((confidences - right)[bins == one].sum())) for one in range(_BINS)]
    return sum(parts) / len(right)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=24, help="made to fit on; a third as many to measure on")
    arguments.add_argument("--evaluation", type=Path, default=Path("../shared"))
    options = arguments.parse_args()
    console = Console()
    current = Curve(confidence.SLOPE, confidence.OFFSET)
    read.warm()
    chance = random.Random(_SEED)  # noqa: S311 - pages are no secret
    after = fitted(made(chance, options.pages, console), current)
    measured = [("made here", made(chance, max(1, options.pages // 3), console))]
    if (options.evaluation / "eval").is_dir():
        sys.path.insert(0, str(options.evaluation))
        measured += scanned(options.evaluation, max(1, options.pages // 3), console)
    table = Table("pages", "words", "right", "mean confidence", "calibration error", "fitted")
    for name, rows in measured:
        now, then = rows[:, 0], after.over(raw(rows, current))
        errors = [f"{calibration_error(one, rows[:, 1]):.3f}" for one in (now, then)]
        table.add_row(name, str(len(rows)), f"{rows[:, 1].mean():.3f}", f"{now.mean():.3f}", *errors)
    console.print(table)
    console.print(f"SLOPE = {after.slope:.2f}, OFFSET = {after.offset:.2f}; the engine has {tuple(current)}")


if __name__ == "__main__":
    main()
