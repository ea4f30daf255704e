"""Fits what the likelihoods of the recognizers are worth, on pages made here.

    python -m bench.calibration [--pages 60]

Pages of random words and numbers are drawn in several fonts and sizes, made faint, blurred, noisy and
compressed, and read. A word counts as right when the word that was drawn where it stands has its text.
Prints the two constants of `engine/ocr/confidence.py` and the expected calibration error on the pages left
out of the fit, before and after.
"""

from __future__ import annotations

import argparse
import io
import math
import random
from pathlib import Path

import cv2
import numpy as np
import reportlab
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rich.console import Console
from rich.progress import track

from engine.ocr import confidence, read
from engine.ocr.sessions import Pixels

_SEED = 5
_BINS = 10
_STEPS = 50
_LETTERS = "eeeettaaooiinnsshhrrddllccuummffwwggyyppbbvvkkxjqzETAOINSHR"
_FONTS = sorted((Path(reportlab.__file__).parent / "fonts").glob("Vera*.ttf"))

Drawn = tuple[str, float, float]
"""A word and the middle of its place."""


def word(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return f"{chance.randrange(100000) / 100:,.2f}"
    return "".join(chance.choice(_LETTERS) for _ in range(chance.randint(2, 10)))


def page(chance: random.Random) -> tuple[Pixels, list[Drawn]]:
    """A page as a poor scanner might give it, and what was drawn on it."""
    size = chance.choice([9, 11, 13, 16, 20, 26])
    font = ImageFont.truetype(str(chance.choice(_FONTS)), size)
    image = Image.new("RGB", (800, 600), "white")
    drawing = ImageDraw.Draw(image)
    ink = chance.randint(0, 190)
    drawn = []
    for y in range(30, 560, int(size * 1.8)):
        x = 30.0
        while x < 660:
            text = word(chance)
            drawing.text((x, y), text, (ink, ink, ink), font)
            width = font.getlength(text)
            drawn.append((text, x + width / 2, y + 0.6 * size))
            x += width + font.getlength(" ") * chance.choice([1, 1, 1, 6])
    return worn(np.asarray(image), chance), drawn


def worn(image: Pixels, chance: random.Random) -> Pixels:
    """Blur, noise and the losses of JPEG, each from none to strong."""
    blurred = cv2.GaussianBlur(image, (0, 0), 0.1 + 1.3 * chance.random()).astype(np.float32)
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, 40 * chance.random() ** 2, image.shape)
    packed = io.BytesIO()
    Image.fromarray(np.clip(blurred + noise, 0, 255).astype(np.uint8)).save(
        packed, "JPEG", quality=chance.randint(20, 90)
    )
    return np.asarray(Image.open(packed).convert("RGB"))


def judged(chance: random.Random, pages: int, console: Console) -> NDArray[np.float64]:
    """Rows of raw confidence and whether the word was right, 0 or 1."""
    rows = []
    for _ in track(range(pages), "reading", console=console, transient=True):
        image, drawn = page(chance)
        for found in read.read(image).words:
            x1, y1, x2, y2, x3, y3, x4, y4 = found.quad
            x, y = (x1 + x2 + x3 + x4) / 4, (y1 + y2 + y3 + y4) / 4
            text, *_ = min(drawn, key=lambda one: math.hypot(one[1] - x, 3 * (one[2] - y)))
            rows.append((found.confidence, float(text == found.text)))
    return np.array(rows)


def fitted(rows: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and offset of the logistic curve of greatest likelihood, by Newton's method."""
    logits = logit(rows[:, 0])
    features = np.stack([logits, np.ones_like(logits)], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-features @ weights))
        bend = features.T @ (features * (expected * (1 - expected))[:, None]) + 1e-6 * np.eye(2)
        weights = weights + np.linalg.solve(bend, features.T @ (rows[:, 1] - expected))
    return float(weights[0]), float(weights[1])


def logit(confidences: NDArray[np.float64]) -> NDArray[np.float64]:
    inside = np.clip(confidences, 1e-3, 1 - 1e-3)
    return np.asarray(np.log(inside / (1 - inside)))


def calibration_error(confidences: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Mean distance between confidence and share of right words, over bins of confidence."""
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    parts = [abs(float((confidences - right)[bins == one].sum())) for one in range(_BINS)]
    return sum(parts) / len(right)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=60)
    pages = arguments.parse_args().pages
    console = Console()
    current = confidence.SLOPE, confidence.OFFSET
    confidence.SLOPE, confidence.OFFSET = 1.0, 0.0
    read.warm()
    chance = random.Random(_SEED)  # noqa: S311 - pages are no secret
    rows, left_out = judged(chance, pages, console), judged(chance, max(1, pages // 3), console)
    slope, offset = fitted(rows)
    after = 1 / (1 + np.exp(-(slope * logit(left_out[:, 0]) + offset)))
    console.print(f"{len(rows)} words, {rows[:, 1].mean():.3f} right; the engine has {current}")
    console.print(f"SLOPE = {slope:.2f}, OFFSET = {offset:.2f}")
    console.print(f"calibration error {calibration_error(left_out[:, 0], left_out[:, 1]):.3f} raw", end=", ")
    console.print(f"{calibration_error(after, left_out[:, 1]):.3f} fitted")


if __name__ == "__main__":
    main()
