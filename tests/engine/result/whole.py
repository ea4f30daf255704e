"""What must hold of every result: spans cut out what the elements say, and pointers lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

import regex
from html5lib import HTMLParser
from markdown_it import MarkdownIt

from contract.layout import ParagraphRole
from contract.options import ContentFormat, StringIndexType
from contract.page import Span
from contract.result import AnalyzeResult
from engine.evidence import FORMULA

_COMMENT = re.compile(r'<!-- Page(?:Header|Footer|Number)="(.*)" -->', re.DOTALL)
_SIGNS = {"☒": ":selected:", "☐": ":unselected:"}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


class Spoken(Protocol):
    """An element with content and spans into that of the document."""

    @property
    def content(self) -> str: ...
    @property
    def spans(self) -> list[Span]: ...


class Points(Protocol):
    """An element with pointers to its parts."""

    @property
    def elements(self) -> list[str] | None: ...


class Content:
    """The content of a result, cut the way a client cuts it that counts as its index type says."""

    def __init__(self, result: AnalyzeResult) -> None:
        self.markdown = result.content_format is ContentFormat.MARKDOWN
        kind = result.string_index_type
        self._units: Sequence[str] | None = None
        if kind is StringIndexType.UTF16_CODE_UNIT:
            self._bytes = result.content.encode("utf-16-le")
            self.length = len(self._bytes) // 2
        else:
            whole = kind is StringIndexType.UNICODE_CODE_POINT
            self._units = result.content if whole else regex.findall(r"\X", result.content)
            self.length = len(self._units)

    def cut(self, span: Span) -> str:
        end = span.offset + span.length
        assert 0 <= span.offset <= end <= self.length
        if self._units is None:
            return self._bytes[2 * span.offset : 2 * end].decode("utf-16-le")
        return "".join(self._units[span.offset : end])


def check_whole(result: AnalyzeResult) -> None:
    """Raises AssertionError where the result contradicts itself."""
    content = Content(result)
    _check_pages(result, content)
    formulas = [content.cut(formula.span) for page in result.pages for formula in page.formulas or []]
    for element in _spoken(result):
        # A cell or value is in several spans where something else stands between its lines.
        cut = " ".join(content.cut(span) for span in element.spans)
        for formula in sorted(formulas, key=len, reverse=True):
            cut = cut.replace(formula, FORMULA)
        assert _bare(cut, content.markdown) == _bare(element.content, content.markdown), element
    for element in (*(result.sections or []), *(result.styles or []), *(result.languages or [])):
        for span in element.spans:
            content.cut(span)
    _check_pointers(result)
    if content.markdown:
        _check_markdown(result)


def _check_pages(result: AnalyzeResult, content: Content) -> None:
    ends = [0]
    for page in result.pages:
        for whole in page.spans:
            assert whole.offset >= ends[-1], "pages follow each other"
            ends.append(whole.offset + whole.length)
            content.cut(whole)
        words = [word.span for word in page.words or []]
        others = (*(page.selection_marks or []), *(page.barcodes or []), *(page.formulas or []))
        spans = words + [one.span for one in others]
        spans += [span for line in page.lines or [] for span in line.spans]
        assert all(any(_within(span, whole) for whole in page.spans) for span in spans), page.page_number
        assert all(a.offset + a.length <= b.offset for a, b in pairwise(words)), page.page_number
        for word in page.words or []:
            cut = _plain(content.cut(word.span)) if content.markdown else content.cut(word.span)
            # In Markdown the hyphen of a line break is not written.
            assert cut == word.content or (content.markdown and f"{cut}-" == word.content), word
        for formula in page.formulas or []:
            cut = content.cut(formula.span)
            assert cut == FORMULA if not content.markdown else _plain(cut).strip("$") == formula.value
        if not content.markdown:
            for line in page.lines or []:
                assert [content.cut(span) for span in line.spans] == [line.content]
            for mark in page.selection_marks or []:
                assert content.cut(mark.span) == f":{mark.state}:"


def _within(inner: Span, outer: Span) -> bool:
    return outer.offset <= inner.offset and inner.offset + inner.length <= outer.offset + outer.length


def _spoken(result: AnalyzeResult) -> Iterator[Spoken]:
    yield from result.paragraphs or []
    for table in result.tables or []:
        yield from table.cells
    for one in (*(result.tables or []), *(result.figures or [])):
        if one.caption:
            yield one.caption
        yield from one.footnotes or []
    for pair in result.key_value_pairs or []:
        yield pair.key
        if pair.value:
            yield pair.value


def _plain(text: str) -> str:
    """Markdown without its entities."""
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _bare(text: str, markdown: bool) -> str:
    """The characters without what the Markdown of a paragraph adds and leaves out: its role, hyphens, line breaks."""
    if not markdown:
        return " ".join(text.split())
    comment = _COMMENT.fullmatch(text)
    text = comment[1] if comment else re.sub(r"^#{1,6} ", "", text)
    for sign, name in _SIGNS.items():
        text = text.replace(sign, name)
    return re.sub(r"[\s\\-]", "", _plain(text))


def _check_pointers(result: AnalyzeResult) -> None:
    """Every pointer names an element, and no element has two parent sections."""
    there = {
        f"/{kind}/{number}"
        for kind in ("paragraphs", "tables", "figures", "sections")
        for number in range(len(getattr(result, kind) or []))
    }
    children = [name for section in result.sections or [] for name in section.elements or []]
    assert len(children) == len(set(children))
    assert {*children, *_within_tables_and_figures(result)} <= there


def _within_tables_and_figures(result: AnalyzeResult) -> set[str]:
    """Pointers to what stands in cells, captions, footnotes and figures."""
    parts: list[Points | None] = [cell for table in result.tables or [] for cell in table.cells]
    parts += result.figures or []
    for one in (*(result.tables or []), *(result.figures or [])):
        parts += [one.caption, *(one.footnotes or [])]
    return {name for part in parts if part for name in part.elements or []}


def _check_markdown(result: AnalyzeResult) -> None:
    """A CommonMark parser and a strict HTML parser see the tables, figures and headings that the result names."""
    html = MarkdownIt("commonmark").render(result.content)
    tree = HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)
    assert len(list(tree.iter("table"))) == len(result.tables or [])
    assert len(list(tree.iter("figure"))) == len(result.figures or [])
    inside = _within_tables_and_figures(result)
    headings = [
        paragraph.content
        for number, paragraph in enumerate(result.paragraphs or [])
        if paragraph.role in (ParagraphRole.TITLE, ParagraphRole.SECTION_HEADING)
        and f"/paragraphs/{number}" not in inside
    ]
    seen = [one for level in range(1, 7) for one in tree.iter(f"h{level}")]
    assert len(seen) == len(headings)
