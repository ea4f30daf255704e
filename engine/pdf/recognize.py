"""Reads the pixels of a PDF page where its text layer does not say what it shows."""

from __future__ import annotations

from enum import Enum, auto

from contract.options import AnalyzeOptions, Feature
from engine.evidence import NOTHING_DRAWN, Barcode, Drawings, Quad, Rule
from engine.pdf import objects, unread
from engine.pdf.page import OpenPage
from engine.pdf.render import rendered
from engine.pdf.soundness import sound
from engine.pdf.unread import Layer, Region
from engine.scan import read
from engine.scan.barcodes import barcodes
from engine.scan.read import Seen
from engine.scan.scale import scaled, scaled_drawings

_DPI, _MOST_PIXELS = 200.0, 16_000_000
_HIGH_DPI, _MOST_HIGH_PIXELS = 300.0, 40_000_000
# A page without text but with so many lines and curves may have its letters drawn.
_LEAST_SEGMENTS = 400


class Need(Enum):
    """What recognition has to do for a page: nothing, find words beside the known ones, or find all."""

    NOTHING = auto()
    OTHERS = auto()
    ALL = auto()


def need(page: OpenPage) -> Need:
    """What the objects of a page, and a small picture of it when there are images, say about its text."""
    if not sound(page.words, page.characters):
        return Need.ALL
    layer = Layer(page.words, _regions(page))
    if not layer.regions:
        drawn = not page.words and objects.segments(page.handle) >= _LEAST_SEGMENTS
        return Need.ALL if drawn else Need.NOTHING
    width, height = page.frame.size
    small = rendered(page.handle, width, height, unread.DPI, _MOST_PIXELS)
    more = unread.shows_more(small, small.shape[1] / width, layer)
    return Need.OTHERS if more else Need.NOTHING


def seen(page: OpenPage, wanted: Need, options: AnalyzeOptions) -> Seen:
    """All words of a page, those of the text layer first, and what its images show beside text; in inches.

    A page without a text layer may be a photograph, and have a mesh.

    Raises: WeightsMissing.
    """
    if wanted is Need.NOTHING:
        return Seen(page.words, NOTHING_DRAWN)
    width, height = page.frame.size
    high = Feature.OCR_HIGH_RESOLUTION in options.features
    dpi, most_pixels = (_HIGH_DPI, _MOST_HIGH_PIXELS) if high else (_DPI, _MOST_PIXELS)
    pixels = rendered(page.handle, width, height, dpi, most_pixels)
    inch = pixels.shape[1] / width
    if wanted is Need.ALL:
        return _in_inches(read.seen(pixels, options), inch)
    regions = _regions(page)
    found = _in_inches(read.seen(unread.without(pixels, inch, page.words), options, is_flat=True), inch)
    words = [word for word in found.words if unread.within(word.quad, regions)]
    rules = tuple([rule for rule in found.drawn.rules if unread.within(_quad(rule), regions)])
    tables = [
        table for table in found.drawn.tables if all(unread.within(cell.quad, regions) for row in table for cell in row)
    ]
    # The pictures of the page are among its drawings.
    return Seen([*page.words, *words], Drawings(rules, (), (), tuple(tables)), found.unread)


def codes(page: OpenPage, options: AnalyzeOptions) -> list[Barcode]:
    """The barcodes of a page, in inches, when they are asked for."""
    if Feature.BARCODES not in options.features:
        return []
    width, height = page.frame.size
    pixels = rendered(page.handle, width, height, _DPI, _MOST_PIXELS)
    return [scaled(code, width / pixels.shape[1]) for code in barcodes(pixels)]


def _in_inches(found: Seen, inch: float) -> Seen:
    return Seen(
        [scaled(word, 1 / inch) for word in found.words],
        scaled_drawings(found.drawn, 1 / inch),
        found.unread,
        found.mesh.scaled(1 / inch) if found.mesh else None,
    )


def _quad(rule: Rule) -> Quad:
    return rule.x1, rule.y1, rule.x2, rule.y2, rule.x2, rule.y2, rule.x1, rule.y1


def _regions(page: OpenPage) -> list[Region]:
    """Where the images of a page are displayed, as far as they can say something."""
    width, height = page.frame.size
    found = []
    for image in page.images:
        left, top, right, bottom = page.frame.box(image)
        region = (max(0.0, left), max(0.0, top), min(width, right), min(height, bottom))
        if unread.worth_reading(region):
            found.append(region)
    return found
