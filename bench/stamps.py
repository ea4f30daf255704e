"""How many stamps are found on pages that were stamped for it, and on pages that have none.

    python -m bench.stamps [--each 4] [--evaluation ../shared]

Stamps of four kinds in five inks, worn and turned, are printed where a page has room, on a form, a receipt and a page
of prose, worn as by a scanner. `--evaluation` (or EPHEMERA_DATA) is a folder with scans that have no stamps
(`data/dev`); without it only the made pages are read.
"""

from __future__ import annotations

import argparse
import io
import math
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.analysis import analyzed
from bench.kinds import kinds, png
from contract.options import AnalyzeOptions
from engine import tasks
from engine.evidence import Box, Word
from engine.ocr.sessions import Pixels
from engine.scan.stamps.find import stamps

INKS = {
    "red": (190, 30, 45),
    "blue": (40, 55, 165),
    "violet": (100, 45, 150),
    "green": (25, 120, 65),
    "black": (35,) * 3,
}
SHAPES = ("round", "oval", "rectangle", "seal")
SCANS = ("forms-kv/funsd/images/*.png", "receipts/sroie/img/*.jpg", "layout-md/omnidocbench-demo/images/*.jpg")
READ = AnalyzeOptions(model_id="prebuilt-read")
_SEED = 5
# Degrees that a stamp is turned by at most; a seal is set straight.
_MOST_TURN, _MOST_SEAL_TURN = 25.0, 4.0
# How much of a place two boxes share at least that are taken for the same.
_SAME = 0.5

Strength = NDArray[np.float64]
"""HxW; how much ink there is, 0..1."""


