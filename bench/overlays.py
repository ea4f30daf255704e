"""Draws what was read on pages of five kinds: `python -m bench.overlays`, which writes `docs/overlays/`."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image, ImageDraw

from bench.kinds import drawn, kinds
from contract.options import AnalyzeOptions
from contract.page import LengthUnit
from contract.result import AnalyzeResult
from engine import tasks
from engine.task import Analyze, Reply, Result

_FOLDER = Path(__file__).parents[1] / "docs" / "overlays"
_WIDTH = 640
_COLOURS = 12
_BOX, _TEXT = (210, 40, 30), (30, 60, 200)


def overlay(document: bytes) -> Image.Image:
    """The page with the box of each word, and above it its text."""
    task = Analyze(AnalyzeOptions(model_id="prebuilt-read"), most_pages=1)
    reply = msgspec.msgpack.decode(tasks.run(msgspec.msgpack.encode(task), memoryview(document)), type=Reply)
    if not isinstance(reply, Result):
        raise TypeError("A document of one page is read at once.")
    pages = msgspec.json.decode(reply.json, type=AnalyzeResult).pages or []
    picture = Image.fromarray(drawn(document)) if pages[0].unit is LengthUnit.INCH else _image(document)
    scale = _WIDTH / picture.width
    picture = picture.resize((_WIDTH, round(picture.height * scale)))
    drawing = ImageDraw.Draw(picture)
    for word in pages[0].words or []:
        points = np.array(word.polygon) * _WIDTH / (pages[0].width or 1.0)
        drawing.polygon(points.tolist(), outline=_BOX)
        drawing.text((points[0], points[1] - 9), word.content, fill=_TEXT)
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
