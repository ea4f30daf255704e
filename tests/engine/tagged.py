"""Tagged PDFs that tests make: text in marked content, and a tree of elements over it."""

from __future__ import annotations

import io
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, IndirectObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from tests.engine.pdfs import pdf, written


class Said(NamedTuple):
    """A line of text at a place of the page, in marked content of its own; without an `id` it is an artifact."""

    id: int | None
    x: float
    y: float
    text: str
    font: str = "Helvetica"
    size: float = 10


class Node(NamedTuple):
    """An element: its type, the elements and ids of marked content in it, and its spans as attributes."""

    type: str
    inside: tuple[Node | int, ...] = ()
    spans: dict[str, int] = {}  # noqa: RUF012 - the default is never written to


def tagged(said: list[Said], *tree: Node, marked: bool = True) -> bytes:
    """A PDF of one page that says some lines, and states a tree of elements about them."""

    def draw(canvas: Canvas) -> None:
        for line in said:
            canvas.setFont(line.font, line.size)
            begin = "/Artifact BMC" if line.id is None else f"/P <</MCID {line.id}>> BDC"
            canvas.addLiteral(begin)
            canvas.drawString(line.x, line.y, line.text)
            canvas.addLiteral("EMC")

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(draw))))
    page = writer.pages[0]
    page[NameObject("/StructParents")] = NumberObject(0)
    owners: dict[int, IndirectObject] = {}
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    root_reference = writer._add_object(root)
    root[NameObject("/K")] = ArrayObject([_element(writer, node, root_reference, page, owners) for node in tree])
    last = max(owners, default=-1)
    by_id = ArrayObject([owners.get(number, next(iter(owners.values()))) for number in range(last + 1)])
    root[NameObject("/ParentTree")] = DictionaryObject(
        {NameObject("/Nums"): ArrayObject([NumberObject(0), writer._add_object(by_id)])}
    )
    writer.root_object[NameObject("/StructTreeRoot")] = root_reference
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(marked)})
    return written(writer)


def _element(
    writer: PdfWriter, node: Node, parent: IndirectObject, page: DictionaryObject, owners: dict[int, IndirectObject]
) -> IndirectObject:
    element = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(f"/{node.type}"),
            NameObject("/P"): parent,
            NameObject("/Pg"): page.indirect_reference,
        }
    )
    reference = writer._add_object(element)
    children = ArrayObject()
    for inside in node.inside:
        if isinstance(inside, int):
            owners[inside] = reference
            children.append(NumberObject(inside))
        else:
            children.append(_element(writer, inside, reference, page, owners))
    element[NameObject("/K")] = children
    if node.spans:
        attributes = DictionaryObject({NameObject("/O"): NameObject("/Table")})
        attributes.update({NameObject(f"/{name}"): NumberObject(count) for name, count in node.spans.items()})
        element[NameObject("/A")] = attributes
    return reference
