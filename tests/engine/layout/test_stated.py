"""What a tagged PDF states of its structure is believed where the page bears it out."""

from __future__ import annotations

import pytest

from contract.layout import CellKind, ParagraphRole
from contract.options import ContentFormat
from contract.result import AnalyzeResult
from tests.engine.pdfs import analyzed
from tests.engine.tagged import Node, Said, tagged

PROSE = (
    "The tide comes in twice a day and the quay is wet up to the third step by",
    "noon. Nobody has counted the boats since the harbour master left, but there",
    "are more of them each spring, and the nets are mended on the wall at dusk.",
)


def lines(*texts: str, first: int = 0, x: float = 72, y: float = 690, font: str = "Helvetica") -> list[Said]:
    """Lines one below the other, with ids that count on."""
    return [Said(first + number, x, y - 12 * number, text, font) for number, text in enumerate(texts)]


def laid_out(said: list[Said], *tree: Node) -> AnalyzeResult:
    return analyzed(tagged(said, *tree), "prebuilt-layout", content_format=ContentFormat.MARKDOWN)


def roles(found: AnalyzeResult) -> dict[str, ParagraphRole | None]:
    return {one.content.split("\n")[0]: one.role for one in found.paragraphs or []}


def test_headings_are_those_that_are_stated() -> None:
    said = [
        *lines("Of the tide", y=720),
        *lines("Boats", first=1, y=704),
        *lines(*PROSE, first=2),
        *lines("Bold words that are no heading", first=5, y=640, font="Helvetica-Bold"),
        *lines(*PROSE, first=6, y=620),
    ]
    tree = (
        Node("H1", (0,)),
        Node("H2", (1,)),
        Node("P", (2, 3, 4)),
        Node("P", (5,)),
        Node("P", (6, 7, 8)),
    )
    found = laid_out(said, *tree)
    assert roles(found)["Of the tide"] is ParagraphRole.SECTION_HEADING
    assert found.content.startswith("# Of the tide\n\n\n## Boats\n\n")


def test_numbers_tell_levels_that_are_stated_to_be_one() -> None:
    said = [*lines("1 Tides", y=720), *lines("1.1 Ebb", first=1, y=704), *lines(*PROSE, first=2)]
    found = laid_out(said, Node("H2", (0,)), Node("H2", (1,)), Node("P", (2, 3, 4)))
    assert found.content.startswith("## 1 Tides\n\n\n### 1.1 Ebb\n\n")


def test_paragraphs_are_those_that_are_stated() -> None:
    said = [
        *lines(PROSE[0], "Ebb", PROSE[1], "and flood."),
        *lines(*PROSE, first=4, y=600),
    ]
    found = laid_out(said, Node("P", (0, 1, 2, 3)), Node("P", (4,)), Node("P", (5, 6)))
    assert [one.content for one in found.paragraphs or []] == [
        "\n".join([PROSE[0], "Ebb", PROSE[1], "and flood."]),
        PROSE[0],
        "\n".join(PROSE[1:]),
    ]


def test_the_order_is_the_one_that_is_stated() -> None:
    left, right = lines("Low", "and slow", y=600), lines("Beside", "the sea", first=2, x=300, y=610)
    stated = Node("P", (2, 3)), Node("P", (0, 1))
    said = [*left, *right, *lines(*PROSE, first=4, y=560)]
    found = laid_out(said, *stated, Node("P", (4, 5, 6)))
    assert [one.content.split("\n")[0] for one in found.paragraphs or []] == ["Beside", "Low", PROSE[0]]


def test_an_order_that_runs_up_the_page_is_none() -> None:
    said = [one for number in range(6) for one in lines(f"Paragraph {number}", first=number, y=700 - 40 * number)]
    found = laid_out(said, *[Node("P", (number,)) for number in reversed(range(6))])
    assert [one.content for one in found.paragraphs or []] == [f"Paragraph {number}" for number in range(6)]


