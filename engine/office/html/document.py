"""The pages of an HTML file."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from lxml import etree

from contract.errors import ApiError, Detail, Fault
from contract.layout import ParagraphRole
from contract.options import AnalyzeOptions
from engine.office.html.encoding import decoded
from engine.office.html.fields import shown
from engine.office.html.lists import OpenList
from engine.office.html.tables import OpenTable
from engine.office.pictures import Pictures
from engine.office.pieces import Piece, outlined, paged
from engine.office.text import NOWHERE, Inline, paragraph
from engine.reading.page import Figure, Paragraph, ReadPage, Table, paragraphs

# Deeper than 2,048 elements libxml2 leaves out the rest.
_TOO_DEEP: Final = etree.ErrorTypes.ERR_RESOURCE_LIMIT

_INVISIBLE: Final = frozenset({
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas", "video",
    "audio", "datalist", "map", "dialog", "rp", "rt",
})  # fmt: skip
_INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "picture", "progress", "q", "rb", "ruby", "s",
    "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_HEADINGS: Final = {f"h{rank}": rank for rank in range(1, 7)}
_CELLS: Final = frozenset({"td", "th"})
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE_IMAGE: Final = re.compile(r"data:image/[\w.+-]+;base64,", re.IGNORECASE)


def pages(untrusted_document: memoryview, options: AnalyzeOptions) -> list[ReadPage]:
    """The document on pages of 3,000 characters.

    Raises: ApiError INVALID_CONTENT when nothing in it is HTML, or its elements are nested too deeply.
    """
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(decoded(untrusted_document), parser)
    if any(error.type == _TOO_DEEP for error in parser.error_log):
        raise ApiError(Fault.INVALID_CONTENT, Detail.NESTED_TOO_DEEPLY)
    if root is None:
        raise ApiError(Fault.INVALID_CONTENT)
    return paged(outlined(_Walk(Pictures(options)).pieces(root)))


class _Flow:
    """What was read within one element that holds others, `element`: the document, a cell, a figure, a caption."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.pieces: list[Piece] = []
        self.caption: tuple[Paragraph, ...] = ()
        self.parts: list[Inline] = []
        self.rank = 0
        self.label = ""
        """The bullet or number that the next paragraph begins with."""

    def end_paragraph(self) -> None:
        """What follows begins a new paragraph."""
        parts, self.parts = self.parts, []
        if not any(part.strip() for part in parts):
            return
        if self.label:
            parts.insert(0, f"{self.label} ")
            self.label = ""
        said = paragraph(parts, ParagraphRole.SECTION_HEADING if self.rank else None, self.rank)
        if said is not None:
            self.pieces.append(Piece(said))

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All text, without roles."""
        self.end_paragraph()
        found = paragraphs(tuple(piece.block for piece in self.pieces))
        return tuple(Paragraph(one.quad, one.lines) for one in found)


class _Walk:
    """Goes through the elements in document order, however deep they are nested."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._flows: list[_Flow] = []
        self._tables: list[OpenTable] = []
        self._lists: list[OpenList] = []
        self._preformatted = 0
        self._heads = 0

    def pieces(self, root: etree._Element) -> list[Piece]:
        """All that is displayed."""
        self._flows = [_Flow(root)]
        events = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in events:
            if event == "start":
                if isinstance(element.tag, str) and not _is_hidden(element) and self._start(element):
                    self._say(element.text)
                else:
                    skipped = element
                    events.skip_subtree()
                continue
            if skipped is element:
                skipped = None
            else:
                self._end(element)
            self._say(element.tail)
        flow = self._flows[0]
        flow.end_paragraph()
        return flow.pieces

    def _say(self, text: str | None) -> None:
        if text:
            self._flow.parts.append(text if self._preformatted else text.replace("\n", " "))

    @property
    def _flow(self) -> _Flow:
        return self._flows[-1]

    def _start(self, element: etree._Element) -> bool:
        """Begins an element; false when nothing within it is to be read."""
        tag = element.tag
        if tag in _INLINE:
            return True
        if tag == "br":
            self._flow.parts.append("\n")
            return True
        if tag in ("input", "select"):
            self._flow.parts.append(shown(element))
            return False
        if tag == "img":
            self._picture(element)
            return False
        self._flow.end_paragraph()
        if tag in _HEADINGS:
            self._flow.rank = _HEADINGS[tag]
        elif tag in ("ul", "ol", "menu"):
            self._lists.append(OpenList(element))
        elif tag == "li":
            self._flow.label = self._lists[-1].label(element) if self._lists else "•"
        elif tag in ("pre", "textarea", "listing"):
            self._preformatted += 1
        elif tag == "table":
            self._tables.append(OpenTable(element))
        elif tag == "thead":
            self._heads += 1
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        if tag in _CELLS or tag in ("caption", "figcaption", "figure"):
            self._flows.append(_Flow(element))
        return True

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _INLINE or tag == "br":
            return
        self._flow.end_paragraph()
        self._flow.rank = 0
        if tag in ("ul", "ol", "menu"):
            self._lists.pop()
        elif tag == "li":
            self._flow.label = ""
        elif tag in ("pre", "textarea", "listing"):
            self._preformatted -= 1
        elif tag == "thead":
            self._heads -= 1
        elif tag == "table":
            self._flow.pieces += self._tables.pop().pieces()
        elif self._flow.element is element and len(self._flows) > 1:
            self._close(self._flows.pop())

    def _close(self, flow: _Flow) -> None:
        """Puts what was read within an element where it belongs."""
        tag = flow.element.tag
        if tag == "figure":
            self._flow.pieces += _figure(flow)
        elif tag == "figcaption" and self._flow.element.tag == "figure":
            self._flow.caption += flow.paragraphs()
        elif tag == "caption" and self._tables:
            self._tables[-1].caption += flow.paragraphs()
        elif tag in _CELLS and self._tables:
            self._tables[-1].add(flow.element, flow.pieces, self._heads > 0)
        else:
            self._flow.pieces += flow.pieces

    def _picture(self, element: etree._Element) -> None:
        """A picture in the file itself is read; of one elsewhere there is what the file says instead of it."""
        embedded = _embedded(element.get("src") or "")
        figure = self._pictures.figure(embedded) if embedded is not None else None
        said = paragraph([element.get("alt") or ""])
        if figure is None and said is None:
            return
        if figure is None or not figure.paragraphs:
            figure = Figure(NOWHERE, (said,) if said else ())
        if self._tables or any(part.strip() for part in self._flow.parts):
            # Amid text a picture is a part of it.
            self._flow.parts += [f" {line.text} " for one in figure.paragraphs for line in one.lines]
        else:
            self._flow.pieces.append(Piece(figure))


def _figure(flow: _Flow) -> list[Piece]:
    """A figure with all the text in it; one around a table is the table with a caption."""
    blocks = [piece.block for piece in flow.pieces]
    if len(blocks) == 1 and isinstance(blocks[0], Table):
        table = blocks[0]
        caption = table.caption or flow.caption
        return [Piece(Table(NOWHERE, table.row_count, table.column_count, table.cells, caption, table.footnotes))]
    if not any(isinstance(block, Figure) for block in blocks) and not flow.caption:
        return flow.pieces
    if any(isinstance(block, Table) for block in blocks):
        return [*flow.pieces, *[Piece(one) for one in flow.caption]]
    return [Piece(Figure(NOWHERE, flow.paragraphs(), flow.caption))]


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.tag in _INVISIBLE
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _embedded(untrusted_source: str) -> bytes | None:
    """The bytes of a picture that stands in the file itself."""
    start = _INLINE_IMAGE.match(untrusted_source)
    try:
        return base64.b64decode(untrusted_source[start.end() :]) if start else None
    except (binascii.Error, ValueError):
        return None
