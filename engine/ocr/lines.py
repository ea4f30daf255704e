"""Reads the characters of the boxes of a page, each held the way up in which it reads best."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from engine.ocr import lexicon, recognize
from engine.ocr.detect import Box
from engine.ocr.doubt import settled
from engine.ocr.recognize import Character, Recognizer
from engine.ocr.sessions import Floats, Pixels
from engine.ocr.stacks import around, stacks
from engine.text import ideographic

#: A box this many times higher than wide holds a line that runs up or down the page.
_TALL = 1.5
#: Lines of less likelihood than this are read again by the better recognizer.
_SURE = 0.985
#: Boxes lower than this, in pixels, hold print that only the better recognizer reads well.
_FINE = 40.0
#: With longer strips than this together, in pixels, a page is dense: there it reads only what is in doubt.
_DENSE = 32_000
#: Lines of less likelihood are not text.
NOISE = 0.55
#: Lines of less likelihood may stand upside down; then they read better than this the other way up.
_DOUBTED, _RIGHTED = 0.88, 0.93
#: A few ideographs are a page's own when they are more than this share of its letters.
_FOREIGN = 0.03


class Line(NamedTuple):
    """A line as it was read. `corners`: 4x2, clockwise from the top-left one of the text."""

    corners: Floats
    strip: Pixels
    characters: list[Character]

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.characters)

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.corners[3] - self.corners[0]))

    @property
    def likelihood(self) -> float:
        printed = [one.likelihood for one in self.characters if not one.text.isspace()]
        return math.fsum(printed) / len(printed) if printed else 0.0

    @property
    def by_hand(self) -> float:
        """How likely it was written by hand, 0..1; 0 where most of it was surely read as print."""
        told = [one.by_hand for one in self.characters if one.by_hand]
        return math.fsum(told) / len(told) if told and 2 * len(told) >= len(self.characters) else 0.0


def lines(image: Pixels, boxes: list[Box]) -> list[Line]:
    """What stands in the boxes of a page (HxWx3, RGB), also what is not text, in no order."""
    dense = sum(map(_length, boxes)) > _DENSE
    found = []
    for stack in stacks(boxes):
        read = [_read(image, box, dense) for box in stack]
        if len(stack) > 1:
            whole = _read(image, around(stack), dense)
            if len(stack) <= len(whole.characters) and whole.likelihood > max(
                _RIGHTED, *(line.likelihood for line in read)
            ):
                read = [whole]
        found += read
    return _settled(found) if dense else found


def _settled(found: list[Line]) -> list[Line]:
    """The lines of a dense page, with what was in doubt read by the better recognizer."""
    known = lexicon.of(line.text for line in found)
    return [line._replace(characters=settled(line.strip, line.characters, recognize.small(), known)) for line in found]


def legible(found: list[Line]) -> list[Line]:
    """The lines of a page without what is not text."""
    return _without_strays([line for line in found if line.likelihood >= NOISE])


def _length(box: Box) -> float:
    """How long the strip of a box is, in pixels."""
    height, width = sorted((box.width, box.height))
    return width * recognize.HEIGHT / height


def _read(image: Pixels, box: Box, dense: bool) -> Line:
    corners = box.corners()
    if box.height >= _TALL * box.width:
        turned = [np.roll(corners, shift, axis=0) for shift in (1, -1)]
        return _best(image, turned if box.height > 2 * _TALL * box.width else [corners, *turned], dense)
    line = _best(image, [corners], dense)
    if line.likelihood >= _DOUBTED:
        return line
    other = _best(image, [np.roll(corners, 2, axis=0)], dense)
    # Scripts that the networks do not know leave hardly a character, of which they are sure.
    return other if other.likelihood >= _RIGHTED and 2 * _printed(other) > _printed(line) else line


def _printed(line: Line) -> int:
    return sum(not one.text.isspace() for one in line.characters)


def _best(image: Pixels, ways: list[Floats], dense: bool) -> Line:
    """The most likely reading of a box that may be held in several ways."""
    height = min(float(np.linalg.norm(corners[3] - corners[0])) for corners in ways)
    first = recognize.small() if height < _FINE and not dense else recognize.tiny()
    best = max((_line(image, corners, first) for corners in ways), key=lambda line: line.likelihood)
    if dense or best.likelihood >= _SURE or first is recognize.small():
        return best
    again = best._replace(characters=recognize.small().read(best.strip))
    return max(best, again, key=lambda line: line.likelihood)


def _line(image: Pixels, corners: Floats, recognizer: Recognizer) -> Line:
    strip = recognize.strip(image, corners)
    return Line(corners, strip, recognizer.read(strip))


def _without_strays(found: list[Line]) -> list[Line]:
    """On a page in letters, boxes and strokes are taken for ideographs; lines of nothing else are left out."""
    ideographs = {id(line): sum(ideographic(one.text) for one in line.characters) for line in found}
    letters = sum(one.text.isalpha() for line in found for one in line.characters)
    if sum(ideographs.values()) > _FOREIGN * letters:
        return found
    return [line for line in found if ideographs[id(line)] < len(line.text.replace(" ", ""))]
