"""How fast the engine reads a text PDF, beside what it stands on.

    python -m bench.engine [--pages 50] [--rounds 5]

In one thread, in turns, and the best round of each counts, by processor time, which says the same on a machine
that others use: pages per second of the full path (bytes to result in JSON), of raw box reading (text and
`get_charbox` of each character with plain pypdfium2), of text alone with pypdfium2, and of the words of
pdf_oxide where it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pypdfium2
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate
from rich.console import Console
from rich.progress import track
from rich.table import Table

from contract.options import AnalyzeOptions
from engine import tasks
from engine.task import Analyze

_WORDS = (
    "harbour water keeper wrote every height into ruled book for years until another winter somebody opened the "
    "record again because measurements over decades are valuable to whoever predicts what the sea will do"
)
_SEED = 1


def text_pdf(pages: int) -> bytes:
    """A PDF with at least this many pages of prose, about 3,000 characters each; cut to `pages`."""
    random.seed(_SEED)
    style = getSampleStyleSheet()["BodyText"]
    paragraphs, known = [], _WORDS.split()
    for _ in range(pages * 10):
        words = [random.choice(known) for _ in range(80)]  # noqa: S311 - filling text is no secret
        paragraphs.append(Paragraph(" ".join(words).capitalize() + ".", style))
    data = io.BytesIO()
    SimpleDocTemplate(data, pagesize=letter, invariant=1).build(paragraphs)
    document = pypdfium2.PdfDocument(data.getvalue())
    while len(document) > pages:
        document.del_page(len(document) - 1)
    cut = io.BytesIO()
    document.save(cut)
    return cut.getvalue()


def engine(document: bytes) -> None:
    """The full path: bytes to a result in JSON."""
    task = Analyze(AnalyzeOptions(model_id="prebuilt-read"), most_pages=1_000_000)
    tasks.run(msgspec.msgpack.encode(task), memoryview(document))


def raw_boxes(document: bytes) -> None:
    """The text of each page and the box of each character."""
    for page in pypdfium2.PdfDocument(document):
        text_page = page.get_textpage()
        text_page.get_text_range()
        for index in range(text_page.count_chars()):
            text_page.get_charbox(index)


def text_only(document: bytes) -> None:
    """The text of each page."""
    for page in pypdfium2.PdfDocument(document):
        page.get_textpage().get_text_range()


def oxide_words(document: bytes) -> None:
    """The words of each page, as pdf_oxide finds them."""
    import pdf_oxide

    opened = pdf_oxide.PdfDocument.from_bytes(document)
    for number in range(opened.page_count()):
        opened.extract_words(number)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=50)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--file", type=Path, help="read this PDF and not a generated one")
    options = arguments.parse_args()
    document = options.file.read_bytes() if options.file else text_pdf(options.pages)
    pages = len(pypdfium2.PdfDocument(document))
    readers: dict[str, Callable[[bytes], None]] = {
        "engine, bytes to JSON": engine,
        "pypdfium2, box of each character": raw_boxes,
        "pypdfium2, text only": text_only,
    }
    console = Console()
    if importlib.util.find_spec("pdf_oxide"):
        readers["pdf_oxide, words"] = oxide_words
    else:
        console.print("pdf_oxide is not installed: left out")
    tasks.warm()
    best = dict.fromkeys(readers, float("inf"))
    for _ in track(range(options.rounds), "reading", console=console, transient=True):
        for name, read in readers.items():
            started = time.process_time()
            read(document)
            best[name] = min(best[name], time.process_time() - started)
    table = Table("reader", "pages per processor second", "engine is")
    for name, seconds in best.items():
        table.add_row(name, f"{pages / seconds:.0f}", f"{seconds / best['engine, bytes to JSON']:.2f}x")
    console.print(f"{pages} pages, best of {options.rounds} rounds")
    console.print(table)


if __name__ == "__main__":
    main()
