"""Pages that were read to an AnalyzeResult."""

from __future__ import annotations

from collections.abc import Iterator

from contract.options import AnalyzeOptions, Feature
from contract.result import AnalyzeResult, Warning
from engine.reading.page import ReadPage
from engine.result.content import placed
from engine.result.index import index
from engine.result.languages import languages
from engine.result.pages import pages as written_pages
from engine.result.structure import Structure
from engine.result.styles import styles

PAGE_NOT_READ = "PageNotRead"
LINES_NOT_READ = "LinesNotRead"


def assembled(pages: list[ReadPage], options: AnalyzeOptions) -> AnalyzeResult:
    """The result for pages in ascending order of their numbers."""
    content, places = placed(pages, options.content_format)
    at = index(content, options.string_index_type)
    result = AnalyzeResult.empty(options.model_id, options.string_index_type, options.content_format)
    result.content = content
    result.pages = written_pages(places, at)
    structure = Structure(places, at)
    result.paragraphs = structure.paragraphs()
    if options.asks_for_layout:
        result.tables = structure.tables()
        result.figures = structure.figures()
        result.sections = structure.sections() or None
    if Feature.KEY_VALUE_PAIRS in options.features:
        result.key_value_pairs = structure.pairs()
    if Feature.LANGUAGES in options.features:
        result.languages = languages(places, content, at)
    if Feature.STYLE_FONT in options.features:
        result.styles = styles(places, content, at)
    result.warnings = [warning for page in pages for warning in _warnings(page)] or None
    return result


def _warnings(page: ReadPage) -> Iterator[Warning]:
    target = str(page.number)
    if not page.readable:
        yield Warning(code=PAGE_NOT_READ, message="The page is damaged and was left without words.", target=target)
    if page.unread:
        message = f"Lines that could not be made out: {page.unread}. They may be in a script that is not read here."
        yield Warning(code=LINES_NOT_READ, message=message, target=target)
