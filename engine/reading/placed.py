"""Puts a page that was read flat back where it lies in the image as sent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from engine.evidence import Quad
from engine.mesh import Mesh
from engine.reading.page import Block, Line, Paragraph, ReadPage, Table

_DIGITS = 4


def placed(page: ReadPage, mesh: Mesh) -> ReadPage:
    """The page in the measures of the image as sent, which its barcodes have already."""
    width, height = mesh.sent
    blocks = tuple([_block(block, mesh) for block in page.blocks])
    return replace(page, width=width, height=height, angle=mesh.angle, blocks=blocks)


def _block(block: Block, mesh: Mesh) -> Block:
    if isinstance(block, Paragraph):
        return _paragraph(block, mesh)
    (quad,) = _quads(mesh, [block.quad])
    around = {"caption": _paragraphs(block.caption, mesh), "footnotes": _paragraphs(block.footnotes, mesh)}
    if not isinstance(block, Table):
        return replace(block, quad=quad, paragraphs=_paragraphs(block.paragraphs, mesh), **around)
    quads = _quads(mesh, [cell.quad for cell in block.cells])
    cells = [
        replace(cell, quad=place, paragraphs=_paragraphs(cell.paragraphs, mesh))
        for cell, place in zip(block.cells, quads, strict=True)
    ]
    return replace(block, quad=quad, cells=tuple(cells), **around)


def _paragraphs(flat: tuple[Paragraph, ...], mesh: Mesh) -> tuple[Paragraph, ...]:
    return tuple([_paragraph(one, mesh) for one in flat])


def _paragraph(flat: Paragraph, mesh: Mesh) -> Paragraph:
    (quad,) = _quads(mesh, [flat.quad])
    return replace(flat, quad=quad, lines=tuple([_line(line, mesh) for line in flat.lines]))


def _line(flat: Line, mesh: Mesh) -> Line:
    quad, *quads = _quads(mesh, [flat.quad, *[word.quad for word in flat.words]])
    words = [
        replace(word, quad=place, angle=mesh.direction(word.angle))
        for word, place in zip(flat.words, quads, strict=True)
    ]
    return replace(flat, quad=quad, words=tuple(words))


def _quads(mesh: Mesh, flat: Sequence[Quad]) -> list[Quad]:
    """Quads in the image as sent; their first corners stay the first."""
    points = mesh.points(np.array(flat, np.float64).reshape(-1, 2)).round(_DIGITS)
    return [(x1, y1, x2, y2, x3, y3, x4, y4) for x1, y1, x2, y2, x3, y3, x4, y4 in points.reshape(-1, 8).tolist()]
