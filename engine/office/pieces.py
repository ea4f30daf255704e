"""What a file says, piece by piece: the title and headings among it, and the pages it is cut into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from contract.layout import ParagraphRole
from contract.limits import MAX_PAGES
from engine.office.text import characters
from engine.reading.page import Block, Paragraph, ReadPage, paragraphs

#: Characters on a page of a file that has no pages of its own.
PAGE_CHARACTERS: Final = 3_000

_LOWEST_LEVEL: Final = 6
# A heading of more characters is text that someone liked the look of.
_LONGEST_HEADING: Final = 250
_TITLE_RANK: Final = 0


class Piece(NamedTuple):
    """A block, and the notes at the foot of the page it stands on."""

    block: Block
    notes: tuple[Paragraph, ...] = ()


def page(number: int, blocks: Iterable[Block]) -> ReadPage:
    """A page without geometry."""
    return ReadPage(number, 0.0, 0.0, None, 0.0, tuple(blocks), readable=True)


def paged(pieces: Iterable[Piece]) -> list[ReadPage]:
    """Pieces on pages of 3,000 characters, at least one; a block is never parted."""
    pages: list[ReadPage] = []
    blocks: list[Block] = []
    notes: list[Paragraph] = []
    filled = 0
    for piece in pieces:
        length = sum([characters(one) for one in [*paragraphs((piece.block,)), *piece.notes]])
        if filled and filled + length > PAGE_CHARACTERS:
            pages.append(page(len(pages) + 1, [*blocks, *notes]))
            blocks, notes, filled = [], [], 0
            if len(pages) == MAX_PAGES:
                return pages
        blocks.append(piece.block)
        notes += piece.notes
        filled += length
    return [*pages, page(len(pages) + 1, [*blocks, *notes])]


def outlined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with one title and with levels of headings from 1 to 6.

    Given are section headings whose level is the rank that the file states: 0 for its title. Where it
    states none, a single heading of rank 1 before all others is the title.
    """
    sound = [_sound(piece) for piece in pieces]
    ranks = [rank for piece in sound if (rank := _rank(piece.block)) is not None]
    stated = _TITLE_RANK in ranks
    titled = stated or (ranks[:1] == [1] and ranks.count(1) == 1)
    for piece in sound:
        block = piece.block
        rank = _rank(block)
        if not isinstance(block, Paragraph) or rank is None:
            yield piece
            continue
        is_title = titled and rank == (_TITLE_RANK if stated else 1)
        level = min(rank + stated, _LOWEST_LEVEL)
        titled = titled and not is_title
        role = ParagraphRole.TITLE if is_title else ParagraphRole.SECTION_HEADING
        yield piece._replace(block=msgspec.structs.replace(block, role=role, level=level))


def _rank(block: Block) -> int | None:
    heading = isinstance(block, Paragraph) and block.role is ParagraphRole.SECTION_HEADING
    return block.level if isinstance(block, Paragraph) and heading else None


def _sound(piece: Piece) -> Piece:
    """The piece; what is too long for a heading is text."""
    if _rank(piece.block) is None or not isinstance(piece.block, Paragraph):
        return piece
    if characters(piece.block) <= _LONGEST_HEADING:
        return piece
    return piece._replace(block=msgspec.structs.replace(piece.block, role=None, level=0))
