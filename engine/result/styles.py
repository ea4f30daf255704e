"""The styles of a result: what was written by hand, and the fonts of its words, how they are cut, and their colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from contract.layout import FontStyle, FontWeight, Style
from engine.evidence import Word
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import Place, PlacedPage, merged

_STATED: Final = 0.95
"""A font is told by its name, which most makers of fonts choose by custom."""
_SEEN: Final = 0.7
"""Colours and strokes in pixels depend on light, paper and print."""

_BY_HAND: Final = 0.5
"""Words at least so likely by hand are told to be."""

_Told = tuple[str, str | bool, float]
"""A field of `Style`, its value, and how sure that is."""


class Styles:
    """The styles of the pages so far; `fonts` says whether what is no handwriting is told too."""

    def __init__(self, *, fonts: bool) -> None:
        self._fonts = fonts
        self._places: dict[_Told, list[Place]] = {}

    def add(self, page: PlacedPage) -> None:
        """Goes on with the next page."""
        found: dict[_Told, list[Place]] = {}
        for word, place in page.words():
            if word.by_hand >= _BY_HAND:
                found.setdefault(("is_handwritten", True, round(word.by_hand, 1)), []).append(place)
            for told in _told(word) if self._fonts else ():
                found.setdefault(told, []).append(place)
        for told, places in found.items():
            self._places.setdefault(told, []).extend(merged(places, page.text, page.start))

    def written(self, content: str, at: Index) -> list[Style]:
        """One entry for each thing that can be told of words, with a span for each run of them."""
        found = []
        for field, value, confidence in sorted(self._places):
            runs = merged(self._places[field, value, confidence], content)
            told: dict[str, Any] = {field: value}
            found.append(Style(**told, spans=[span(run, at) for run in runs], confidence=confidence))
        return found


def _told(word: Word) -> Iterator[_Told]:
    look = word.look
    family = look.family if look else None
    sure = _STATED if family else _SEEN
    # That a word is not bold is known only of what states its font.
    if word.bold or family:
        yield "font_weight", FontWeight.BOLD if word.bold else FontWeight.NORMAL, sure
    if word.italic or family:
        yield "font_style", FontStyle.ITALIC if word.italic else FontStyle.NORMAL, _STATED
    if look:
        if family:
            yield "similar_font_family", family, sure
        if look.color:
            yield "color", look.color, sure
        if look.background:
            yield "background_color", look.background, sure
