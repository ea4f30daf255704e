"""Entries of a form that have a cell for each character."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from engine.evidence import Box, Word
from engine.pdf.fields import Entry
from engine.pdf.geometry import Frame

# An entry with fewer characters reads the same either way; a longer one is no comb.
_LEAST, _MOST = 2, 100
# Entries looked at on one page.
_MOST_COMBS = 200


def joined(words: list[Word], entries: Sequence[Entry], frame: Frame) -> list[Word]:
    """The words of a page, those that are one character of an entry each put together to what it holds."""
    filled = [entry for entry in entries if _LEAST <= len(entry.value) <= _MOST]
    combs = [(frame.box(entry.box), entry.value) for entry in filled[:_MOST_COMBS]]
    if not combs:
        return words
    single = [index for index, word in enumerate(words) if len(word.text) == 1]
    gone: set[int] = set()
    whole: dict[int, Word] = {}
    for box, value in combs:
        inside = [index for index in single if index not in gone and _is_within(words[index], box)]
        if "".join([words[index].text for index in inside]) == value:
            first, last = words[inside[0]], words[inside[-1]]
            quad = (*first.quad[:2], *last.quad[2:6], *first.quad[6:])
            gone.update(inside)
            whole[inside[0]] = replace(first, text=value, quad=quad)
    return [whole.get(index, word) for index, word in enumerate(words) if index in whole or index not in gone]


def _is_within(word: Word, box: Box) -> bool:
    x, y = sum(word.quad[0::2]) / 4, sum(word.quad[1::2]) / 4
    return box[0] < x < box[2] and box[1] < y < box[3]