def stamp(shape: str, side: int, chance: random.Random) -> Strength:
    """A stamp that is so many pixels wide, turned, with ink that did not take everywhere."""
    image = Image.new("L", (2 * side, 2 * side), 0)
    draw = ImageDraw.Draw(image)
    half, line = 0.48 * side, max(2, side // 35)
    if shape == "round":
        draw.ellipse((side - half, side - half, side + half, side + half), outline=255, width=2 * line)
        letters = chance.choice(["HARBOUR OFFICE - LOWESTOFT - ", "NOTARY PUBLIC - COUNTY OF KENT - "])
        for number, letter in enumerate(letters):
            angle = 2 * math.pi * number / len(letters)
            place = (side + 0.78 * half * math.cos(angle), side + 0.78 * half * math.sin(angle))
            draw.text(place, letter, 255, font_size=side / 11, anchor="mm")
        draw.text((side, side), "12 MAY", 255, font_size=side / 9, anchor="mm")
    elif shape == "oval":
        draw.ellipse((side - half, side - 0.6 * half, side + half, side + 0.6 * half), outline=255, width=2 * line)
        draw.text((side, side), "RECEIVED\n12 MAY", 255, font_size=side / 9, anchor="mm", align="center")
    elif shape == "rectangle":
        text = chance.choice(["PAID", "APPROVED", "RECEIVED", "COPY"])
        draw.text((side, side), text, 255, font_size=1.2 * side / len(text), anchor="mm")
        height = 0.8 * side / len(text)
        draw.rectangle((side - half, side - height, side + half, side + height), outline=255, width=2 * line)
    else:
        draw.rectangle((side - half, side - half, side + half, side + half), outline=255, width=3 * line)
        draw.text((side, side), "OQ\nVN", 255, font_size=0.4 * side, anchor="mm", stroke_width=line)
    most = _MOST_SEAL_TURN if shape == "seal" else _MOST_TURN
    ink = np.asarray(image.rotate(chance.uniform(-most, most), Image.Resampling.BICUBIC)) / 255.0
    grain = np.random.default_rng(chance.randrange(2**31)).normal(size=ink.shape)
    patches = cv2.GaussianBlur(grain, (0, 0), side / 60)
    patches /= patches.std()
    worn = cv2.GaussianBlur(ink * (patches < 2.0) * np.clip(1.2 - 0.3 * patches, 0.3, 1.0), (0, 0), 0.8)
    down, across = np.nonzero(worn > 0.2)
    return np.asarray(worn[down.min() : down.max() + 1, across.min() : across.max() + 1])


def stamped(page: Pixels, ink: tuple[int, ...], strength: Strength, chance: random.Random) -> tuple[Pixels, Box]:
    """The page with the stamp where it covers least of many places, and the stamp's box."""
    high, wide = strength.shape
    dark = cv2.integral((page.min(axis=2) < 128).astype(np.uint8))
    places = [(chance.randrange(page.shape[1] - wide), chance.randrange(page.shape[0] - high)) for _ in range(60)]

    def covered(place: tuple[int, int]) -> int:
        x, y = place
        return int(dark[y + high, x + wide] - dark[y, x + wide] - dark[y + high, x] + dark[y, x])

    left, top = min(places, key=covered)
    out = page.astype(np.float64)
    taken = chance.uniform(0.6, 0.95) * strength[:, :, None] * (1 - np.array(ink) / 255.0)
    out[top : top + high, left : left + wide] *= 1 - taken
    return out.astype(np.uint8), (left, top, left + wide, top + high)


def words(document: bytes) -> list[Word]:
    """The words of a page that is an image, in its pixels."""
    page = analyzed(document, READ)[0]["pages"][0]
    found = []
    for word in page["words"]:
        quad, ys = tuple(word["polygon"]), word["polygon"][1::2]
        found.append(Word(word["content"], quad, 0.0, max(ys) - min(ys), False, word["confidence"]))
    return found


def same(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return wide > 0 and high > 0 and wide * high >= _SAME * (sum(areas) - wide * high)


def made(each: int, console: Console) -> Iterator[tuple[str, str, bool]]:
    """The shape and ink of each stamp that was printed, and whether it was found."""
    chance = random.Random(_SEED)  # noqa: S311 - pages are no secret
    plain = [
        pixels(page) for kind, page in kinds().items() if kind in ("scanned form", "receipt", "scanned page of prose")
    ]
    wanted = [(shape, ink) for shape in SHAPES for ink in INKS for _ in range(each)]
    for shape, ink in track(wanted, "stamped pages", console=console, transient=True):
        page = chance.choice(plain)
        side = round(chance.uniform(0.1, 0.2) * page.shape[0])
        printed, box = stamped(page, INKS[ink], stamp(shape, side, chance), chance)
        yield shape, ink, any(same(found, box) for found in stamps(printed, words(png(printed))))


def pixels(document: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(document)).convert("RGB"))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--each", type=int, default=4, help="stamps of each kind in each ink")
    arguments.add_argument("--evaluation", type=Path, default=Path(os.environ.get("EPHEMERA_DATA", "../shared")))
    options = arguments.parse_args()
    console = Console()
    tasks.warm()
    found: Counter[tuple[str, str]] = Counter()
    for shape, ink, is_found in made(options.each, console):
        found[shape, ink] += is_found
    table = Table("stamp", *INKS, title=f"found of {options.each}")
    for shape in SHAPES:
        table.add_row(shape, *[str(found[shape, ink]) for ink in INKS])
    console.print(table)
    scans = [path for pattern in SCANS for path in sorted((options.evaluation / "data" / "dev").glob(pattern))]
    if not scans:
        console.print(f"{options.evaluation} has no scans: only made pages were read")
        return
    false, seconds = 0, 0.0
    for path in track(scans, "scans", console=console, transient=True):
        document = path.read_bytes()
        read = words(document)
        began = time.process_time()
        false += len(stamps(pixels(document), read))
        seconds += time.process_time() - began
    console.print(f"{false} stamps on {len(scans)} scans, {1000 * seconds / len(scans):.0f} CPU-ms a page")


if __name__ == "__main__":
    main()
