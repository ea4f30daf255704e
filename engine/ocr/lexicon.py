"""What a recognizer was unsure of, settled by the words of a language.

Only English so far: on a page in another language, and for names and numbers, the recognizer has the last word.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from statistics import median

from engine.ocr import weights
from engine.ocr.recognize import Character

#: So many of the most frequent words; rarer ones are more often wrong than meant.
_WORDS = 40_000
#: Parts of a word that was read in one must be more frequent than this, or chance makes words.
_FREQUENT = 10_000
#: A page is in the language when this share of its longer words is known.
_SPOKEN = 0.6
_FEWEST, _LONG = 5, 4

# How much less likely than the best character others may be together, as a logarithm; short words have
# too many neighbours to go as far.
_LIKELY, _LIKELY_SHORT = 5.0, 2.0
_SHORT = 5
_LEAST = 4
_MOST_CHANGED = 2
_MOST_OTHERS = 12
_LEAST_PARTED = 5
#: The gap between two words is this wide, in pixels of a strip, and so many times wider than the others.
_GAP, _STANDS_OUT = 7, 3
_ONE_LETTER = frozenset("ai")


class Lexicon:
    """The words of a language, the most frequent first; none for a language that is not known."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = frozenset(words)
        self._frequent = frozenset(word for word in words[:_FREQUENT] if len(word) > 1 or word in _ONE_LETTER)

    def spoken(self, texts: Iterable[str]) -> bool:
        """Whether texts, such as the lines of a page, are in the language."""
        longer = [word for text in texts for part in text.split() if len(word := _bare(part)) >= _LONG]
        letters = [word for word in longer if word.isalpha()]
        return len(letters) >= _FEWEST and sum(map(self._knows, letters)) >= _SPOKEN * len(letters)

    def strange(self, text: str) -> bool:
        """Whether a text looks like a word of the language and is none that is known; no in a language not known."""
        word = _bare(text)
        return bool(self._words) and len(word) >= _LEAST and word.isalpha() and not self._knows(word)

    def corrected(self, word: Sequence[Character]) -> tuple[Character, ...]:
        """The characters of a word, some exchanged for others that are nearly as likely and make a known word."""
        start, end = _ends([one.text for one in word])
        core = word[start:end]
        text = "".join(one.text for one in core)
        if len(core) < _LEAST or not text.isalnum() or 2 * _letters(text) <= len(text) or self._knows(text):
            return tuple(word)
        likely = _LIKELY if len(core) > _SHORT else _LIKELY_SHORT
        for changed in self._readings(core, likely):
            return (*word[:start], *changed, *word[end:])
        return tuple(word)

    def parted(self, word: Sequence[Character], widths: Sequence[float]) -> int | None:
        """Before which character a word is two; `widths` are those of the gaps between its characters."""
        text = "".join(one.text for one in word).lower()
        core = _bare(text)
        if len(core) < _LEAST_PARTED or len(text) != len(word) or not core.isalpha() or self._knows(core):
            return None
        place = max(range(len(widths)), key=lambda index: widths[index])
        stands_out = widths[place] >= _GAP and widths[place] >= _STANDS_OUT * median(widths)
        first, second = _bare(text[: place + 1]), _bare(text[place + 1 :])
        return place + 1 if stands_out and first in self._frequent and second in self._frequent else None

    def _knows(self, text: str) -> bool:
        word = text.lower()
        return word in self._words or (word.endswith("'s") and word[:-2] in self._words)

    def _readings(self, core: Sequence[Character], likely: float) -> Iterator[tuple[Character, ...]]:
        """Known words near to what was read, those with fewer and likelier changes first."""
        options = []
        for place, one in enumerate(core):
            for text, likelihood in one.others:
                loss = math.log(one.likelihood / likelihood)
                if len(text) == 1 and text.isalpha() and loss <= likely:
                    options.append((loss, place, text, likelihood))
        options = sorted(options)[:_MOST_OTHERS]
        for count in range(1, _MOST_CHANGED + 1):
            for changes in sorted(combinations(options, count), key=lambda some: sum(one[0] for one in some)):
                if sum(one[0] for one in changes) > likely:
                    break
                changed = list(core)
                for _, place, text, likelihood in changes:
                    # It was one of the two, and the language says which.
                    both = min(1.0, core[place].likelihood + likelihood)
                    changed[place] = core[place]._replace(text=_in_case(text, core, place), likelihood=both, others=())
                if len({change[1] for change in changes}) == count and self._knows(
                    "".join(one.text for one in changed)
                ):
                    yield tuple(changed)


@cache
def english() -> Lexicon:
    """Raises: WeightsMissing."""
    lines = weights.path(weights.ENGLISH).read_text(encoding="utf-8-sig").split("\n")
    return Lexicon([line.split(" ")[0] for line in lines[:_WORDS]])


#: The lexicon of a page whose language is not known.
UNKNOWN = Lexicon(())


def of(texts: Iterable[str]) -> Lexicon:
    """The lexicon of the language of texts, such as the lines of a page. Raises: WeightsMissing."""
    return english() if english().spoken(texts) else UNKNOWN


def _bare(text: str) -> str:
    """A word without the marks around it."""
    start, end = _ends(text)
    return text[start:end]


def _ends(characters: Sequence[str]) -> tuple[int, int]:
    """Where a word starts and ends without the marks around it."""
    inner = [index for index, one in enumerate(characters) if one.isalnum()]
    return (inner[0], inner[-1] + 1) if inner else (0, 0)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _in_case(text: str, core: Sequence[Character], place: int) -> str:
    """A letter in the case of its neighbours; the first one of a word keeps its own."""
    others = [one.text for index, one in enumerate(core) if index != place and one.text.isalpha()]
    upper = sum(map(str.isupper, others))
    if 2 * upper > len(others):
        return text.upper()
    return text if place == 0 else text.lower()
