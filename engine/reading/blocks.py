"""Blocks: segments that their source lists one after the other and that stand one below the other.

The lines of a cell are such a block, so that a table is read cell by cell.
"""

from __future__ import annotations

import msgspec

from engine.reading.segment import Segment

# In font sizes: lines of a block stand no further apart than this.
_PITCH = 1.4


class Block(msgspec.Struct, gc=False):
    """Segments from top to bottom and the box around them."""

    left: float
    top: float
    right: float
    bottom: float
    pieces: list[Segment]

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return (self.top + self.bottom) / 2


def blocks(pieces: list[Segment]) -> list[Block]:
    """Every segment in exactly one block."""
    found: list[Block] = []
    for piece in sorted(pieces, key=lambda piece: piece.order):
        if found and _continues(found[-1].pieces[-1], piece):
            block = found[-1]
            block.pieces.append(piece)
            block.left = min(block.left, piece.left)
            block.right = max(block.right, piece.right)
            block.top = min(block.top, piece.top)
            block.bottom = max(block.bottom, piece.bottom)
        else:
            found.append(Block(piece.left, piece.top, piece.right, piece.bottom, [piece]))
    return found


def _continues(last: Segment, piece: Segment) -> bool:
    pitch = min(piece.bottom - last.bottom, piece.top - last.top)
    size = min(last.size, piece.size)
    return size / 2 < pitch < _PITCH * size and piece.left < last.right and last.left < piece.right
