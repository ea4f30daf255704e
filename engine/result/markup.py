"""What stands around and between the elements of the content, in each of its two formats."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from contract.layout import CellKind, ParagraphRole
from contract.options import ContentFormat
from contract.page import FormulaKind, SelectionState
from engine.evidence import Barcode, Word
from engine.reading.page import Cell, Paragraph
from engine.text import clean

_COMMENTS = {
    ParagraphRole.PAGE_HEADER: "PageHeader",
    ParagraphRole.PAGE_FOOTER: "PageFooter",
    ParagraphRole.PAGE_NUMBER: "PageNumber",
}
_MATH = {FormulaKind.INLINE: "$", FormulaKind.DISPLAY: "$$"}
_SIGNS = {SelectionState.SELECTED: "☒", SelectionState.UNSELECTED: "☐"}

# What would begin a tag, a comment or an entity, or end the comment around it, where none is meant.
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<=--)!?>")
# Within HTML, a strict parser takes no other sign of its markup either.
_HTML = re.compile(rf"<|{_MARKUP.pattern}")
# What would make a line a heading, a quotation or a fence, or the line before it a heading.
_LINE_START = re.compile(r"#{1,6}(?:\s|$)|(?:=+|-{2,})$|>|```|~~~")


class Around(NamedTuple):
    """What stands before and after an element. `apart`: more room before it, which is no part of it."""

    before: str = ""
    after: str = ""
    apart: str = ""


class Text:
    """Plain text: lines and nothing else."""

    between_blocks = "\n"
    between_pages = "\n"
    table = caption = row = figure = figure_caption = figure_text = Around()
    joins_hyphenated = False

    def word(self, word: Word, in_html: bool) -> str:
        """A word, selection mark or formula. `in_html`: in a cell or a caption."""
        return word.text

    def line_start(self, text: str) -> str:
        """What stands before the text of a line, of a paragraph without markup around it."""
        return ""

    def barcode(self, barcode: Barcode, identity: str) -> str:
        """A barcode. `identity`: page number and position on the page."""
        return ":barcode:"

    def paragraph(self, paragraph: Paragraph) -> Around:
        """What its role puts around a paragraph that is no part of a table or figure."""
        return Around()

    def cell(self, cell: Cell) -> Around:
        """What stands around the content of a cell."""
        return Around()


class Markdown(Text):
    """The Markdown of the protocol, with tables, figures and page furniture in HTML."""

    between_blocks = "\n\n"
    between_pages = "\n\n<!-- PageBreak -->\n\n"
    table = Around("<table>\n", "</table>", "\n")
    caption = Around("<caption>", "</caption>\n")
    row = Around("<tr>\n", "</tr>\n")
    figure = Around("<figure>\n", "</figure>")
    figure_caption = Around("<figcaption>", "</figcaption>\n")
    figure_text = Around("\n", "\n\n")
    joins_hyphenated = True

    def word(self, word: Word, in_html: bool) -> str:
        if word.mark:
            return _SIGNS[word.mark]
        text = word.formula.latex if word.formula else word.text
        text = (_HTML if in_html else _MARKUP).sub(lambda found: escape(found.group()), text)
        return f"{_MATH[word.formula.kind]}{text}{_MATH[word.formula.kind]}" if word.formula else text

    def line_start(self, text: str) -> str:
        return "\\" if _LINE_START.match(text) else ""

    def barcode(self, barcode: Barcode, identity: str) -> str:
        value = " ".join([clean(part) for part in barcode.value.split()]).replace("\\", "\\\\").replace('"', '\\"')
        return f'![{barcode.kind}](barcodes/{identity} "{value}")'

    def paragraph(self, paragraph: Paragraph) -> Around:
        if paragraph.role in _COMMENTS:
            return Around(f'<!-- {_COMMENTS[paragraph.role]}="', '" -->')
        return Around("#" * paragraph.level + " ", "", "\n") if paragraph.level else Around()

    def cell(self, cell: Cell) -> Around:
        tag = "td" if cell.kind in (CellKind.CONTENT, CellKind.DESCRIPTION) else "th"
        rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        return Around(f"<{tag}{rows}{columns}>", f"</{tag}>\n")


MARKUP: dict[ContentFormat, Text] = {ContentFormat.TEXT: Text(), ContentFormat.MARKDOWN: Markdown()}
