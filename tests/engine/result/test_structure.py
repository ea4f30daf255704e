"""Tables, figures, sections and pairs stand where their spans and pointers say, in both formats."""

from __future__ import annotations

import pytest

from contract.layout import CellKind, ParagraphRole
from contract.options import AnalyzeOptions, ContentFormat, Feature
from contract.page import LengthUnit, SelectionState, Span
from contract.result import AnalyzeResult
from engine.evidence import MARK_TEXTS, Quad, Word
from engine.reading.page import Block, Cell, Figure, Line, Pair, Paragraph, ReadPage, Table
from tests.engine.results import assembled

QUAD: Quad = (1, 1, 2, 1, 2, 1.2, 1, 1.2)


def word(text: str) -> Word:
    return Word(text, QUAD, 0.0, 0.2, False, 0.9)


def mark(state: SelectionState) -> Word:
    return Word(MARK_TEXTS[state], QUAD, 0.0, 0.2, False, 0.8, state)


def line(*words: str | Word, hyphenated: bool = False) -> Line:
    found = tuple(word(one) if isinstance(one, str) else one for one in words)
    return Line(" ".join(one.text for one in found), QUAD, found, hyphenated)


def said(text: str, role: ParagraphRole | None = None, level: int = 0) -> Paragraph:
    return Paragraph(QUAD, tuple(line(*one.split()) for one in text.split("\n")), role, level)


def heading(text: str, level: int) -> Paragraph:
    return said(text, ParagraphRole.SECTION_HEADING, level)


TABLE = Table(
    QUAD,
    2,
    2,
    (
        Cell(0, 0, QUAD, (said("Tide"),), kind=CellKind.COLUMN_HEADER),
        Cell(0, 1, QUAD, (said("High & low"),), kind=CellKind.COLUMN_HEADER),
        Cell(1, 0, QUAD, (said("neap"), said("<b>spring")), column_span=2),
    ),
    caption=(said("Table 1: tides"),),
    footnotes=(said("a in metres"),),
)
FIGURE = Figure(QUAD, (said("north"), said("south")), (said("Figure 1: a map"),))
EMPTY_FIGURE = Figure(QUAD)


def result(*blocks: Block, markdown: bool = False, pairs: tuple[Pair, ...] = ()) -> AnalyzeResult:
    page = ReadPage(1, 8.5, 11.0, LengthUnit.INCH, 0.0, blocks, True, pairs=pairs)
    return assembled(
        [page],
        AnalyzeOptions(
            model_id="prebuilt-layout",
            content_format=ContentFormat.MARKDOWN if markdown else ContentFormat.TEXT,
            features=frozenset({Feature.KEY_VALUE_PAIRS}),
        ),
    )


def cut(found: AnalyzeResult, spans: list[Span]) -> list[str]:
    return [found.content[span.offset : span.offset + span.length] for span in spans]


def test_a_table_in_markdown_is_html_with_spans_into_it() -> None:
    found = result(said("Before."), TABLE, said("After."), markdown=True)
    table = (
        "<table>\n<caption>Table 1: tides</caption>\n<tr>\n<th>Tide</th>\n<th>High & low</th>\n</tr>\n"
        '<tr>\n<td colspan="2">neap\n&lt;b>spring</td>\n</tr>\n</table>'
    )
    assert found.content == f"Before.\n\n\n{table}\n\na in metres\n\nAfter."
    (written,) = found.tables or []
    assert cut(found, written.spans) == [table]
    assert [cell.content for cell in written.cells] == ["Tide", "High & low", "neap\n<b>spring"]
    assert cut(found, written.cells[2].spans) == ["neap\n&lt;b>spring"]


