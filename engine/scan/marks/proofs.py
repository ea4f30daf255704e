"""The empty box at the right margin that ends a proof."""

from __future__ import annotations

import numpy as np

from engine.evidence import Box
from engine.scan.marks.among import Boxes

# In heights of the box: lines of the text that it ends are no further above and below, nor their ends.
_LINES, _MARGIN = 4.0, 1.0
# A line of prose has at least this many words.
_PROSE_WORDS = 6


def ends_proof(mark: Box, boxes: Boxes) -> bool:
    """Whether nothing follows an empty box, and prose above or below it runs to its right side and no further.

    `boxes`: of the words of the page (Nx4).
    """
    left, top, right, bottom = mark
    height = bottom - top
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    near = (boxes[:, 3] > top - _LINES * height) & (boxes[:, 1] < bottom + _LINES * height)
    beyond = near & (boxes[:, 2] > right + _MARGIN * height)
    over = near & (boxes[:, 0] < (left + right) / 2) & (boxes[:, 2] > (left + right) / 2)
    over &= (middles < top) | (middles > bottom)
    if beyond.any():
        return False
    return any(
        np.count_nonzero((boxes[:, 1] < middle) & (boxes[:, 3] > middle)) >= _PROSE_WORDS for middle in middles[over]
    )
