"""What is in doubt is read again, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from engine.ocr.doubt import settled
from engine.ocr.lexicon import UNKNOWN, Lexicon
from engine.ocr.recognize import HEIGHT, Character, Recognizer
from engine.ocr.sessions import Pixels

LETTER = 40


class Better(Recognizer):
    """Reads each letter of a strip as x, with one likelihood, and notes how wide the strips are."""

    def __init__(self, likelihood: float) -> None:
        self.widths: list[int] = []
        self._likelihood = likelihood

    def read(self, strip: Pixels) -> list[Character]:
        self.widths.append(strip.shape[1])
        places = range(LETTER // 2, strip.shape[1] + 1, LETTER)
        return [Character("x", float(place), self._likelihood) for place in places]


def line(text: str, doubted: str = "") -> tuple[Pixels, list[Character]]:
    """A strip with a black bar for each letter, and its characters."""
    strip = np.full((HEIGHT, LETTER * len(text), 3), 255, np.uint8)
    for number, one in enumerate(text):
        if not one.isspace():
            strip[12:36, LETTER * number + 10 : LETTER * number + 30] = 0
    places = [LETTER * number + LETTER / 2 for number in range(len(text))]
    return strip, [
        Character(one, place, 0.5 if one in doubted else 0.99) for one, place in zip(text, places, strict=True)
    ]


def test_a_line_without_doubt_is_left_alone() -> None:
    better = Better(0.99)
    strip, characters = line("some words")
    assert settled(strip, characters, better, UNKNOWN) == characters
    assert better.widths == []


def test_a_word_in_doubt_is_read_again_in_its_place() -> None:
    better = Better(0.95)
    found = settled(*line("sure doqbt words follow", "q"), better, UNKNOWN)
    assert "".join(one.text for one in found) == "sure xxxxxx words follow"
    assert better.widths == [6 * LETTER]
    assert [one.place for one in found] == sorted(one.place for one in found)


def test_a_word_that_the_language_does_not_have_is_in_doubt() -> None:
    better = Better(1.0)
    found = settled(*line("sure doqbt 1,204 words"), better, Lexicon(["sure", "words"]))
    assert "".join(one.text for one in found) == "sure xxxxxx 1,204 words"


def test_what_reads_no_better_changes_nothing() -> None:
    strip, characters = line("sure doqbt words follow", "q")
    assert settled(strip, characters, Better(0.3), UNKNOWN) == characters


def test_two_words_in_doubt_near_each_other_are_read_as_one() -> None:
    better = Better(0.95)
    settled(*line("surely qa a qb sure words follow", "q"), better, UNKNOWN)
    assert len(better.widths) == 1


@pytest.mark.parametrize("text", ["qqq", "qa qb qc", "q", "   "])
def test_a_line_mostly_in_doubt_is_read_as_a_whole(text: str) -> None:
    better = Better(0.95)
    settled(*line(text, "q"), better, UNKNOWN)
    assert better.widths == [LETTER * len(text)]


def test_lines_of_ideographs_are_cut_at_their_pauses() -> None:
    better = Better(0.95)
    found = settled(*line("年月日年月日，年疑日，年月日年月", "疑"), better, UNKNOWN)
    assert len(better.widths) == 1
    assert better.widths[0] < 6 * LETTER
    assert "".join(one.text for one in found).endswith("年月日年月")


def test_nothing_is_read_again_as_a_whole() -> None:
    better = Better(0.95)
    strip, _ = line("abc")
    assert len(settled(strip, [], better, UNKNOWN)) == 3


def test_characters_at_one_place_or_beyond_the_strip_are_no_matter() -> None:
    strip, _ = line("ab cd")
    characters = [Character(one, place, 0.5) for one, place in zip("a b c", (30, 30, 30, 900, 900), strict=True)]
    assert settled(strip, characters, Better(0.3), UNKNOWN) == characters
