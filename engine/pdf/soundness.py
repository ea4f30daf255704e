"""Whether the text layer of a page says what a reader of the page sees."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from engine.evidence import Word

# Shares of all characters. Fonts without a table of meanings give codes that `clean` removes or marks.
_LEAST_CLEAN = 0.3
_LEAST_LEGIBLE = 0.6
# Every language written in Latin letters has more vowels; codes shifted to other letters have not.
_LEAST_VOWELS = 0.2
_VOWELS = frozenset("aeiouyAEIOUY")
# On a page with fewer characters the shares say nothing.
_LEAST_CHARACTERS = 40
_LEAST_LATIN = 150


def sound(words: Sequence[Word], untrusted_count: int) -> bool:
    """Whether words, made of `untrusted_count` characters and spaces of a page, can be what it says."""
    characters = sum([len(word.text) for word in words])
    if max(characters, untrusted_count) < _LEAST_CHARACTERS:
        return True
    if characters < _LEAST_CLEAN * untrusted_count:
        return False
    if sum([word.confidence * len(word.text) for word in words]) < _LEAST_LEGIBLE * characters:
        return False
    return _pronounceable("".join([word.text for word in words]))


def _pronounceable(text: str) -> bool:
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
    if sum(map(text.count, _VOWELS)) >= _LEAST_VOWELS * len(text):
        return True
    letters = [character for character in text if character.isalpha()]
    latin = sum(character < "\u0250" for character in letters)
    if latin < _LEAST_LATIN or latin < len(letters) / 2 or len(letters) < len(text) / 2:
        return True
    return sum(map(text.count, _VOWELS)) >= _LEAST_VOWELS * latin
