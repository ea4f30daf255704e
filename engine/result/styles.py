"""The styles of a result: which of its words are bold or italic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from contract.layout import FontStyle, FontWeight, Style
from engine.evidence import Word
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import Place, PlacedPage

_CONFIDENCE: Final = 0.95
"""A font is told by its name, which most makers of fonts choose by custom."""


def styles(places: list[PlacedPage], content: str, at: Index) -> list[Style]:
    """One entry for all bold words and one for all italic ones, with a span for each run of them."""
    bold = _runs(places, content, lambda word: word.bold)
    italic = _runs(places, content, lambda word: word.italic)
    found = []
    if bold:
        found.append(Style(font_weight=FontWeight.BOLD, spans=[span(run, at) for run in bold], confidence=_CONFIDENCE))
    if italic:
        found.append(
            Style(font_style=FontStyle.ITALIC, spans=[span(run, at) for run in italic], confidence=_CONFIDENCE)
        )
    return found


def _runs(places: list[PlacedPage], content: str, wanted: Callable[[Word], bool]) -> list[Place]:
    """The places of words that follow each other with nothing but space between them."""
    runs: list[Place] = []
    for page in places:
        for word, (start, end) in page.words():
            if not wanted(word):
                continue
            if runs and not content[runs[-1][1] : start].strip():
                start = runs.pop()[0]
            runs.append((start, end))
    return runs
