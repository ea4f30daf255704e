"""Pages that were read to an AnalyzeResult in JSON.

A page is written as soon as it comes and let go: the structs of 2,000 pages would take many times the memory
of their JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from contract.options import AnalyzeOptions, Feature
from contract.result import AnalyzeResult, Warning
from contract.wire import Wire
from engine.reading.page import ReadPage
from engine.result.content import Writer
from engine.result.index import Index
from engine.result.languages import Languages
from engine.result.pages import page as written_page
from engine.result.sections import Sections
from engine.result.structure import Structure
from engine.result.styles import Styles

PAGE_NOT_READ = "PageNotRead"
LINES_NOT_READ = "LinesNotRead"
FORMULAS_NOT_READ = "FormulasNotRead"
FIELDS_NOT_READ = "QueryFieldsNotRead"

_ENCODER = msgspec.json.Encoder()


class _Objects:
    """A list of a result, in JSON, that grows."""

    def __init__(self) -> None:
        self._json = bytearray(b"[")

    def add(self, found: Iterable[Wire]) -> None:
        for one in found:
            if len(self._json) > 1:
                self._json += b","
            _ENCODER.encode_into(one, self._json, -1)

    def closed(self) -> msgspec.Raw:
        self._json += b"]"
        return msgspec.Raw(self._json)


def assembled(pages: Iterable[ReadPage], options: AnalyzeOptions) -> bytes:
    """The result, in JSON, for pages in ascending order of their numbers."""
    assembly = _Assembly(options)
    for page in pages:
        assembly.add(page)
    return assembly.json()


class _Assembly:
    def __init__(self, options: AnalyzeOptions) -> None:
        self._options = options
        self._writer = Writer(options.content_format)
        self._at = Index(options.string_index_type)
        self._pages, self._paragraphs, self._tables, self._figures, self._pairs = [_Objects() for _ in range(5)]
        self._sections = Sections()
        self._languages = Languages()
        self._styles = Styles(fonts=Feature.STYLE_FONT in options.features)
        self._warnings: list[Warning] = []
        if Feature.QUERY_FIELDS in options.features:
            self._warnings.append(Warning(code=FIELDS_NOT_READ, message="Query fields are not answered here yet."))

    def add(self, page: ReadPage) -> None:
        wanted = self._options.features
        place = self._writer.page(page)
        self._at.add(place.text, place.start)
        structure = Structure(place, self._at)
        self._pages.add([written_page(place, self._at)])
        self._paragraphs.add(structure.paragraphs())
        if self._options.asks_for_layout:
            self._tables.add(structure.tables())
            self._figures.add(structure.figures())
            self._sections.add(place)
        if Feature.KEY_VALUE_PAIRS in wanted:
            self._pairs.add(structure.pairs())
        if Feature.LANGUAGES in wanted:
            self._languages.add(place)
        self._styles.add(place)
        self._warnings += _warnings(page, wanted)

    def json(self) -> bytes:
        options, wanted, content = self._options, self._options.features, self._writer.content()
        head = AnalyzeResult.empty(options.model_id, options.string_index_type, options.content_format)
        head.content = content
        result: dict[str, Any] = msgspec.to_builtins(head)
        result |= {"pages": self._pages.closed(), "paragraphs": self._paragraphs.closed()}
        if options.asks_for_layout:
            result |= {"tables": self._tables.closed(), "figures": self._figures.closed()}
            if sections := self._sections.written(self._at):
                result["sections"] = sections
        if Feature.KEY_VALUE_PAIRS in wanted:
            result["keyValuePairs"] = self._pairs.closed()
        if Feature.LANGUAGES in wanted:
            result["languages"] = self._languages.written(content, self._at)
        result["styles"] = self._styles.written(content, self._at)
        if self._warnings:
            result["warnings"] = self._warnings
        return _ENCODER.encode(result)


def _warnings(page: ReadPage, wanted: frozenset[Feature]) -> Iterator[Warning]:
    target = str(page.number)
    if not page.readable:
        yield Warning(code=PAGE_NOT_READ, message="The page is damaged and was left without words.", target=target)
    if page.unread:
        message = f"Lines that could not be made out: {page.unread}. They may be in a script that is not read here."
        yield Warning(code=LINES_NOT_READ, message=message, target=target)
    if page.recognized and Feature.FORMULAS in wanted:
        message = "Formulas are read of pages with a text layer; this one has none."
        yield Warning(code=FORMULAS_NOT_READ, message=message, target=target)
