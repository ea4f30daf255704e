"""The styles of a result: which of its words are bold or italic."""

from __future__ import annotations

from typing import Final

from contract.layout import FontStyle, FontWeight, Style
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import Place, PlacedPage, merged

_CONFIDENCE: Final = 0.95
"""A font is told by its name, which most makers of fonts choose by custom."""


class Styles:
    """The styles of the pages so far."""

    def __init__(self) -> None:
        self._bold: list[Place] = []
        self._italic: list[Place] = []

    def add(self, page: PlacedPage) -> None:
        """Goes on with the next page."""
        self._bold += merged([place for word, place in page.words() if word.bold], page.text, page.start)
        self._italic += merged([place for word, place in page.words() if word.italic], page.text, page.start)

    def written(self, content: str, at: Index) -> list[Style]:
        """One entry for all bold words and one for all italic ones, with a span for each run of them."""
        bold = [span(run, at) for run in merged(self._bold, content)]
        italic = [span(run, at) for run in merged(self._italic, content)]
        found = []
        if bold:
            found.append(Style(font_weight=FontWeight.BOLD, spans=bold, confidence=_CONFIDENCE))
        if italic:
            found.append(Style(font_style=FontStyle.ITALIC, spans=italic, confidence=_CONFIDENCE))
        return found
