"""What the paragraphs of a document look like: where they stand, how large they are, how they are written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from contract.layout import ParagraphRole
from engine.evidence import SPELLED_OUT, Box, Quad, SeenKind, SeenPart, Word
from engine.reading.page import Paragraph, ReadPage

# Share of the characters that must be bold, italic or capital for the paragraph to be so.
_NEARLY_ALL = 0.85
# Sizes that differ by less than this factor are one.
_BIN = math.log(1.04)
# Directions that differ by more than this many degrees are different.
_TURNED = 20.0
# Share of the words that were seen in pixels, from which on sizes are measures and no properties of fonts.
_NOISY = 0.5
# Shares of a paragraph that lie in a part of the page that looks like something, and of that part that it fills.
_IN_PART, _OF_PART = 0.6, 0.25


class Item(msgspec.Struct, gc=False):
    """A paragraph that is no part of a table or figure, and what it looks like.

    `position`: among the blocks of its page. `lines`: how many it has. The box is in the page's unit, on the page
    turned so that most of its text is upright. `size`: of most of its characters. `turned`: it runs in another
    direction than most. `role` and `level` are what it is told to be so far. `seen`: what it looks like on pixels.
    """

    position: int
    lines: int
    text: str
    size: float
    bold: bool
    italic: bool
    capital: bool
    turned: bool
    left: float
    top: float
    right: float
    bottom: float
    role: ParagraphRole | None
    level: int
    seen: SeenKind | None = None

    @property
    def letters(self) -> int:
        """How many letters it has, of any script."""
        return sum([character.isalpha() for character in self.text])


class Sheet(msgspec.Struct, gc=False):
    """A page turned upright: its measures, its items, and the boxes of its tables and figures.

    `noisy`: the sizes of its words were measured on pixels.
    """

    width: float
    height: float
    items: list[Item]
    others: list[Box]
    noisy: bool


class Body(msgspec.Struct, frozen=True, gc=False):
    """What most text of the document looks like."""

    size: float
    bold: bool


def sheet(page: ReadPage) -> Sheet:
    """The paragraphs of a page, in reading order, with what they look like."""
    turns = round(page.angle / 90) % 4
    width, height = (page.height, page.width) if turns % 2 else (page.width, page.height)
    items: list[Item] = []
    others: list[Box] = []
    seen: list[bool] = []
    for position, block in enumerate(page.blocks):
        box = _upright(block.quad, turns, page.width, page.height)
        if isinstance(block, Paragraph):
            item = _item(position, block, box, page.angle)
            item.seen = _seen(block.quad, page.parts)
            items.append(item)
            seen += [word.confidence != SPELLED_OUT for line in block.lines for word in line.words]
        else:
            others.append(box)
    return Sheet(width, height, items, others, sum(seen) > _NOISY * len(seen))


def body(sheets: Iterable[Sheet]) -> Body:
    """The size that most characters have, and whether those are bold."""
    counts: Counter[int] = Counter()
    bold: Counter[int] = Counter()
    for one in sheets:
        for item in one.items:
            if item.role is None and not item.turned:
                group = round(math.log(item.size) / _BIN)
                counts[group] += len(item.text)
                bold[group] += len(item.text) if item.bold else 0
    if not counts:
        return Body(1.0, False)
    # A size that falls between two bins counts in both.
    group = max(counts, key=lambda one: counts[one] + (counts[one - 1] + counts[one + 1]) / 2)
    return Body(math.exp(group * _BIN), 2 * bold[group] > counts[group])


def _seen(quad: Quad, parts: Sequence[SeenPart]) -> SeenKind | None:
    """What the likeliest of the parts that most of a paragraph lies in looks like."""
    left, top, right, bottom = min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2])
    for part in parts:
        wide = min(right, part.box[2]) - max(left, part.box[0])
        high = min(bottom, part.box[3]) - max(top, part.box[1])
        whole = (part.box[2] - part.box[0]) * (part.box[3] - part.box[1])
        shared = max(wide, 0.0) * max(high, 0.0)
        fills = part.kind is SeenKind.EQUATION or shared > _OF_PART * whole
        if shared > _IN_PART * (right - left) * (bottom - top) and fills:
            return part.kind
    return None


def _item(position: int, paragraph: Paragraph, box: Box, angle: float) -> Item:
    words = [word for line in paragraph.lines for word in line.words]
    text = " ".join([line.text for line in paragraph.lines])
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    return Item(
        position=position,
        lines=len(paragraph.lines),
        text=text,
        size=max(sizes, key=lambda size: (sizes[size], size)),
        bold=_share(words, [word.bold for word in words]),
        italic=_share(words, [word.italic for word in words]),
        capital=upper > 1 and upper >= _NEARLY_ALL * (upper + lower),
        turned=abs((words[0].angle - angle + 180.0) % 360.0 - 180.0) > _TURNED,
        left=box[0],
        top=box[1],
        right=box[2],
        bottom=box[3],
        role=paragraph.role,
        level=paragraph.level,
    )


def _share(words: list[Word], marked: list[bool]) -> bool:
    """Whether nearly all characters are marked."""
    count = sum([len(word.text) for word in words])
    return sum([len(word.text) for word, mark in zip(words, marked, strict=True) if mark]) >= _NEARLY_ALL * count


def _upright(quad: Quad, turns: int, width: float, height: float) -> Box:
    """The box of a quad on the page turned back by `turns` clockwise quarter turns."""
    left, right, top, bottom = min(quad[0::2]), max(quad[0::2]), min(quad[1::2]), max(quad[1::2])
    if turns == 1:
        return top, width - right, bottom, width - left
    if turns == 2:
        return width - right, height - bottom, width - left, height - top
    if turns == 3:
        return height - bottom, left, height - top, right
    return left, top, right, bottom
