"""Captions to the figures and tables that they belong to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from engine.office.pieces import Piece
from engine.reading.page import Figure, Paragraph, Table


def captioned(pieces: Sequence[Piece], captions: frozenset[int]) -> list[Piece]:
    """The pieces with those at the positions `captions` taken into a neighbour.

    A caption belongs to the figure before it, else to the table after it, else to the table before or
    the figure after it; beside none of these it stays what it is.
    """
    found: list[Piece | None] = list(pieces)
    for place in sorted(captions):
        choices = ((place - 1, Figure), (place + 1, Table), (place - 1, Table), (place + 1, Figure))
        caption = pieces[place]
        for neighbour, kind in choices:
            beside = found[neighbour] if 0 <= neighbour < len(found) else None
            if beside is None or not isinstance(beside.block, kind) or beside.block.caption:
                continue
            if isinstance(caption.block, Paragraph):
                block = msgspec.structs.replace(beside.block, caption=(caption.block,))
                found[neighbour] = Piece(block, caption.notes + beside.notes)
                found[place] = None
                break
    return [piece for piece in found if piece is not None]
