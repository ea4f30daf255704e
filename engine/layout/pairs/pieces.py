"""The lines of a page in the frame of their text, cut where a label ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from engine.evidence import Box, Word
from engine.layout.pairs.blanks import Blanks
from engine.reading.direction import Direction
from engine.reading.page import Line, Paragraph

# In font sizes: words of one piece stand no further apart than this.
_GAP = 0.9
_COLON = re.compile(r"[:：]$")
_ENDED = re.compile(r"[.:：;!?。]$")
# What is followed by its number.
_NUMBERED = re.compile(r"(?:(?:[A-Z][\w'/-]* ){1,3}(?:N[oOrR]|#)|[Tt]el|TEL|[Ff]ax|FAX|PHONE|(?:[Tt]elep|P)hone)[.]?$")
_NUMBERED_WORDS = 4
# A line of prose has at least this many words.
_PROSE_WORDS = 4
_HOUR = re.compile(r"\d{1,2}[:：]$")
# What stands for a line to write on, or leads the eye from a label to its value.
_BLANK = re.compile(r"_+$|[_.…·]{3,}$|[-–—]{2,}$")

# What is typed or written where an option is chosen.
_CROSS = re.compile(r"[Xx]{1,2}$")


class Piece(msgspec.Struct, gc=False, eq=False):
    """Words side by side, or one selection mark.

    `places`: positions of its words among those of the page. `paragraph`: which of the page's paragraphs
    it stands in. `fills_blank`: it stands where a line to write on begins; `leads_to_blank`: such a line
    begins after it. `goes_on`: it goes on with a sentence that began on the line above. `entry`: the entry of
    the form that it stands in, by its number.
    """

    text: str
    places: tuple[int, ...]
    left: float
    top: float
    right: float
    bottom: float
    paragraph: int
    is_mark: bool
    fills_blank: bool
    leads_to_blank: bool
    goes_on: bool
    entry: int | None

    @property
    def box(self) -> Box:
        """Around it."""
        return self.left, self.top, self.right, self.bottom

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Its height, above 0."""
        return max(self.bottom - self.top, 1e-6)

    @property
    def is_cross(self) -> bool:
        """Whether it is what was typed where an option is chosen."""
        return _CROSS.match(self.text) is not None

    @property
    def ends_with_colon(self) -> bool:
        """Whether it says itself that a value follows."""
        return _COLON.search(self.text) is not None


def pieces(
    paragraphs: Iterable[Paragraph],
    places: dict[int, int],
    direction: Direction,
    blanks: Blanks,
    entries: dict[int, int],
) -> list[Piece]:
    """The pieces of one direction, whose paragraphs are given, from top to bottom.

    `places`: positions of the words among those of the page, by their identity: two words may say the same at
    the same place. `entries`: the numbers of the entries that words stand in, by the same.
    """
    cutter = _Cutter(places, direction, blanks, entries)
    for number, paragraph in enumerate(paragraphs):
        cutter.cut(paragraph.lines[0], number, False)
        for above, line in pairwise(paragraph.lines):
            cutter.cut(line, number, _runs_over(above, line))
    return sorted(cutter.found, key=lambda piece: (piece.top, piece.left))


class _Cutter:
    def __init__(self, places: dict[int, int], direction: Direction, blanks: Blanks, entries: dict[int, int]) -> None:
        self.found: list[Piece] = []
        self._places = places
        self._boxes = {id(word): box for word, box in zip(direction.words, direction.boxes, strict=True)}
        self._blanks = blanks
        self._entries = entries

    def cut(self, line: Line, paragraph: int, goes_on: bool) -> None:
        """Adds the pieces of a line. `goes_on`: with a sentence of the line above."""
        boxes = [self._boxes[id(word)] for word in line.words]
        rights = [box[2] for box in boxes]
        run: list[tuple[int, Word, Box]] = []
        fills = False
        for word, box in zip(line.words, boxes, strict=True):
            is_blank = word.mark is None and _BLANK.match(word.text) is not None
            leads = is_blank or (bool(run) and self._blanks.begins_between(run[-1][2], box, rights))
            enters = bool(run) and self._entry(run[-1][1]) != self._entry(word)
            if run and (leads or enters or _apart(run[-1], word, box) or _is_number_of(run, word)):
                self._add(run, paragraph, fills, leads, goes_on)
                run = []
                goes_on = False
            if leads or not run:
                fills = leads
            if not is_blank:
                run.append((self._places[id(word)], word, box))
        if run:
            self._add(run, paragraph, fills, self._blanks.begins_after(run[-1][2]), goes_on)

    def _entry(self, word: Word) -> int | None:
        return self._entries.get(id(word))

    def _add(self, run: list[tuple[int, Word, Box]], paragraph: int, fills: bool, leads: bool, goes_on: bool) -> None:
        places, words, boxes = zip(*run, strict=True)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        self.found.append(
            Piece(
                " ".join([word.text for word in words]),
                places,
                min(lefts),
                min(tops),
                max(rights),
                max(bottoms),
                paragraph,
                words[0].mark is not None,
                fills,
                leads,
                goes_on,
                self._entry(words[0]),
            )
        )


def _apart(before: tuple[int, Word, Box], word: Word, box: Box) -> bool:
    """Whether a piece ends between two words of a line."""
    _, last, last_box = before
    if last.mark or word.mark:
        return True
    if _COLON.search(last.text) and not (_HOUR.match(last.text) and word.text[0].isdigit()):
        return True
    return box[0] - last_box[2] > _GAP * max(last.size, word.size)


def _is_number_of(run: list[tuple[int, Word, Box]], word: Word) -> bool:
    """Whether a word begins the number that a label asks for."""
    label = " ".join([one.text for _, one, _ in run[: _NUMBERED_WORDS + 1]])
    return word.text.lstrip("(+")[:1].isdigit() and _NUMBERED.match(label) is not None


def _runs_over(above: Line, line: Line) -> bool:
    """Whether a sentence of prose goes on from one line to the next."""
    return len(above.words) >= _PROSE_WORDS and not _ENDED.search(above.text) and line.text[0].islower()
