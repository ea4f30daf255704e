"""What a network says column by column becomes characters with spaces between them."""

from __future__ import annotations

import numpy as np

from engine.ocr.recognize import HEIGHT, Recognizer
from engine.ocr.sessions import Floats

CHARACTERS = ("", *"abcdefgh", " ")


def read(*columns: tuple[float, float, float, float]) -> str:
    """What is read when the columns say how likely nothing, an a, a b and a space are."""

    def run(_: Floats) -> list[Floats]:
        rest = (0.0,) * (len(CHARACTERS) - 4)
        return [np.array([[(*column[:3], *rest, column[3]) for column in columns]], np.float32)]

    strip = np.full((HEIGHT, 8 * len(columns), 3), 255, np.uint8)
    return "".join(one.text for one in Recognizer(run, CHARACTERS).read(strip))


def test_a_character_that_goes_on_is_one() -> None:
    assert read((0.1, 0.9, 0, 0), (0.2, 0.8, 0, 0), (0.9, 0.1, 0, 0), (0.1, 0.9, 0, 0)) == "aa"


def test_a_space_that_is_not_quite_unlikely_is_read_where_no_character_is() -> None:
    assert read((0, 1, 0, 0), (0.8, 0, 0, 0.2), (0, 0, 1, 0)) == "a b"


def test_a_space_that_is_unlikely_is_not() -> None:
    assert read((0, 1, 0, 0), (0.95, 0, 0, 0.05), (0, 0, 1, 0)) == "ab"
    assert read((0, 0.6, 0, 0.4), (0, 0, 1, 0)) == "ab"
