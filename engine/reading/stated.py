"""What a document states of its own structure: believed where the page bears it out, and the order it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from engine.evidence import Element, ElementKind, Page
from engine.reading.direction import Direction
from engine.reading.order import ordered
from engine.reading.page import Block, paragraphs
from engine.reading.paragraphs import grouped
from engine.reading.segments import segments

# Shares of the characters: how many must be in elements, and how many may be artifacts, headings, one element.
_COVERED = 0.7
_MOST_ARTIFACTS, _MOST_HEADINGS, _MOST_IN_ONE = 0.5, 0.5, 0.6
# An element may hold most of a page with fewer characters.
_SHORT_PAGE = 600
# Lines that the page shows as one paragraph: so many may be parted, and so large a share of them.
_FEW_PARTED, _MOST_PARTED = 3, 0.5
# Share of the blocks that may be in no element, or stand above the one before.
_MOST_STRANGE = 0.1


def believed(page: Page, found: list[Direction]) -> bool:
    """Whether the elements that a page states agree with what it shows; `found`: its directions."""
    if not page.elements or not found:
        return False
    characters: Counter[int] = Counter()
    for word in page.words:
        characters[word.element] += len(word.text)
    total = sum(characters.values())
    kinds: Counter[ElementKind] = Counter()
    for index, count in characters.items():
        if index >= 0:
            kinds[page.elements[index].kind] += count
    largest = max([count for index, count in characters.items() if index >= 0], default=0)
    return (
        sum(kinds.values()) >= _COVERED * total
        and kinds[ElementKind.ARTIFACT] <= _MOST_ARTIFACTS * total
        and kinds[ElementKind.HEADING] <= _MOST_HEADINGS * total
        and (total < _SHORT_PAGE or largest <= _MOST_IN_ONE * total)
        and not _parts_lines(found[0])
    )


def without_elements(page: Page) -> Page:
    """The page as if it stated nothing."""
    return replace(page, words=tuple([replace(word, element=-1) for word in page.words]), elements=())


def in_stated_order(blocks: list[Block], elements: Sequence[Element]) -> list[Block]:
    """Blocks of upright text in the order of their elements, where that is one in which a page can be read.

    Where much is in no element, that is none. An artifact stays behind what it was behind.
    """
    keys: list[int] = []
    unknown = 0
    for block in blocks:
        begins = [word.element for one in paragraphs((block,)) for word in one.lines[0].words[:1]]
        known = [at for at in begins if at >= 0 and elements[at].kind is not ElementKind.ARTIFACT]
        unknown += all(at < 0 for at in begins)
        keys.append(min(known) if known else keys[-1] if keys else -1)
    found = [blocks[place] for place in sorted(range(len(blocks)), key=keys.__getitem__)]
    back = sum([_goes_back(one, other) for one, other in pairwise(found)])
    return found if unknown + back <= _MOST_STRANGE * len(found) else blocks


def _parts_lines(direction: Direction) -> bool:
    """Whether elements part what stands together: lines of a paragraph, as when each line is stated to be one."""
    together = parted = 0
    for group in grouped(ordered(segments(direction)), by_elements=False):
        for above, below in pairwise(group):
            if above.element >= 0 and below.element >= 0:
                together += 1
                parted += above.element != below.element
    return parted > _FEW_PARTED and parted > _MOST_PARTED * together


def _goes_back(one: Block, other: Block) -> bool:
    """Whether a block stands wholly above the one before it and not beside it to the right."""
    return max(other.quad[1::2]) < min(one.quad[1::2]) and min(other.quad[0::2]) < max(one.quad[0::2])
