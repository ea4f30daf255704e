"""The body of a Word file: paragraphs, lists, tables, pictures, with headers, footers and notes in their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree

from contract.layout import ParagraphRole
from engine.office import charts
from engine.office.captions import captioned
from engine.office.docx.inline import Inlines, chosen_of
from engine.office.docx.names import MC, A, C, R, V, W
from engine.office.docx.notes import Notes
from engine.office.docx.numbering import Numbering
from engine.office.docx.styles import Styles
from engine.office.docx.tables import rows
from engine.office.grid import Entry, table
from engine.office.parts import related, root, target
from engine.office.pictures import Pictures
from engine.office.pieces import Piece
from engine.office.text import Inline, paragraph
from engine.reading.page import Block, Line, Paragraph, paragraphs

_CONTAINERS: Final = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_ROLES: Final = {f"{W}headerReference": ParagraphRole.PAGE_HEADER, f"{W}footerReference": ParagraphRole.PAGE_FOOTER}


class Body:
    """Reads the body of a document. `part`: the one that the relations of what is read belong to."""

    def __init__(self, part: Part, pictures: Pictures) -> None:
        self._main = self._part = part
        self._pictures = pictures
        self._styles = Styles(related(part, RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(related(part, RELATIONSHIP_TYPE.NUMBERING))
        self._notes = Notes(part)
        self._inlines = Inlines(self._notes.mark)
        self._said: set[tuple[ParagraphRole, str]] = set()

    def pieces(self, body: etree._Element) -> Iterator[Piece]:
        """All that is displayed, section by section."""
        section: list[etree._Element] = []
        for child in body:
            section.append(child)
            end = child if child.tag == f"{W}sectPr" else child.find(f"{W}pPr/{W}sectPr")
            if end is not None:
                yield from self._with_furniture(self._blocks(section), end)
                section = []
        yield from self._blocks(section)
        for mark, note in self._notes.ends():
            yield from (Piece(one) for one in self._note(mark, note))

    def _with_furniture(self, section: list[Piece], properties: etree._Element) -> Iterator[Piece]:
        """A section between its header and footer, where these do not only say again what was said."""
        found: dict[ParagraphRole, list[Piece]] = {role: [] for role in _ROLES.values()}
        for reference in properties.iterchildren(*_ROLES):
            role = _ROLES[reference.tag]
            part = target(self._main, reference.get(f"{R}id"))
            for one in self._text_of(part, list(root(part))) if part is not None else ():
                text = " ".join(line.text for line in one.lines)
                if (role, text) not in self._said:
                    self._said.add((role, text))
                    told = ParagraphRole.PAGE_NUMBER if text.isdecimal() else role
                    found[role].append(Piece(Paragraph(one.quad, one.lines, told)))
        yield from found[ParagraphRole.PAGE_HEADER]
        yield from section
        yield from found[ParagraphRole.PAGE_FOOTER]

    def _note(self, mark: str, note: etree._Element) -> list[Paragraph]:
        found = self._text_of(self._main, list(note))
        first = paragraph([mark])
        if first is not None and found:
            lead = found[0].lines[0]
            line = Line(f"{mark} {lead.text}", lead.quad, first.lines[0].words + lead.words)
            found[0] = Paragraph(lead.quad, (line, *found[0].lines[1:]))
        return [Paragraph(one.quad, one.lines, ParagraphRole.FOOTNOTE) for one in found]

    def _text_of(self, part: Part, elements: Iterable[etree._Element]) -> list[Paragraph]:
        """The paragraphs of a part beside the body."""
        self._part, before = part, self._part
        found = [one for piece in self._blocks(elements) for one in paragraphs((piece.block,))]
        self._part = before
        return found

    def _blocks(self, elements: Iterable[etree._Element]) -> list[Piece]:
        found: list[Piece] = []
        captions: set[int] = set()
        for block, is_caption in self._read(elements):
            notes = tuple(one for mark, note in self._notes.referred() for one in self._note(mark, note))
            if is_caption:
                captions.add(len(found))
            found.append(Piece(block, notes))
        return captioned(found, frozenset(captions))

    def _read(self, elements: Iterable[etree._Element]) -> Iterator[tuple[Block, bool]]:
        """Blocks, and of each whether it is a caption."""
        for element in elements:
            if element.tag == f"{W}p":
                said = self._paragraph(element)
                anchored = self._inlines.anchored
                if said is not None:
                    yield said, self._styles.is_caption(element)
                for drawing in anchored:
                    yield from ((block, False) for block in self._drawn(drawing))
            elif element.tag == f"{W}tbl":
                yield from ((block, False) for block in self._table(element))
            elif element.tag == f"{MC}AlternateContent":
                chosen = chosen_of(element)
                yield from self._read(chosen if chosen is not None else ())
            elif element.tag in _CONTAINERS:
                yield from self._read(element)

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        parts: list[Inline] = self._inlines.of(element)
        if not any(part.strip() for part in parts):
            return None
        item = self._styles.item(element)
        label = self._numbering.label(*item) if item else ""
        rank = self._styles.rank(element)
        role = None if rank is None else ParagraphRole.SECTION_HEADING
        return paragraph([f"{label} ", *parts] if label else parts, role, rank or 0)

    def _drawn(self, drawing: etree._Element) -> Iterator[Block]:
        """The pictures, charts and text boxes of a drawing."""
        boxes = set()
        for element in drawing.iter(f"{A}blip", f"{V}imagedata", f"{C}chart", f"{W}txbxContent"):
            if any(ancestor in boxes for ancestor in element.iterancestors(f"{W}txbxContent")) or _is_fallback(element):
                continue
            if element.tag == f"{W}txbxContent":
                boxes.add(element)
                yield from (piece.block for piece in self._blocks(element))
                continue
            part = target(self._part, element.get(f"{R}embed") or element.get(f"{R}id"))
            if part is None:
                continue
            shown = charts.figure(part.blob) if element.tag == f"{C}chart" else self._pictures.figure(part.blob)
            if shown is not None:
                yield shown

    def _table(self, element: etree._Element) -> Iterator[Block]:
        entries: list[list[Entry]] = rows(element, self._styles, self._cell)
        found = table(entries)
        if found is not None:
            yield found
            return
        yield from (one for row in entries for entry in row for one in entry.paragraphs)

    def _cell(self, element: etree._Element) -> tuple[Paragraph, ...]:
        said = (block for block, _ in self._read(element))
        return tuple(Paragraph(one.quad, one.lines) for one in paragraphs(tuple(said)))


def _is_fallback(element: etree._Element) -> bool:
    """Whether an element is a form for old readers of what is given in a better one, too."""
    for fallback in element.iterancestors(f"{MC}Fallback"):
        parent = fallback.getparent()
        return parent is not None and parent.find(f"{MC}Choice") is not None
    return False
