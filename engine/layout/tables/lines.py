"""The text of a table line by line, each line in pieces that stand apart."""

from __future__ import annotations

import msgspec

from engine.evidence import Word
from engine.reading.direction import Direction
from engine.reading.marks import is_bullet
from engine.reading.segments import rows

# In font sizes: the gap between words of a sentence, and the widest after the bullet of an item.
_SPACE, _AFTER_BULLET = 0.28, 3.0
# Marks of ideographic scripts are as wide as a character, most of which is empty.
_WIDE_MARKS, _BESIDE_MARK = "，。、：；！？（）《》“”", 1.2
# Words whose gap is at most so many spaces are one piece.
_TOGETHER = 1.6
# Characters of a typewriter font, and its spaces, are all of one width up to this share.
_EVEN = 0.04
_FEWEST_EVEN = 5


class Piece(msgspec.Struct, gc=False):
    """Words that stand close together on a line; `indices`: of the words in their direction, along the line.

    `ends`: left and right of each word. `space`: the usual gap between words.
    """

    left: float
    top: float
    right: float
    bottom: float
    size: float
    space: float
    words: list[Word]
    ends: list[tuple[float, float]]
    indices: list[int]

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """Its words with spaces between them."""
        return " ".join([word.text for word in self.words])

    def part(self, start: int, end: int) -> Piece:
        """Some of its words."""
        left, right = min([left for left, _ in self.ends[start:end]]), max([right for _, right in self.ends[start:end]])
        words, ends, indices = self.words[start:end], self.ends[start:end], self.indices[start:end]
        return Piece(left, self.top, right, self.bottom, self.size, self.space, words, ends, indices)


class Line(msgspec.Struct, gc=False):
    """Pieces side by side, from left to right, and the box around them."""

    left: float
    top: float
    right: float
    bottom: float
    pieces: list[Piece]

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2


def lines(direction: Direction, indices: list[int], space: float) -> list[Line]:
    """Some words of a direction as lines from top to bottom; `space`: between words, in font sizes."""
    together = _TOGETHER * space
    pieces = []
    for index in indices:
        word, box = direction.words[index], direction.boxes[index]
        pieces.append(Piece(*box, word.size, space * word.size, [word], [(box[0], box[2])], [index]))
    found = []
    for row in rows(pieces):
        joined = [row[0]]
        for piece in row[1:]:
            widest = together
            if len(joined) == 1 and is_bullet(joined[0].text):
                widest = _AFTER_BULLET
            elif joined[-1].words[-1].text[-1] in _WIDE_MARKS or piece.words[0].text[0] in _WIDE_MARKS:
                widest = _BESIDE_MARK
            if piece.left - joined[-1].right < widest * max(piece.size, joined[-1].size):
                _join(joined[-1], piece)
            else:
                joined.append(piece)
        found.append(line(joined))
    return found


def space_of(direction: Direction) -> float:
    """The gap between words of a sentence in font sizes; that of typewriter fonts is as wide as a character."""
    advances = []
    for word, (left, _, right, _) in zip(direction.words, direction.boxes, strict=True):
        # Digits are of one width in most fonts.
        if len(word.text) > 1 and word.text.isalpha():
            advances.append((right - left) / len(word.text) / word.size)
    if len(advances) < _FEWEST_EVEN:
        return _SPACE
    advances.sort()
    low, middle, high = (advances[len(advances) * quarter // 4] for quarter in (1, 2, 3))
    return max(middle, _SPACE) if high - low < _EVEN * middle else _SPACE


def line(pieces: list[Piece]) -> Line:
    """A line of some pieces."""
    return Line(
        min([piece.left for piece in pieces]),
        min([piece.top for piece in pieces]),
        max([piece.right for piece in pieces]),
        max([piece.bottom for piece in pieces]),
        pieces,
    )


def _join(piece: Piece, other: Piece) -> None:
    piece.left = min(piece.left, other.left)
    piece.top = min(piece.top, other.top)
    piece.right = max(piece.right, other.right)
    piece.bottom = max(piece.bottom, other.bottom)
    piece.size = max(piece.size, other.size)
    piece.words = piece.words + other.words
    piece.ends = piece.ends + other.ends
    piece.indices = piece.indices + other.indices
