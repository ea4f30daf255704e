"""The parts of a line of which one recognizer was unsure, read again by a better one."""

from __future__ import annotations

from itertools import groupby, pairwise
from statistics import fmean
from typing import NamedTuple

from engine.ocr.lexicon import Lexicon
from engine.ocr.recognize import HEIGHT, Character, Recognizer
from engine.ocr.sessions import Pixels
from engine.ocr.words import columns_of_ink, widest_gap

#: A phrase is in doubt with a character of less likelihood.
_SURE = 0.9
#: Phrases in doubt that stand nearer than this, in pixels of a strip, are read as one.
_NEAR = 2 * HEIGHT
#: The share of a line in doubt, by width, above which all of it is read again.
_MOST = 0.7
#: Where a line of ideographs, which has no spaces, may be cut.
_PAUSES = frozenset("，。、；：！？")


class _Phrase(NamedTuple):
    """Characters that are read as one, with their spaces, from `left` to `right` in pixels of the strip."""

    left: int
    right: int
    characters: list[Character]

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def text(self) -> str:
        return "".join(one.text for one in self.characters).strip()

    @property
    def likelihoods(self) -> list[float]:
        return [one.likelihood for one in self.characters if not one.text.isspace()] or [0.0]


def settled(strip: Pixels, characters: list[Character], better: Recognizer, lexicon: Lexicon) -> list[Character]:
    """The characters of a strip (48xWx3, RGB), those in doubt as `better` reads them where it is surer.

    `lexicon` has the words of the language of the page; others are in doubt too.
    """
    phrases = _phrases(strip, characters)
    doubted = _joined(phrases, lexicon)
    if sum(phrase.width for phrase, doubt in zip(phrases, doubted, strict=True) if doubt) > _MOST * strip.shape[1]:
        doubted = [True] * len(phrases)
    found: list[Character] = []
    for doubt, run in groupby(zip(phrases, doubted, strict=True), key=lambda one: one[1]):
        some = [phrase for phrase, _ in run]
        whole = _Phrase(some[0].left, some[-1].right, [one for phrase in some for one in phrase.characters])
        found += _read(strip, whole, better) if doubt else whole.characters
    return found


def _phrases(strip: Pixels, characters: list[Character]) -> list[_Phrase]:
    """The phrases of a strip one after the other, which together cover it."""
    ink = columns_of_ink(strip)
    starts, edges = [0], [0]
    last = None
    for index, one in enumerate(characters):
        if one.text.isspace():
            continue
        if last is not None and (characters[index - 1].text.isspace() or last.text in _PAUSES):
            starts.append(index)
            edges.append(sum(widest_gap(ink, last.place, one.place)) // 2)
        last = one
    ends = pairwise([*starts, len(characters)])
    places = pairwise([*edges, strip.shape[1]])
    return [
        _Phrase(left, right, characters[start:end]) for (start, end), (left, right) in zip(ends, places, strict=True)
    ]


def _joined(phrases: list[_Phrase], lexicon: Lexicon) -> list[bool]:
    """Which phrases are read again: those in doubt and what little stands between them."""
    doubted = [min(phrase.likelihoods) < _SURE or lexicon.strange(phrase.text) for phrase in phrases]
    for first, second in pairwise([index for index, doubt in enumerate(doubted) if doubt]):
        if sum(phrase.width for phrase in phrases[first + 1 : second]) < _NEAR:
            doubted[first:second] = [True] * (second - first)
    return doubted


def _read(strip: Pixels, phrase: _Phrase, better: Recognizer) -> list[Character]:
    read = better.read(strip[:, phrase.left : phrase.right])
    again = phrase._replace(characters=[one._replace(place=one.place + phrase.left) for one in read])
    if fmean(again.likelihoods) < fmean(phrase.likelihoods):
        return phrase.characters
    # Its own space at the end is not in what was read again.
    spaces = phrase.characters[-1:] if phrase.characters and phrase.characters[-1].text.isspace() else []
    return [*again.characters, *spaces]
