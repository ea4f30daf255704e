"""Reads a page that is given as pixels, whichever way up it is."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

import msgspec
import numpy as np

from contract.options import AnalyzeOptions, Feature
from engine.evidence import NOTHING_DRAWN, Drawings, Picture, Word
from engine.mesh import Mesh
from engine.ocr import read as ocr
from engine.ocr.detect import Box
from engine.scan.bend import straightened
from engine.scan.boldness import with_boldness
from engine.scan.frame import Frame, Pixels, normalized
from engine.scan.looks import with_looks
from engine.scan.marks.find import with_marks
from engine.scan.orientation import likely_turns
from engine.scan.paper import paper
from engine.scan.parts import parts
from engine.scan.pictures import pictures
from engine.scan.roles import roles
from engine.scan.rules import rules
from engine.scan.signatures import signatures
from engine.scan.skew import skew
from engine.scan.stamps.find import stamps
from engine.scan.tables import network
from engine.scan.tables.find import tables

# A skew of less, in degrees, is left to the reading of lines.
_LEAST_SKEW = 0.3
# Directions of words are noisy by a few degrees; within these they count as along or across the page.
_STRAIGHT = 10.0
# Words shorter than this have no direction of their own.
_LONG_WORD = 3
# Below this mean confidence a page may well have been read upside down.
_CONVINCING = 0.6
_SURE_OF_TURN = 0.6


class Seen(NamedTuple):
    """What pixels show; `drawn` is looked for where layout is asked for.

    `unread`: how many lines are likely in a script that is not read here. `mesh`: of a page that was not flat, in
    pixels of the image as sent; all else is of the flat page then.
    """

    words: list[Word]
    drawn: Drawings
    unread: int = 0
    mesh: Mesh | None = None


def warm() -> None:
    """Loads what reading needs, before processes are forked. Raises: WeightsMissing."""
    ocr.warm()
    likely_turns(_blank())
    parts(_blank())
    network.told(_blank())


def seen(pixels: Pixels, options: AnalyzeOptions, *, is_flat: bool = False) -> Seen:
    """What a page (HxWx3 RGB) shows, with all measures in its pixels.

    `is_flat`: it was not photographed. Raises: WeightsMissing.
    """
    likely = likely_turns(pixels)
    ranked = sorted(range(4), key=lambda turns: -likely[turns])
    first, second = ranked[0], ranked[1]
    if first and likely[first] < _SURE_OF_TURN:
        first, second = 0, first
    found = _seen(pixels, first, options, is_flat)
    if found.words and _mean(found.words) < _CONVINCING and (first or likely[0] < 1 - _SURE_OF_TURN / 2):
        other = _seen(pixels, second if first == 0 else 0, options, is_flat)
        found = max(found, other, key=lambda one: _legible(one.words))
    return found


def _seen(pixels: Pixels, turns: int, options: AnalyzeOptions, is_flat: bool) -> Seen:
    frame, upright, boxes = _straight(pixels, turns, options, is_flat)
    found, unread = ocr.read(upright, boxes, locale=options.locale)
    if Feature.STYLE_FONT in options.features:
        found = with_looks(upright, found)
    if options.asks_for_layout or Feature.STYLE_FONT in options.features:
        found = with_boldness(upright, found)
    drawn = NOTHING_DRAWN
    if options.asks_for_layout:
        seen_parts = parts(upright)
        shown = pictures(seen_parts, float(upright.shape[0] * upright.shape[1]), found)
        lines = rules(upright, found) if found else []
        alone = [*signatures(upright, found, lines), *stamps(upright, found)]
        pictured = [Picture(box) for box in shown] + [Picture(box, alone=True) for box in alone]
        seen_tables = tuple(tables(upright, seen_parts, found))
        drawn = Drawings(tuple(lines), (), tuple(pictured), seen_tables, tuple(roles(seen_parts)))
        found = with_marks(upright, found, [*shown, *alone])
    found = _aligned(found)
    if isinstance(frame, Mesh):
        return Seen(found, drawn, unread, frame)
    return Seen([_sent(word, frame) for word in found], frame.drawings(drawn), unread)


def _straight(
    pixels: Pixels, turns: int, options: AnalyzeOptions, is_flat: bool
) -> tuple[Frame | Mesh, Pixels, list[Box]]:
    """The page with its lines along it: how it lies in the pixels, its own pixels, and where they have text."""
    height, width = pixels.shape[:2]
    frame = Frame(width, height, turns, 0.0)
    upright = frame.upright(pixels)
    off = skew(upright)
    if abs(off) >= _LEAST_SKEW:
        frame = Frame(width, height, turns, off)
        upright = frame.upright(pixels)
    high_resolution = Feature.OCR_HIGH_RESOLUTION in options.features
    boxes = ocr.boxes(upright, high_resolution=high_resolution)
    better = frame if is_flat else straightened(frame, upright, boxes)
    if better == frame:
        return frame, upright, boxes
    upright = better.upright(pixels)
    boxes = ocr.boxes(upright, high_resolution=high_resolution)
    return _alone(better, upright, boxes) if isinstance(better, Mesh) and boxes else (better, upright, boxes)


def _alone(mesh: Mesh, upright: Pixels, boxes: list[Box]) -> tuple[Mesh, Pixels, list[Box]]:
    """A photographed page without what lies around its paper: edges and grain of a desk are no lines of the page."""
    left, top, right, bottom = (round(side) for side in paper(upright, boxes))
    inside = [
        box._replace(x=box.x - left, y=box.y - top) for box in boxes if left < box.x < right and top < box.y < bottom
    ]
    return mesh.part(left, top, right, bottom), np.ascontiguousarray(upright[top:bottom, left:right]), inside


def _aligned(words: list[Word]) -> list[Word]:
    """The words with one direction for all that run nearly along or nearly across the page."""
    off = {id(word): (word.angle + 45.0) % 90.0 - 45.0 for word in words}
    long = [off[id(word)] for word in words if len(word.text) >= _LONG_WORD and abs(off[id(word)]) <= _STRAIGHT]
    common = median(long) if long else 0.0
    if abs(common) < _LEAST_SKEW:
        common = 0.0
    return [
        msgspec.structs.replace(word, angle=word.angle - off[id(word)] + common)
        if abs(off[id(word)]) <= _STRAIGHT
        else word
        for word in words
    ]


def _sent(word: Word, frame: Frame) -> Word:
    """A word of the upright image on the image as sent."""
    return msgspec.structs.replace(word, quad=frame.quad(word.quad), angle=normalized(word.angle + frame.angle))


def _mean(words: list[Word]) -> float:
    return _legible(words) / sum(len(word.text) for word in words)


def _legible(words: list[Word]) -> float:
    """How many characters were read, each counting as much as it is sure."""
    return sum(word.confidence * len(word.text) for word in words)


def _blank() -> Pixels:
    return np.full((64, 64, 3), 255, np.uint8)
