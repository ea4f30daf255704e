"""How many barcodes are decoded, and how many wrongly, beside zxing-cpp alone, on pages made here.

    python -m bench.barcodes [--pages 200]

Each page has one to three codes of any kind at random size, rotation, blur and contrast.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table

from engine.ocr.sessions import Pixels
from engine.scan.barcodes import barcodes

_SEED = 7
_FORMAT = zxingcpp.BarcodeFormat
_SIDE = 1000
_CELL = 480


@dataclass
class Sum:
    """What a reader did with the codes of all pages."""

    right: int = 0
    wrong: int = 0


def code(chance: random.Random) -> tuple[str, Pixels]:
    """A value and its barcode, grey."""
    digits = "".join(chance.choice("0123456789") for _ in range(14))
    text = "".join(chance.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(chance.randint(6, 20)))
    kind, value = chance.choice(
        [
            (_FORMAT.QRCode, text),
            (_FORMAT.Aztec, text),
            (_FORMAT.DataMatrix, text),
            (_FORMAT.PDF417, text),
            (_FORMAT.Code128, text[:12]),
            (_FORMAT.Code39, text[:8]),
            (_FORMAT.Code93, text[:10]),
            (_FORMAT.ITF, digits),
            (_FORMAT.EAN13, _checked("4" + digits[:11])),
            (_FORMAT.EAN8, _checked(digits[:7])),
            (_FORMAT.UPCA, _checked("1" + digits[:10])),
            (_FORMAT.Codabar, f"A{digits[:9]}B"),
        ]
    )
    made = zxingcpp.create_barcode(value, kind)
    return value, np.asarray(zxingcpp.write_barcode_to_image(made, scale=chance.choice([1, 2, 2, 3, 4])))


def _checked(digits: str) -> str:
    """Digits with the check digit of retail codes behind them."""
    total = sum(int(one) * (3 if place % 2 == 0 else 1) for place, one in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def page(chance: random.Random) -> tuple[list[str], Pixels]:
    """The values on a page, and the page (HxWx3)."""
    paper = np.full((_SIDE, _SIDE), 255, np.uint8)
    cells = chance.sample([(x, y) for x in (0, _SIDE - _CELL) for y in (0, _SIDE - _CELL)], chance.randint(1, 3))
    values = []
    for left, top in cells:
        value, drawn = code(chance)
        room = Image.new("L", (_CELL, _CELL), 255)
        image = Image.fromarray(drawn)
        image.thumbnail((_CELL * 2 // 3, _CELL * 2 // 3))
        room.paste(image, ((_CELL - image.width) // 2, (_CELL - image.height) // 2))
        angle = chance.choice([0, 90, 180, 270]) + chance.uniform(-12, 12)
        turned = np.asarray(room.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255))
        ink = chance.randint(0, 150)
        worn = cv2.GaussianBlur(
            ink + turned.astype(np.float32) * (255 - ink) / 255, (0, 0), 0.1 + chance.random() * 1.4
        )
        paper[top : top + _CELL, left : left + _CELL] = np.clip(worn, 0, 255).astype(np.uint8)
        values.append(value)
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, 12 * chance.random(), paper.shape)
    noisy = np.clip(paper + noise, 0, 255).astype(np.uint8)
    return values, np.ascontiguousarray(np.repeat(noisy[:, :, None], 3, axis=2))


def score(values: list[str], found: list[str], total: Sum) -> None:
    """An EAN-13 that starts with 0 is the UPC-A without it."""
    wanted = list(values)
    for one in found:
        same = next((value for value in wanted if value.lstrip("0") == one.lstrip("0")), None)
        if same is None:
            total.wrong += 1
        else:
            wanted.remove(same)
            total.right += 1


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=200)
    pages = arguments.parse_args().pages
    console = Console()
    chance = random.Random(_SEED)  # noqa: S311 - pages are no secret
    ours, alone, codes = Sum(), Sum(), 0
    for _ in track(range(pages), "reading", console=console, transient=True):
        values, pixels = page(chance)
        codes += len(values)
        score(values, [one.value for one in barcodes(pixels)], ours)
        score(values, [one.text for one in zxingcpp.read_barcodes(pixels)], alone)
    table = Table("reader", "decoded", "wrong values")
    for name, total in (("engine", ours), ("zxing-cpp alone", alone)):
        table.add_row(name, f"{total.right / codes:.3f}", f"{total.wrong / codes:.4f}")
    console.print(f"{codes} codes on {pages} pages")
    console.print(table)


if __name__ == "__main__":
    main()
