"""One page of each of five kinds, of our own making: what the cost of a page and the overlays are shown on."""

from __future__ import annotations

import io
import random

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from bench.calibration import worn
from bench.engine import text_pdf
from engine.ocr.sessions import Pixels

_SEED = 3
_DPI = 150
_GOODS = ("Rope, 20 m", "Lamp oil", "Ruled book", "Ink, black", "Brass screw", "Tide table", "Canvas, grey")


def kinds() -> dict[str, bytes]:
    """File by kind: a PDF with a text layer, and four scans as PNG."""
    chance = random.Random(_SEED)  # noqa: S311 - pages are no secret
    prose = text_pdf(1)
    return {
        "text PDF": prose,
        "scanned page of prose": png(worn(drawn(prose), chance)),
        "scanned form": png(worn(drawn(form()), chance)),
        "receipt": png(worn(drawn(receipt(chance)), chance)),
        "skewed page of prose": png(worn(skewed(drawn(prose)), chance)),
    }


def form() -> bytes:
    """Labels with values beside them, in boxes."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=letter, invariant=1)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, 720, "Application for a berth")
    entries = [
        ("Name of the boat", "Wintergreen"),
        ("Owner", "Ada Marlow"),
        ("Length", "9.40 m"),
        ("Draught", "1.35 m"),
    ]
    entries += [
        ("From", "12 April 2025"),
        ("To", "30 September 2025"),
        ("Port of registry", "Lowestoft"),
        ("Fee", "$1,204.50"),
    ]
    for number, (label, value) in enumerate(entries):
        y = 670 - 44 * number
        canvas.rect(72, y - 12, 468, 36)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(78, y + 12, label)
        canvas.setFont("Courier", 13)
        canvas.drawString(220, y, value)
    canvas.save()
    return data.getvalue()


def receipt(chance: random.Random) -> bytes:
    """A narrow slip with prices."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(230, 420), invariant=1)
    canvas.setFont("Courier-Bold", 14)
    canvas.drawCentredString(115, 390, "HARBOUR STORES")
    canvas.setFont("Courier", 10)
    total = 0
    for number, goods in enumerate(_GOODS):
        cents = chance.randrange(150, 4000)
        total += cents
        canvas.drawString(15, 350 - 20 * number, goods)
        canvas.drawRightString(215, 350 - 20 * number, f"{cents / 100:.2f}")
    canvas.drawString(15, 180, "TOTAL")
    canvas.drawRightString(215, 180, f"{total / 100:.2f}")
    canvas.drawCentredString(115, 140, "21/03/2025 14:06  No. 004512")
    canvas.save()
    return data.getvalue()


def drawn(document: bytes) -> Pixels:
    """The first page of a PDF as HxWx3 RGB."""
    page = pypdfium2.PdfDocument(document)[0]
    return np.asarray(page.render(scale=_DPI / 72).to_pil().convert("RGB"))


def skewed(page: Pixels) -> Pixels:
    """The page laid on a scanner askew."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 3.0, 0.95)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(235, 235, 235)), dtype=np.uint8)


def png(page: Pixels) -> bytes:
    data = io.BytesIO()
    Image.fromarray(page).save(data, "PNG")
    return data.getvalue()