def test_artifacts_at_the_edges_are_furniture_and_notes_footnotes() -> None:
    said = [Said(None, 72, 660, "Of boats and men"), *lines(*PROSE, y=640), *lines("A note on nets.", first=3, y=300)]
    found = laid_out(said, Node("P", (0, 1, 2)), Node("Note", (3,)))
    assert roles(found)["Of boats and men"] is ParagraphRole.PAGE_HEADER
    assert roles(found)["A note on nets."] is ParagraphRole.FOOTNOTE


def grid(*rows: tuple[str, ...], first: int = 3) -> list[Said]:
    """Words in rows and columns too close for a table that is not drawn."""
    return [
        Said(first + len(rows[0]) * row + column, 72 + 60 * column, 600 - 13 * row, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def test_a_table_is_the_one_that_is_stated() -> None:
    said = [
        *lines(*PROSE),
        *grid(("Boat", "Crew"), ("Tern", "four"), ("Gull", "five")),
        *lines("Fleet", first=9, y=620),
    ]
    rows = [
        Node("TR", (Node("TH", (3,)), Node("TH", (4,)))),
        Node("TR", (Node("TH", (5,)), Node("TD", (Node("P", (6,)),)))),
        Node("TR", (Node("TH", (7,)), Node("TD", (8,)))),
    ]
    found = laid_out(said, Node("P", (0, 1, 2)), Node("Table", (Node("Caption", (9,)), *rows)))
    assert found.tables is not None
    (table,) = found.tables
    assert [(cell.row_index, cell.column_index, cell.content, cell.kind) for cell in table.cells] == [
        (0, 0, "Boat", CellKind.STUB_HEAD),
        (0, 1, "Crew", CellKind.COLUMN_HEADER),
        (1, 0, "Tern", CellKind.ROW_HEADER),
        (1, 1, "four", CellKind.CONTENT),
        (2, 0, "Gull", CellKind.ROW_HEADER),
        (2, 1, "five", CellKind.CONTENT),
    ]
    assert table.caption is not None
    assert table.caption.content == "Fleet"


def test_spans_of_cells_are_those_that_are_stated() -> None:
    said = [*lines(*PROSE), Said(3, 90, 613, "Boat and crew"), *grid(("Tern", "four"), ("Gull", "five"), first=4)]
    rows = [
        Node("TR", (Node("TH", (3,), {"ColSpan": 2}),)),
        Node("TR", (Node("TD", (4,)), Node("TD", (5,)))),
        Node("TR", (Node("TD", (6,)), Node("TD", (7,)))),
    ]
    found = laid_out(said, Node("P", (0, 1, 2)), Node("Table", tuple(rows)))
    assert found.tables is not None
    (table,) = found.tables
    first = table.cells[0]
    assert (first.content, first.column_span, first.kind) == ("Boat and crew", 2, CellKind.COLUMN_HEADER)
    assert (table.row_count, table.column_count) == (3, 2)


def test_a_page_that_is_laid_out_by_a_table_has_none() -> None:
    said = [*lines(*PROSE), *lines("Ebb", first=3, x=450)]
    row = Node("TR", (Node("TD", (Node("P", (0, 1, 2)),)), Node("TD", (Node("H1", (3,)),))))
    assert not laid_out(said, Node("Table", (row, Node("TR", (Node("TD"), Node("TD")))))).tables


NONSENSE = {
    "all is one heading": (Node("H1", tuple(range(9))),),
    "each line is a paragraph": tuple([Node("P", (number,)) for number in range(9)]),
    "little is in the tree": (Node("H1", (3, 4, 5)),),
    "prose is a table": (
        Node("Table", tuple([Node("TR", (Node("TH", (row,)), Node("TD", (row + 4,)))) for row in range(4)])),
        Node("P", (8,)),
    ),
}


@pytest.mark.parametrize("tree", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_not_believed(tree: tuple[Node, ...]) -> None:
    said = [*lines(*PROSE), *lines(*PROSE, first=3, y=640), *lines(*PROSE, first=6, y=590)]
    found = laid_out(said, *tree)
    assert [(one.content, one.role) for one in found.paragraphs or []] == [("\n".join(PROSE), None)] * 3
    assert not found.tables
