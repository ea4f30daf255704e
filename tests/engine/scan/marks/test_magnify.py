"""Pages are looked at with text of about one height, whatever they were scanned at."""

from __future__ import annotations

import numpy as np
import pytest

from engine.scan.marks.magnify import magnified


@pytest.mark.parametrize(("size", "factor"), [(11.0, 2.0), (22.0, 1.0), (30.0, 1.0), (64.0, 0.5)])
def test_text_comes_to_a_height_at_which_boxes_show(size: float, factor: float) -> None:
    grey, magnification = magnified(np.full((40, 60), 200, np.uint8), size)
    assert magnification == factor
    assert grey.shape == (40 * factor, 60 * factor)


@pytest.mark.parametrize("size", [0.0, 0.001, 1.0])
def test_a_page_of_tiny_text_does_not_grow_without_bound(size: float) -> None:
    grey, factor = magnified(np.full((1000, 1000), 200, np.uint8), size)
    assert factor == 2.5
    assert magnified(np.full((4000, 4000), 200, np.uint8), size)[1] == 1.0
    assert grey.size == 2500 * 2500
