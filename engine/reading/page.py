"""A page that was read: paragraphs of lines of words, in reading order."""

from __future__ import annotations

import msgspec

from contract.page import LengthUnit
from engine.evidence import Barcode, Quad, Word


class Line(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Words that follow each other on one line; `text` joins them, with spaces where the script has them."""

    text: str
    quad: Quad
    words: tuple[Word, ...]


class Paragraph(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Lines that read as one."""

    quad: Quad
    lines: tuple[Line, ...]


class ReadPage(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A page of the document; measures and coordinates as in `engine.evidence.Page`.

    `angle`: clockwise degrees of the direction that most of the text runs in, -180 < angle <= 180.
    """

    number: int
    width: float
    height: float
    unit: LengthUnit
    angle: float
    paragraphs: tuple[Paragraph, ...]
    readable: bool
    barcodes: tuple[Barcode, ...] = ()
