"""The languages of a result, and where in its content each is."""

from __future__ import annotations

from contract.layout import Language
from engine.languages.detect import Run, detect
from engine.result.index import Index
from engine.result.pages import span
from engine.result.places import PlacedLine, PlacedPage


def languages(places: list[PlacedPage], content: str, at: Index) -> list[Language]:
    """An entry for each run of lines in one language; it has a span for each part that nothing else interrupts."""
    lines = [line for place in places for paragraph in place.paragraphs() for line in paragraph.lines]
    return [_language(run, lines, content, at) for run in detect([line.line.text for line in lines])]


def _language(run: Run, lines: list[PlacedLine], content: str, at: Index) -> Language:
    parts: list[tuple[int, int]] = []
    for line in lines[run.start : run.end]:
        start, end = line.words[0][0], line.words[-1][1]
        if parts and not content[parts[-1][1] : start].strip():
            start = parts.pop()[0]
        parts.append((start, end))
    spans = [span(part, at) for part in parts]
    return Language(locale=run.locale, spans=spans, confidence=run.confidence)
