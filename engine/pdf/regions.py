"""Boxes that lie close together, joined."""

from __future__ import annotations

import cv2
import numpy as np

from engine.evidence import Box

# On huge pages closeness is a share of the longer side.
_MOST_STEPS = 512


def joined(strokes: list[tuple[Box, int]], close: float) -> list[tuple[Box, int]]:
    """Boxes (none below 0) around those that are no further apart than about `close`, with the sum of their weights."""
    if not strokes:
        return []
    boxes = np.array([box for box, _ in strokes])
    step = max(close, float(boxes.max()) / _MOST_STEPS)
    left, top, right, bottom = (boxes / step).astype(np.int32).T
    # Each box is a step up at its first corner and down behind its others: the sums tell what is covered.
    steps = np.zeros((int(bottom.max()) + 2, int(right.max()) + 2), np.int32)
    for rows, columns, step_up in (
        (top, left, 1),
        (bottom + 1, right + 1, 1),
        (top, right + 1, -1),
        (bottom + 1, left, -1),
    ):
        np.add.at(steps, (rows, columns), step_up)
    covered = (steps.cumsum(axis=0).cumsum(axis=1) > 0).astype(np.uint8)
    count, labels = cv2.connectedComponents(covered, connectivity=8)
    groups = labels[top, left]
    weights = np.bincount(groups, [weight for _, weight in strokes], count)
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, groups, boxes[:, :2])
    np.maximum.at(high, groups, boxes[:, 2:])
    return [
        ((*low[group].tolist(), *high[group].tolist()), int(weights[group])) for group in np.unique(groups).tolist()
    ]
