"""Words as the operators that write them unseen where they stand on a page."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from contract.page import Polygon
from engine.searchable.font import Font, characters
from engine.searchable.truetype import ADVANCE, DESCENT, UNITS_PER_EM
from engine.searchable.words import Word
from engine.text import RIGHT_TO_LEFT, mostly_right_to_left

Place = Callable[[float, float], tuple[float, float]]
"""From a point of a result's page to the user space of the PDF page, in points, y upwards."""

_BELOW_BASELINE: Final = -DESCENT / UNITS_PER_EM
_LEAST_POINTS: Final = 0.1
_MOST_POINTS: Final = 100_000.0


class _Box(NamedTuple):
    """Where a word stands, in points: the start of its lower edge, its direction as a unit vector, its size."""

    x: float
    y: float
    along: tuple[float, float]
    width: float
    height: float


def operators(lines: Sequence[tuple[str, list[Word]]], font: Font, place: Place) -> bytes:
    """A content stream that leaves the graphics state as it was; empty when there is nothing to write.

    Words of a line that runs from right to left stand, as in all PDFs, in the order in which they are seen.
    """
    written = [piece for text, words in lines for piece in _line(text, words, font, place)]
    if not written:
        return b""
    return b"\n".join([b"q BT 3 Tr", *written, b"ET Q\n"])


def _line(text: str, words: list[Word], font: Font, place: Place) -> Iterator[bytes]:
    boxes = [
        (number, word, box) for number, word in enumerate(words) if word.content and (box := _box(word.polygon, place))
    ]
    if RIGHT_TO_LEFT.search(text) and boxes:
        across, down = boxes[0][2].along
        boxes.sort(key=lambda found: found[2].x * across + found[2].y * down)
    to_left = mostly_right_to_left(text)
    for at, (number, word, box) in enumerate(boxes):
        seen = characters(word.content)
        if RIGHT_TO_LEFT.search(word.content) and (to_left or mostly_right_to_left(word.content)):
            seen.reverse()
        yield _shown(seen, box, font)
        if at + 1 < len(boxes):
            next_number, next_word, next_box = boxes[at + 1]
            if abs(next_number - number) > 1 or _apart(word, next_word):
                yield _shown([" "], _between(box, next_box), font)


def _apart(one: Word, other: Word) -> bool:
    """Whether there is something between two words in the content."""
    first, second = (one, other) if one.span.offset < other.span.offset else (other, one)
    return second.span.offset > first.span.offset + first.span.length


def _between(box: _Box, following: _Box) -> _Box:
    """The space from the end of a word to the start of the next."""
    across, up = box.along
    x, y = box.x + box.width * across, box.y + box.width * up
    gap = (following.x - x) * across + (following.y - y) * up
    return _Box(x, y, box.along, max(gap, _LEAST_POINTS), box.height)


def _box(polygon: Polygon | None, place: Place) -> _Box | None:
    """The box of a polygon; None when it is none, or out of all bounds."""
    if polygon is None or len(polygon) != 8 or not all(map(math.isfinite, polygon)):
        return None
    (left, top), (_, _), (right, low), (x, y) = (place(*polygon[at : at + 2]) for at in range(0, 8, 2))
    width = math.hypot(right - x, low - y)
    if max(map(abs, (x, y, right, low, left, top))) > _MOST_POINTS:
        return None
    along = ((right - x) / width, (low - y) / width) if width > 0 else (1.0, 0.0)
    height = abs((top - y) * along[0] - (left - x) * along[1])
    return _Box(x, y, along, max(width, _LEAST_POINTS), max(height, _LEAST_POINTS))


def _shown(seen: list[str], box: _Box, font: Font) -> bytes:
    """The characters with their widths stretched to the box."""
    cosine, sine = box.along
    x = box.x - sine * _BELOW_BASELINE * box.height
    y = box.y + cosine * _BELOW_BASELINE * box.height
    percent = 100 * box.width / (len(seen) * box.height * ADVANCE / UNITS_PER_EM)
    return (
        f"{font.name} {box.height:.3f} Tf {percent:.2f} Tz "
        f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {x:.3f} {y:.3f} Tm <{font.encoded(seen).hex()}> Tj"
    ).encode("ascii")
