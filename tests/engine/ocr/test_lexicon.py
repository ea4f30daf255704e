"""Doubts of a recognizer are settled by known words, and only doubts."""

from __future__ import annotations

import pytest

from engine.ocr.lexicon import UNKNOWN, Lexicon
from engine.ocr.recognize import Character

LEXICON = Lexicon(["the", "of", "in", "study", "someone", "including", "april", "letter", "original", "water", "a"])


def read(text: str, others: dict[int, tuple[tuple[str, float], ...]] | None = None) -> list[Character]:
    return [Character(one, 10.0 * place, 0.6, (others or {}).get(place, ())) for place, one in enumerate(text)]


def corrected(text: str, others: dict[int, tuple[tuple[str, float], ...]]) -> str:
    return "".join(one.text for one in LEXICON.corrected(read(text, others)))


def test_a_likely_other_letter_makes_a_known_word() -> None:
    assert corrected("somcone", {3: (("e", 0.3),)}) == "someone"
    assert corrected("apri1.", {4: (("l", 0.2),)}) == "april."
    assert corrected("origínał", {4: (("i", 0.2),), 7: (("l", 0.2),)}) == "original"


def test_the_case_is_that_of_the_neighbours() -> None:
    assert corrected("LETTFR", {4: (("e", 0.3),)}) == "LETTER"
    assert corrected("incIuding", {3: (("l", 0.3),)}) == "including"


@pytest.mark.parametrize(
    ("text", "place", "other", "likelihood"),
    [
        ("somcone", 3, "e", 0.001),
        ("somxone", 3, "r", 0.4),
        ("1etter7", 0, "l", 0.4),
        ("2o5-77", 1, "a", 0.4),
        ("ofi", 1, "n", 0.4),
    ],
    ids=["unlikely", "no-word", "two-doubts", "number", "short"],
)
def test_what_makes_no_known_word_stays(text: str, place: int, other: str, likelihood: float) -> None:
    assert corrected(text, {place: ((other, likelihood),)}) == text


def test_an_exchanged_character_is_as_sure_as_both_were_likely() -> None:
    changed = LEXICON.corrected(read("watcr", {3: (("e", 0.3),)}))
    assert [one.likelihood for one in changed] == pytest.approx([0.6, 0.6, 0.6, 0.9, 0.6])


def test_a_known_word_is_never_changed() -> None:
    assert corrected("water", {0: (("l", 0.59),)}) == "water"


def test_two_words_with_a_gap_between_them_are_parted_there() -> None:
    assert LEXICON.parted(read("Studyin"), [1, 1, 2, 1, 12, 1]) == 5
    assert LEXICON.parted(read("Studyin"), [1, 1, 2, 1, 4, 1]) is None
    assert LEXICON.parted(read("Studxin"), [1, 1, 2, 1, 12, 1]) is None
    assert LEXICON.parted(read("Water."), [1, 12, 1, 1, 1]) is None


def test_a_page_is_in_the_language_when_most_longer_words_are() -> None:
    assert LEXICON.spoken(["the original letter,", "including someone (water)"])
    assert not LEXICON.spoken(["das Original eines Briefes", "an jemanden am Wasser water"])
    assert not LEXICON.spoken(["water"])


def test_an_unknown_language_changes_nothing() -> None:
    word = read("somcone", {3: (("e", 0.5),)})
    assert UNKNOWN.corrected(word) == tuple(word)
    assert UNKNOWN.parted(word, [0, 0, 20, 0, 0, 0]) is None
