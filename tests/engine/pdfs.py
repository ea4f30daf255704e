"""PDFs that tests make, and the task that reads them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import msgspec
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfgen.canvas import Canvas

from contract.options import AnalyzeOptions
from contract.result import AnalyzeResult
from engine import tasks
from engine.task import Analyze, Reply, Result, Task

LETTER = (612.0, 792.0)


def pdf(*draw: Callable[[Canvas], Any], size: tuple[float, float] = LETTER) -> bytes:
    """A PDF with a page for each function, which draws on it."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size, invariant=1)
    for one in draw:
        one(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def saying(*lines: str, x: float = 72, y: float = 700, size: float = 12) -> Callable[[Canvas], None]:
    """Draws lines of text from a point of the page down."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for number, line in enumerate(lines):
            canvas.drawString(x, y - number * 1.2 * size, line)

    return draw


def displayed(document: bytes, turn: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """The PDF with all pages turned clockwise by some degrees and cropped."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    for page in writer.pages:
        page.rotate(turn)
        if crop:
            page.cropbox = RectangleObject(crop)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def replied(task: Task, document: bytes) -> Reply:
    """The engine's reply to a task."""
    reply: Reply = msgspec.msgpack.decode(tasks.run(msgspec.msgpack.encode(task), memoryview(document)), type=Reply)
    return reply


def raw_result(document: bytes, model_id: str = "prebuilt-read", **options: Any) -> bytes:
    """The result of a document in JSON, with options of an analysis."""
    reply = replied(Analyze(AnalyzeOptions(model_id=model_id, **options), most_pages=10_000), document)
    assert isinstance(reply, Result)
    return reply.json


def analyzed(document: bytes, model_id: str = "prebuilt-read", **options: Any) -> AnalyzeResult:
    """The result of a document, with options of an analysis."""
    return msgspec.json.decode(raw_result(document, model_id, **options), type=AnalyzeResult)
