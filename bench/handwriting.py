"""How well lines by hand are told from print, on pictures of lines that were sorted before.

    python -m bench.handwriting FOLDER

`FOLDER/hand` and `FOLDER/print` hold PNG files, each a line as a finder of lines cuts it out. Lines that are read as
noise, or have fewer than two letters or digits, are told by no one and left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image
from rich.console import Console

from engine.ocr import recognize
from engine.ocr.lines import NOISE, Line


def by_hand(path: Path) -> float | None:
    """How likely the line of a file is by hand, if it can be made out."""
    image = np.asarray(Image.open(path).convert("RGB"))
    height, width = image.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    strip = recognize.strip(image, corners)
    line = Line(corners, strip, recognize.small().read(strip))
    told = line.likelihood >= NOISE and recognize.telling(line.characters)
    return line.by_hand if told else None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    console = Console()
    for kind in ("hand", "print"):
        likely = [one for path in sorted((folder / kind).glob("*.png")) if (one := by_hand(path)) is not None]
        console.print(f"{kind}: {len(likely)} lines, {sum(one >= 0.5 for one in likely)} told to be by hand")


if __name__ == "__main__":
    main()
