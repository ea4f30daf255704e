"""Every span of a result of a file without geometry slices its content exactly."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.options import ContentFormat, StringIndexType
from tests.engine.office.files import laid_out
from tests.engine.result.test_assemble import sliced, unescaped

TEXTS = st.one_of(
    st.sampled_from(
        ["word", "潮は", "مرحبا", "😀 x", "e\u0301", "\u0301x", "# a", "a & b", "<b>", "--> x", "🇫🇷", "नि"]
    ),
    st.text(max_size=12),
)
TAGS = st.sampled_from(
    ["p", "h1", "h2", "li", "td", "pre", "b", "table", "tr", "figure", "figcaption", "caption", "br"]
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(TAGS, TEXTS, st.booleans()), max_size=12))
    return "".join(f"<{tag}>{escape(text)}" + (f"</{tag}>" if closed else "") for tag, text, closed in parts)


@pytest.mark.parametrize("content_format", list(ContentFormat))
@pytest.mark.parametrize("kind", list(StringIndexType))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=bodies())
def test_spans_slice_content(content_format: ContentFormat, kind: StringIndexType, body: str) -> None:
    document = f"<html><body>{body}".encode("utf-8", "replace")
    found = laid_out(document, content_format=content_format, string_index_type=kind)
    for page in found.pages:
        for word in page.words or []:
            assert unescaped(sliced(found.content, word.span, kind)) == word.content
    for element in found.sections or []:
        assert all(span.length >= 0 for span in element.spans)
    pointers = {f"/paragraphs/{number}" for number in range(len(found.paragraphs or []))}
    pointers |= {f"/tables/{number}" for number in range(len(found.tables or []))}
    pointers |= {f"/figures/{number}" for number in range(len(found.figures or []))}
    pointers |= {f"/sections/{number}" for number in range(len(found.sections or []))}
    named = [name for section in found.sections or [] for name in section.elements or []]
    named += [name for figure in found.figures or [] for name in figure.elements or []]
    named += [name for table in found.tables or [] for cell in table.cells for name in cell.elements or []]
    assert set(named) <= pointers
