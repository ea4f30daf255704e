"""Draws what was read on pages of five kinds: `python -m bench.overlays`, which writes `docs/overlays/`."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from bench.analysis import analyzed
from bench.kinds import drawn, kinds
from contract.options import AnalyzeOptions
from engine import tasks

_FOLDER = Path(__file__).parents[1] / "docs" / "overlays"
_WIDTH = 640
_COLOURS = 12
_BOX, _TEXT = (210, 40, 30), (30, 60, 200)


def overlay(document: bytes) -> Image.Image:
    """The page with the box of each word, and above it its text."""
    page = analyzed(document, AnalyzeOptions(model_id="prebuilt-read"))[0]["pages"][0]
    picture = Image.fromarray(drawn(document)) if page["unit"] == "inch" else _image(document)
    scale = _WIDTH / picture.width
    picture = picture.resize((_WIDTH, round(picture.height * scale)))
    drawing = ImageDraw.Draw(picture)
    for word in page["words"]:
        points = np.array(word["polygon"]) * _WIDTH / page["width"]
        drawing.polygon(points.tolist(), outline=_BOX)
        drawing.text((points[0], points[1] - 9), word["content"], fill=_TEXT)
    return picture.quantize(_COLOURS)


def _image(document: bytes) -> Image.Image:
    return Image.open(io.BytesIO(document)).convert("RGB")


def main() -> None:
    tasks.warm()
    _FOLDER.mkdir(exist_ok=True)
    for kind, document in kinds().items():
        overlay(document).save(_FOLDER / f"{kind.lower().replace(' ', '-')}.png", optimize=True)


if __name__ == "__main__":
    main()