def test_a_table_in_text_is_a_line_for_each_cell() -> None:
    found = result(TABLE, said("After."))
    assert found.content == "Table 1: tides\nTide\nHigh & low\nneap\n<b>spring\na in metres\nAfter."
    (written,) = found.tables or []
    assert cut(found, written.spans) == ["Table 1: tides\nTide\nHigh & low\nneap\n<b>spring"]
    assert written.caption is not None
    assert written.caption.elements == ["/paragraphs/0"]
    assert [cell.elements for cell in written.cells] == [
        ["/paragraphs/1"],
        ["/paragraphs/2"],
        ["/paragraphs/3", "/paragraphs/4"],
    ]
    assert [(cell.row_index, cell.column_index, cell.column_span) for cell in written.cells] == [
        (0, 0, 1),
        (0, 1, 1),
        (1, 0, 2),
    ]
    assert [footnote.content for footnote in written.footnotes or []] == ["a in metres"]


def test_an_empty_cell_has_no_span_and_leaves_no_line() -> None:
    cells = (Cell(0, 0, QUAD, ()), Cell(0, 1, QUAD, (said("a"),)), Cell(1, 0, QUAD, ()), Cell(1, 1, QUAD, (said("b"),)))
    found = result(Table(QUAD, 2, 2, cells))
    assert found.content == "a\nb"
    assert [(cell.content, cut(found, cell.spans)) for cell in (found.tables or [])[0].cells] == [
        ("", []),
        ("a", ["a"]),
        ("", []),
        ("b", ["b"]),
    ]


def test_every_figure_has_a_tag_in_markdown() -> None:
    found = result(said("Before."), FIGURE, EMPTY_FIGURE, markdown=True)
    first = "<figure>\n<figcaption>Figure 1: a map</figcaption>\n\nnorth\n\nsouth\n\n</figure>"
    second = "<figure>\n</figure>"
    assert found.content == f"Before.\n\n{first}\n\n{second}"
    assert [cut(found, figure.spans) for figure in found.figures or []] == [[first], [second]]
    assert [figure.id for figure in found.figures or []] == ["1.1", "1.2"]
    assert (found.figures or [])[0].elements == ["/paragraphs/1", "/paragraphs/2", "/paragraphs/3"]


def test_headings_and_page_furniture_are_told_in_markdown_only() -> None:
    blocks = (
        said("Head --> line", ParagraphRole.PAGE_HEADER),
        said("The\nsea", ParagraphRole.TITLE, 1),
        heading("Tides", 2),
        said("Text."),
        said("7", ParagraphRole.PAGE_NUMBER),
    )
    found = result(*blocks, markdown=True)
    assert found.content == (
        '<!-- PageHeader="Head --&gt; line" -->\n\n\n# The sea\n\n\n## Tides\n\nText.\n\n<!-- PageNumber="7" -->'
    )
    assert [paragraph.content for paragraph in found.paragraphs or []] == [
        "Head --> line",
        "The\nsea",
        "Tides",
        "Text.",
        "7",
    ]
    assert cut(found, (found.paragraphs or [])[2].spans) == ["## Tides"]
    assert result(*blocks).content == "Head --> line\nThe\nsea\nTides\nText.\n7"


def test_sections_nest_by_the_levels_of_their_headings() -> None:
    found = result(
        said("header", ParagraphRole.PAGE_HEADER),
        said("Title", ParagraphRole.TITLE, 1),
        heading("One", 2),
        TABLE,
        heading("One and a half", 3),
        said("footer", ParagraphRole.PAGE_FOOTER),
        heading("Two", 2),
        said("End."),
    )
    assert [section.elements for section in found.sections or []] == [
        ["/paragraphs/1", "/sections/1", "/sections/3"],
        ["/paragraphs/2", "/tables/0", "/sections/2"],
        ["/paragraphs/9"],
        ["/paragraphs/11", "/paragraphs/12"],
    ]
    assert [text.split("\n")[0] for text in cut(found, (found.sections or [])[0].spans)] == ["Title", "Two"]


