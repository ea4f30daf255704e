"""The languages of a result, and where in its content each is."""

from __future__ import annotations

from contract.layout import Language
from contract.page import Span
from engine.languages.detect import Run, detect
from engine.result.content import PlacedLine, PlacedPage
from engine.result.index import Index


def languages(places: list[PlacedPage], content: str, at: Index) -> list[Language]:
    """An entry for each run of lines in one language; it has a span for each part that nothing else interrupts."""
    lines = [line for place in places for paragraph in place.paragraphs for line in paragraph.lines]
    return [_language(run, lines, content, at) for run in detect([line.line.text for line in lines])]


def _language(run: Run, lines: list[PlacedLine], content: str, at: Index) -> Language:
    parts: list[tuple[int, int]] = []
    for line in lines[run.start : run.end]:
        start, end = line.offset, line.offset + len(line.line.text)
        if parts and not content[parts[-1][1] : start].strip():
            start = parts.pop()[0]
        parts.append((start, end))
    spans = [Span(offset=at(start), length=at(end) - at(start)) for start, end in parts]
    return Language(locale=run.locale, spans=spans, confidence=run.confidence)
