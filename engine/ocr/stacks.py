"""Boxes that stand one under the other as the characters of a line do that runs up or down the page."""

from __future__ import annotations

from engine.ocr.detect import Box

_FEWEST = 3
# In widths of the boxes: how far their middles may be apart, the gaps between them, their widths, and their heights.
_ASIDE = 0.35
_GAP = 0.8
_WIDTHS_DIFFER = 1.6
_LEAST_HEIGHT, _HIGHEST = 0.5, 3.5


def stacks(boxes: list[Box]) -> list[list[Box]]:
    """The boxes in groups, from top to bottom in each; most stand alone. The groups keep the order of the boxes."""
    found: list[list[Box]] = []
    open_at: list[list[Box]] = []
    for box in sorted(boxes, key=_top):
        open_at = [stack for stack in open_at if _top(box) - _bottom(stack[-1]) <= _GAP * stack[-1].width]
        stack = next((one for one in open_at if _under(one[-1], box)), None)
        if stack is not None:
            stack.append(box)
        else:
            found.append([box])
            if _LEAST_HEIGHT * box.width <= box.height <= _HIGHEST * box.width:
                open_at.append(found[-1])
    groups = [group for stack in found for group in ([stack] if len(stack) >= _FEWEST else [[box] for box in stack])]
    order = {box: number for number, box in enumerate(boxes)}
    return sorted(groups, key=lambda group: order[group[0]])


def around(stack: list[Box]) -> Box:
    """The upright box around a stack."""
    left, right = min(box.x - box.width / 2 for box in stack), max(box.x + box.width / 2 for box in stack)
    top, bottom = min(map(_top, stack)), max(map(_bottom, stack))
    return Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top, 0.0)


def _under(above: Box, box: Box) -> bool:
    """Whether a box may continue the stack that ends with another."""
    narrow, wide = sorted((above.width, box.width))
    return (
        abs(above.x - box.x) <= _ASIDE * wide
        and wide <= _WIDTHS_DIFFER * narrow
        and _LEAST_HEIGHT * box.width <= box.height <= _HIGHEST * box.width
        and _top(box) > above.y
    )


def _top(box: Box) -> float:
    return box.y - box.height / 2


def _bottom(box: Box) -> float:
    return box.y + box.height / 2
