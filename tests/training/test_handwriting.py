"""The lines that the knowledge of handwriting is learnt from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import reportlab

from engine.ocr.sessions import Pixels
from training.handwriting.strips import printed, written

WORDS = ["harbour", "keeper", "height", "winter"]
FAMILIES = [[Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"]]


@pytest.mark.parametrize("kind", [printed, written])
def test_the_same_seed_draws_the_same_strips(kind: Callable[..., Pixels]) -> None:
    one, other = (np.random.default_rng(5) for _ in range(2))
    for _ in range(4):
        strip = kind(one, WORDS, FAMILIES)
        assert strip.shape[0] == 48
        assert np.array_equal(strip, kind(other, WORDS, FAMILIES))
