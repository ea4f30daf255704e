"""Every span of a result slices its content exactly."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from contract.options import AnalyzeOptions, ContentFormat, Feature, StringIndexType
from contract.page import BarcodeKind, FormulaKind, LengthUnit, Span
from contract.result import AnalyzeResult
from engine import evidence
from engine.reading.page import ReadPage, paragraphs
from engine.reading.read import read
from engine.result.assemble import FIELDS_NOT_READ, FORMULAS_NOT_READ, LINES_NOT_READ, PAGE_NOT_READ
from engine.result.markup import MARKUP
from engine.text import clean
from tests.engine.results import assembled

FORMULAS = [evidence.Formula(FormulaKind.INLINE, r"x_{i}< \tau"), evidence.Formula(FormulaKind.DISPLAY, r"\frac{a}{b}")]
TEXTS = st.one_of(
    st.sampled_from(["word", "潮", "は", "مرحبا", "😀", "e\u0301", "\u0301x", "1.", "•", "ก็", "नि", "🇫🇷", "(fi)"]),
    st.text(min_size=1, max_size=6),
)


@st.composite
def words(draw: st.DrawFn) -> evidence.Word | None:
    text = regex.sub(r"\s", "", clean(draw(TEXTS)))
    if not text:
        return None
    x, y = draw(st.integers(0, 60)) / 8, draw(st.integers(0, 60)) / 6
    size = draw(st.sampled_from([0.1, 0.15, 0.3]))
    width = size * len(text) / 2
    quad = (x, y, x + width, y, x + width, y + size, x, y + size)
    if draw(st.integers(0, 9)) == 0:
        formula = draw(st.sampled_from(FORMULAS))
        return evidence.Word(evidence.FORMULA, quad, 0.0, size, False, 0.9, formula=formula)
    return evidence.Word(text, quad, draw(st.sampled_from([0.0, 0.0, 0.0, 90.0])), size, False, 0.9)


PAGES = st.lists(st.lists(words(), max_size=40), min_size=1, max_size=3)


def pages_of(found: list[list[evidence.Word | None]]) -> list[ReadPage]:
    return [
        read(evidence.Page(number, 8.5, 11.0, LengthUnit.INCH, tuple(word for word in page if word)))
        for number, page in enumerate(found, 1)
    ]


def sliced(content: str, span: Span, kind: StringIndexType) -> str:
    """The part of content that a client cuts out with a span."""
    if kind is StringIndexType.UNICODE_CODE_POINT:
        return content[span.offset : span.offset + span.length]
    if kind is StringIndexType.UTF16_CODE_UNIT:
        units = content.encode("utf-16-le")
        return units[2 * span.offset : 2 * (span.offset + span.length)].decode("utf-16-le")
    return "".join(regex.findall(r"\X", content)[span.offset : span.offset + span.length])


def unescaped(text: str) -> str:
    """What a reader of Markdown makes of the entities of its markup, and of formulas."""
    for formula in FORMULAS:
        sign = "$" if formula.kind is FormulaKind.INLINE else "$$"
        text = text.replace(f"{sign}{formula.latex}{sign}", evidence.FORMULA)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def within(inner: Span, outer: Span) -> bool:
    return outer.offset <= inner.offset and inner.offset + inner.length <= outer.offset + outer.length


def check(result: AnalyzeResult) -> None:
    kind, content = result.string_index_type, result.content
    markup = MARKUP[result.content_format or ContentFormat.TEXT]
    lines = [line for page in result.pages for line in page.lines or []]
    for page in result.pages:
        for word in page.words or []:
            assert unescaped(sliced(content, word.span, kind)) == word.content
            assert any(within(word.span, line.spans[0]) for line in page.lines or [])
            assert within(word.span, page.spans[0])
        for formula in page.formulas or []:
            written = sliced(content, formula.span, kind)
            assert unescaped(written) == evidence.FORMULA
            assert markup is MARKUP[ContentFormat.TEXT] or written.strip("$") == formula.value
            assert any(within(formula.span, line.spans[0]) for line in page.lines or [])
    for line in lines:
        assert unescaped(sliced(content, line.spans[0], kind)) == line.content
        assert any(within(line.spans[0], paragraph.spans[0]) for paragraph in result.paragraphs or [])
    for paragraph in result.paragraphs or []:
        written = [markup.line_start(line) + line for line in paragraph.content.split("\n")]
        assert unescaped(sliced(content, paragraph.spans[0], kind)) == "\n".join(written)
    spans = [one.span for page in result.pages for one in (*(page.words or []), *(page.formulas or []))]
    spans.sort(key=lambda span: span.offset)
    assert all(a.offset + a.length <= b.offset for a, b in pairwise(spans))


@pytest.mark.parametrize("content_format", list(ContentFormat))
@pytest.mark.parametrize("kind", list(StringIndexType))
@given(found=PAGES)
def test_spans_slice_content(
    content_format: ContentFormat, kind: StringIndexType, found: list[list[evidence.Word | None]]
) -> None:
    options = AnalyzeOptions(model_id="prebuilt-read", string_index_type=kind, content_format=content_format)
    pages = pages_of(found)
    result = assembled(pages, options)
    check(result)
    read_words = sum(
        len(line.words) for page in pages for paragraph in paragraphs(page.blocks) for line in paragraph.lines
    )
    assert read_words == sum(len(page.words or []) + len(page.formulas or []) for page in result.pages)
    assert read_words == sum(word is not None for page in found for word in page)


def test_pages_are_parted_by_a_break_in_markdown() -> None:
    page = [evidence.Word("Word", (1, 1, 2, 1, 2, 1.2, 1, 1.2), 0.0, 0.2, False, 0.9)]
    pages = pages_of([page, [], page])
    markdown = assembled(pages, AnalyzeOptions(model_id="prebuilt-read", content_format=ContentFormat.MARKDOWN))
    between = "\n\n<!-- PageBreak -->\n\n"
    assert markdown.content == f"Word{between}{between}Word"
    text = assembled(pages, AnalyzeOptions(model_id="prebuilt-read"))
    assert text.content == "Word\nWord"


def test_a_page_that_could_not_be_read_is_told() -> None:
    pages = [read(evidence.Page(3, 8.5, 11.0, LengthUnit.INCH, (), readable=False))]
    result = assembled(pages, AnalyzeOptions(model_id="prebuilt-read"))
    assert [page.page_number for page in result.pages] == [3]
    assert result.warnings is not None
    assert [(warning.code, warning.target) for warning in result.warnings] == [(PAGE_NOT_READ, "3")]


@pytest.mark.parametrize(("recognized", "asked"), [(True, True), (True, False), (False, True)])
def test_formulas_that_are_not_looked_for_are_told(recognized: bool, asked: bool) -> None:
    pages = [read(evidence.Page(2, 8.5, 11.0, LengthUnit.INCH, (), recognized=recognized))]
    features = frozenset({Feature.FORMULAS} if asked else ())
    warnings = assembled(pages, AnalyzeOptions(model_id="prebuilt-read", features=features)).warnings or []
    told = [(FORMULAS_NOT_READ, "2")] if recognized and asked else []
    assert [(warning.code, warning.target) for warning in warnings] == told


def test_the_value_of_a_barcode_does_not_end_its_title_in_markdown() -> None:
    barcode = evidence.Barcode(BarcodeKind.QR_CODE, 'say "ah"\\', (1, 1, 2, 1, 2, 2, 1, 2), 0.9)
    written = MARKUP[ContentFormat.MARKDOWN].barcode(barcode, "1.1")
    assert written == r'![QRCode](barcodes/1.1 "say \"ah\"\\")'


def test_query_fields_that_nobody_answers_are_told_once() -> None:
    pages = [read(evidence.Page(number, 8.5, 11.0, LengthUnit.INCH, ())) for number in (1, 2)]
    options = AnalyzeOptions(model_id="prebuilt-layout", features=frozenset({Feature.QUERY_FIELDS}))
    assert [warning.code for warning in assembled(pages, options).warnings or []] == [FIELDS_NOT_READ]


def test_lines_that_could_not_be_read_are_told() -> None:
    pages = [read(evidence.Page(2, 8.5, 11.0, LengthUnit.INCH, (), unread=7))]
    (warning,) = assembled(pages, AnalyzeOptions(model_id="prebuilt-read")).warnings or []
    assert (warning.code, warning.target) == (LINES_NOT_READ, "2")
    assert ": 7." in warning.message
