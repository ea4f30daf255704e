"""Characters of a strip are cut into words at spaces and wide gaps."""

from __future__ import annotations

import numpy as np
import pytest

from engine.ocr.lexicon import Lexicon
from engine.ocr.recognize import HEIGHT, Character
from engine.ocr.sessions import Pixels
from engine.ocr.words import cut


def strip(*bars: tuple[int, int]) -> Pixels:
    """A white strip with black bars from one column to another."""
    drawn = np.full((HEIGHT, 300, 3), 255, np.uint8)
    for left, right in bars:
        drawn[12:36, left:right] = 0
    return drawn


def characters(text: str, *places: float) -> list[Character]:
    return [Character(one, place, 0.9) for one, place in zip(text, places, strict=True)]


def test_a_seen_space_parts_words_between_their_ink() -> None:
    words = cut(strip((10, 30), (44, 60)), characters("a b", 20, 37, 52))
    assert [(word.text, word.left, word.right) for word in words] == [("a", 10, 30), ("b", 44, 60)]


def test_a_wide_gap_parts_words_without_a_space() -> None:
    assert [word.text for word in cut(strip((10, 30), (90, 110)), characters("ab", 20, 100))] == ["a", "b"]


def test_a_narrow_gap_does_not() -> None:
    assert [word.text for word in cut(strip((10, 30), (40, 60)), characters("ab", 20, 50))] == ["ab"]


def test_the_line_that_words_stand_on_is_no_ink() -> None:
    drawn = strip((10, 30), (90, 110))
    drawn[38:41, 5:295] = 0
    words = cut(drawn, characters("a b", 20, 60, 100))
    assert [(word.text, word.left, word.right) for word in words] == [("a", 10, 30), ("b", 90, 110)]


def test_letters_of_fine_print_that_run_together_are_ink() -> None:
    drawn = strip()
    drawn[34:37, 40:260] = 0
    words = cut(drawn, characters("ab", 60, 240), fine=True)
    assert [(word.text, word.left, word.right) for word in words] == [("ab", 40, 260)]


def test_ideographs_stand_alone() -> None:
    assert [word.text for word in cut(strip((10, 60)), characters("年月", 20, 50))] == ["年", "月"]


def test_spaces_at_the_ends_make_no_words() -> None:
    assert [word.text for word in cut(strip((10, 30)), characters(" a ", 2, 20, 40))] == ["a"]


def test_nothing_is_cut_from_nothing() -> None:
    assert cut(strip(), []) == []
    assert cut(strip(), characters(" ", 4)) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [("a,b", ["a,", "b"]), ("1,b", ["1,b"]), ("1,2", ["1,2"]), ("a:b", ["a:", "b"]), ("a.b", ["a.b"])],
)
def test_a_comma_between_letters_ends_a_word(text: str, parts: list[str]) -> None:
    assert [word.text for word in cut(strip((10, 20), (24, 26), (30, 40)), characters(text, 15, 25, 35))] == parts


def test_a_box_to_be_ticked_is_no_part_of_a_word() -> None:
    assert [word.text for word in cut(strip((10, 20), (24, 40)), characters("☐C", 15, 32))] == ["☐", "C"]


def test_known_words_are_parted_at_a_narrow_gap() -> None:
    drawn = strip(*((left, left + 10) for left in (10, 22, 42, 54, 66)))
    read = characters("ofthe", 15, 27, 47, 59, 71)
    assert [word.text for word in cut(drawn, read, lexicon=Lexicon(["of", "the"]))] == ["of", "the"]
    assert [word.text for word in cut(drawn, read)] == ["ofthe"]