def test_a_line_that_marks_part_has_no_spaces_that_were_not_there() -> None:
    words = (
        mark(SelectionState.SELECTED),
        word("\u6f6e"),
        word("\u4f4d"),
        mark(SelectionState.UNSELECTED),
        word("\u5426"),
    )
    text = "".join(one.text for one in words)
    found = result(Paragraph(QUAD, (Line(text, QUAD, words),)))
    assert [one.content for one in found.pages[0].lines or []] == ["\u6f6e\u4f4d", "\u5426"]
    assert [cut(found, one.spans) for one in found.pages[0].lines or []] == [["\u6f6e\u4f4d"], ["\u5426"]]


def test_selection_marks_are_no_words_and_part_lines() -> None:
    choice = Paragraph(
        QUAD, (line(mark(SelectionState.SELECTED), "yes", mark(SelectionState.UNSELECTED), "not", "at", "all"),)
    )
    for markdown, content in ((False, ":selected: yes :unselected: not at all"), (True, "☒ yes ☐ not at all")):
        found = result(choice, markdown=markdown)
        assert found.content == content
        (page,) = found.pages
        assert [one.content for one in page.words or []] == ["yes", "not", "at", "all"]
        assert [(one.state, one.confidence) for one in page.selection_marks or []] == [
            (SelectionState.SELECTED, 0.8),
            (SelectionState.UNSELECTED, 0.8),
        ]
        assert [(one.content, cut(found, one.spans)) for one in page.lines or []] == [
            ("yes", ["yes"]),
            ("not at all", ["not at all"]),
        ]


def test_a_hyphen_of_the_line_break_is_undone_in_markdown_only() -> None:
    paragraph = Paragraph(QUAD, (line("the", "obser-", hyphenated=True), line("vatory", "stands")))
    found = result(paragraph, markdown=True)
    assert found.content == "the observatory stands"
    assert [(one.content, cut(found, [one.span])) for one in found.pages[0].words or []][1:3] == [
        ("obser-", ["obser"]),
        ("vatory", ["vatory"]),
    ]
    assert result(paragraph).content == "the obser-\nvatory stands"


@pytest.mark.parametrize("text", ["# no heading", "> no quotation", "===", "---", "```"])
def test_text_does_not_become_markup(text: str) -> None:
    assert result(said(text), markdown=True).content == "\\" + text


def test_a_sign_of_markup_is_an_entity_in_html_and_itself_elsewhere() -> None:
    below = said("p < .05")
    assert result(below, markdown=True).content == "p < .05"
    cell = Table(QUAD, 1, 1, (Cell(0, 0, QUAD, (below,)),))
    assert "<td>p &lt; .05</td>" in result(cell, markdown=True).content


def test_pairs_point_at_their_words() -> None:
    found = result(said("Name: Ada Lovelace\nBorn:"), pairs=(Pair((0,), (1, 2), 0.7), Pair((3,), (), 0.6)))
    first, second = found.key_value_pairs or []
    assert first.value is not None
    assert (first.key.content, first.value.content, first.confidence) == ("Name:", "Ada Lovelace", 0.7)
    assert cut(found, first.value.spans) == ["Ada Lovelace"]
    assert second.value is None


def test_a_pair_is_written_with_spaces_only_where_the_line_has_them() -> None:
    together = Line("名前:", QUAD, (word("名"), word("前"), word(":")))
    found = result(Paragraph(QUAD, (together,)), said("Ada"), pairs=(Pair((0, 1, 2), (3,), 0.7),))
    (pair,) = found.key_value_pairs or []
    assert pair.key.content == "名前:"


def test_a_page_without_geometry_has_no_polygons() -> None:
    page = ReadPage(1, 0.0, 0.0, None, 0.0, (said("Text."), TABLE, FIGURE), True)
    found = assembled([page], AnalyzeOptions(model_id="prebuilt-layout"))
    assert found.pages[0].lines is None
    assert found.pages[0].width is None
    assert all(word.polygon is None for word in found.pages[0].words or [])
    assert all(paragraph.bounding_regions is None for paragraph in found.paragraphs or [])
