"""The languages of a result, and where in its content each is."""

from __future__ import annotations

from contract.layout import Language
from engine.evidence import FORMULA
from engine.languages.detect import detect
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import Place, PlacedPage, merged


class Languages:
    """The languages of the pages so far."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._places: list[Place] = []

    def add(self, page: PlacedPage) -> None:
        """Goes on with the next page."""
        for paragraph in page.paragraphs():
            for line in paragraph.lines:
                self._texts.append(line.line.text.replace(FORMULA, ""))
                self._places.append((line.words[0][0], line.words[-1][1]))

    def written(self, content: str, at: Index) -> list[Language]:
        """An entry for each run of lines in one language; it has a span for each part that nothing else interrupts."""
        return [
            Language(
                locale=run.locale,
                spans=[span(part, at) for part in merged(self._places[run.start : run.end], content)],
                confidence=run.confidence,
            )
            for run in detect(self._texts)
        ]
