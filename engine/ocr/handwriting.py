"""Tells lines that were written by hand, from what the recognizer sees in a line before it names characters.

`training/handwriting` draws the examples and makes the weights of the one linear layer.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np

from engine.ocr.sessions import Floats

WEIGHTS = Path(__file__).parent / "handwriting.npz"

#: The value within the small recognizer that ends its convolutions: 384 measures at 3 heights of each column.
SEEN = "p2o.pd_op.add.64.0"
_MOST = 30.0


def likelihood(seen: Floats) -> float:
    """How likely a line was written by hand, 0..1; `seen` is 384x3xW."""
    matrix, bias = _weights()
    score = float(features(seen) @ matrix) + bias
    return 1.0 / (1.0 + math.exp(-max(-_MOST, min(_MOST, score))))


def features(seen: Floats) -> Floats:
    """Mean, deviation and maximum over a line of what the recognizer sees."""
    flat = seen.reshape(len(seen), -1)
    return np.concatenate([flat.mean(axis=1), flat.std(axis=1), flat.max(axis=1)]).astype(np.float32)


@cache
def _weights() -> tuple[Floats, float]:
    with np.load(WEIGHTS) as stored:
        return stored["matrix"].astype(np.float32), float(stored["bias"])
