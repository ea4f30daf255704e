"""What a browser shows of an HTML file, with the structure that its elements state."""

from __future__ import annotations

import base64

import pytest

from contract.errors import ApiError, Fault
from contract.layout import CellKind, ParagraphRole
from engine.evidence import Word
from tests.engine.images import recognizing, word
from tests.engine.office.files import laid_out, markdown, picture, roles
from tests.engine.pdfs import analyzed


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_headings_have_roles_and_levels() -> None:
    found = laid_out(page("<h1>Tides</h1><p>High.<h2>Springs</h2>at noon", "<title>Not shown</title>"))
    assert roles(found) == [
        ("Tides", ParagraphRole.TITLE),
        ("High.", None),
        ("Springs", ParagraphRole.SECTION_HEADING),
        ("at noon", None),
    ]
    assert markdown(page("<h1>A</h1><h1>B</h1><h3>C</h3>")) == "# A\n\n\n# B\n\n\n### C"


def test_prebuilt_read_gives_the_text_alone() -> None:
    found = analyzed(page("<h1>Tides</h1><table><tr><td>a<td>b</table>"))
    assert roles(found) == [("Tides", None), ("a", None), ("b", None)]


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ("<p>a <b>b</b>c<br>d</p>e", "a bc\nd\ne"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("a<script>x</script>b<style>y</style>", "ab"),
        ("<p hidden>x<p style='color:red; DISPLAY : none'>y<p>z", "z"),
        ("<!-- x -->a<template>x</template>&amp;&lt;b&gt;", "a&<b>"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<ruby>潮<rt>しお</rt></ruby>", "潮"),
        ("<dl><dt>neap<dd>low</dl>", "neap\nlow"),
        ("<input type=hidden value=x><input value=Ada><select><option>a<option selected>b</select>", "Ada b"),
        ("<td>no table", "no table"),
        ("<svg><text>x</text></svg>a", "a"),
        ("", ""),
    ],
)
def test_text_is_what_is_displayed(body: str, content: str) -> None:
    assert laid_out(page(body)).content == content


def test_lists_have_bullets_and_numbers() -> None:
    found = laid_out(page("<ul><li><p>a</p><p>more</p><li>b<ol type=a start=3><li>c<li value=9>d</ol></ul>"))
    assert found.content == "• a\nmore\n• b\nc. c\ni. d"
    assert laid_out(page("<ol reversed><li>x<li>y</ol>")).content == "2. x\n1. y"


def test_a_table_has_spans_headers_and_a_caption() -> None:
    found = laid_out(
        page(
            "<table><caption>Heights</caption><thead><tr><th>a<th colspan=2>b</thead>"
            "<tr><th rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>"
        )
    )
    (table,) = found.tables or []
    assert table.caption is not None
    assert table.caption.content == "Heights"
    assert [(cell.content, cell.row_span, cell.column_span, cell.kind) for cell in table.cells] == [
        ("a", 1, 1, CellKind.COLUMN_HEADER),
        ("b", 1, 2, CellKind.COLUMN_HEADER),
        ("c", 2, 1, CellKind.ROW_HEADER),
        ("d", 1, 1, CellKind.CONTENT),
        ("e", 1, 1, CellKind.CONTENT),
        ("f", 1, 1, CellKind.CONTENT),
        ("g", 1, 1, CellKind.CONTENT),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<table role=presentation><tr><td>a<td>b</table>",
        "<table><tr><td>a</table>",
        "<table><tr><td><h2>a</h2><td>b</table>",
    ],
)
def test_a_table_that_only_places_things_is_none(body: str) -> None:
    assert laid_out(page(body)).tables == []


def test_a_table_within_a_table_is_kept_and_the_outer_one_is_not() -> None:
    found = laid_out(page("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>"))
    assert [[cell.content for cell in table.cells] for table in found.tables or []] == [["b", "c"]]
    assert found.content == "a\nb\nc"


def test_a_picture_elsewhere_is_what_is_said_instead() -> None:
    found = laid_out(
        page('<figure><img src="https://example.org/x.png" alt="A map"><figcaption>Fig. 1</figcaption></figure>')
    )
    (figure,) = found.figures or []
    assert figure.caption is not None
    assert (figure.id, figure.caption.content, found.content) == ("1.1", "Fig. 1", "Fig. 1\nA map")


def test_the_text_of_a_picture_in_the_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Word] = [word("GAUGE", 5, 5, 60, 20)]
    recognizing(monkeypatch, lambda pixels: seen)
    source = base64.b64encode(picture()).decode()
    assert laid_out(page(f'<img src="data:image/png;base64,{source}" alt="x">')).content == "GAUGE"


@pytest.mark.parametrize(
    ("encoded", "text"),
    [
        ("<html><body>Fluß 潮".encode(), "Fluß 潮"),
        ("<html><body>Fluß".encode("cp1252"), "Fluß"),
        ("<html><meta charset=iso-8859-1><body>“Fluß”".encode("cp1252"), "“Fluß”"),
        ('<html><meta content="text/html; charset=Shift_JIS"><body>潮'.encode("cp932"), "潮"),
        (b"<html><meta charset=utf-16><body>plain", "plain"),
        ("<html><meta charset=no-such><body>Fluß".encode(), "Fluß"),
        ("\ufeff<html><body>Fluß".encode(), "Fluß"),
    ],
)
def test_the_encoding_is_the_declared_or_the_likely_one(encoded: bytes, text: str) -> None:
    assert laid_out(encoded).content == text


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "figure"])
def test_deep_nesting_is_read_to_a_limit_and_then_refused(tag: str) -> None:
    assert "deep" in laid_out(page(f"<{tag}>" * 500 + "deep")).content
    with pytest.raises(ApiError) as refused:
        laid_out(page(f"<{tag}>" * 5_000 + "deep"))
    assert refused.value.fault is Fault.INVALID_CONTENT
