"""A tagged PDF states its structure."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from engine.evidence import Element, ElementKind, Page
from engine.pdf import structure
from engine.pdf.document import opened
from engine.pdf.page import read
from tests.engine.pdfs import written
from tests.engine.tagged import Node, Said, tagged


def page(*tree: Node, said: int = 4, marked: bool = True) -> Page:
    """A page that says one word in each of some marked contents, and one in an artifact."""
    lines = [Said(number, 72, 700 - 20 * number, f"word{number}") for number in range(said)]
    document = tagged([*lines, Said(None, 72, 30, "furniture")], *tree, marked=marked)
    with opened(memoryview(document)) as one:
        return read(one, 1)


def elements_of_words(found: Page) -> list[Element | None]:
    return [found.elements[word.element] if word.element >= 0 else None for word in found.words]


def test_words_are_in_the_elements_that_the_tree_states() -> None:
    found = page(
        Node("Document", (Node("H2", (0,)), Node("Sect", (Node("P", (Node("Span", (1,)),)),)), Node("Caption", (2,))))
    )
    heading, paragraph, caption = (
        Element(ElementKind.HEADING, level=2),
        Element(ElementKind.PARAGRAPH),
        Element(ElementKind.CAPTION),
    )
    artifact = Element(ElementKind.ARTIFACT)
    assert found.elements == (heading, paragraph, caption, artifact)
    assert elements_of_words(found) == [heading, paragraph, caption, None, artifact]


def test_a_mark_and_what_it_marks_are_one_item() -> None:
    found = page(Node("L", (Node("LI", (Node("Lbl", (0,)), Node("LBody", (Node("P", (1,)),)))), Node("LI", (2,)))))
    assert [word.element for word in found.words] == [0, 0, 1, -1, 2]


def test_cells_have_spans_and_those_without_words_count() -> None:
    rows = (
        Node("TR", (Node("TH", (0,), {"ColSpan": 2, "RowSpan": 1}), Node("TH", (1,), {"RowSpan": 5000}))),
        Node("TR", (Node("TD", (2,)), Node("TD"), Node("TD", (3,)))),
    )
    found = page(Node("Table", (Node("TBody", rows),)))
    assert found.elements[:-1] == (
        Element(ElementKind.TABLE),
        Element(ElementKind.ROW, 0),
        Element(ElementKind.HEADER_CELL, 1, column_span=2),
        Element(ElementKind.HEADER_CELL, 1),
        Element(ElementKind.ROW, 0),
        Element(ElementKind.DATA_CELL, 4),
        Element(ElementKind.DATA_CELL, 4),
        Element(ElementKind.DATA_CELL, 4),
    )


def test_a_document_that_is_not_marked_states_nothing() -> None:
    found = page(Node("P", (0,)), marked=False)
    assert found.elements == ()
    assert {word.element for word in found.words} == {-1}


def test_only_so_many_elements_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MAX_ELEMENTS", 2)
    found = page(*[Node("P", (number,)) for number in range(4)])
    assert len(found.elements) == 3


def test_only_so_many_places_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "MAX_PLACES", 3)
    assert page(Node("Document", tuple([Node("P", (number,)) for number in range(4)]))).elements == ()


def test_elements_far_down_a_tree_are_left_out() -> None:
    node = Node("P", (0,))
    for _ in range(200):
        node = Node("Div", (node,))
    assert page(node).elements == ()


def test_an_element_within_itself_does_no_harm() -> None:
    document = tagged([Said(0, 72, 700, "word")], Node("Div", (Node("P", (0,)),)))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    for one in writer._objects:
        if isinstance(one, DictionaryObject) and one.get("/S") == "/Div":
            one["/K"].append(one.indirect_reference)
            one[NameObject("/P")] = one.indirect_reference
    with opened(memoryview(written(writer))) as opened_document:
        assert len(read(opened_document, 1).words) == 1
