"""What the likelihoods of a recognizer are worth: how often a word read with them is right."""

from __future__ import annotations

import math

#: Fitted by `python -m bench.calibration` on pages made for it.
SLOPE = 0.66
OFFSET = -0.42
_LEAST = 1e-4


def confidence(likelihoods: tuple[float, ...]) -> float:
    """Confidence of a word, 0..1, from the likelihoods of its characters."""
    doubted = 1.0 - sum(math.log(max(_LEAST, one)) for one in likelihoods)
    right = min(1.0 - _LEAST, max(_LEAST, 1.0 / doubted))
    return round(1.0 / (1.0 + math.exp(-(SLOPE * math.log(right / (1.0 - right)) + OFFSET))), 3)
