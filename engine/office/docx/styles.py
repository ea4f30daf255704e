"""What the styles of a Word file say of paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.office.docx.names import W, number, switched_on, value

_HEADING: Final = re.compile(r"heading ([1-9])", re.IGNORECASE)
_BODY_TEXT: Final = 9
# Styles are based on styles; a longer chain is a circle.
_LONGEST_CHAIN: Final = 12


class Styles:
    """The styles by their ids. `root`: of the part that holds them, None for a file without."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = root.iterfind(f"{W}style") if root is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}

    def rank(self, paragraph: etree._Element) -> int | None:
        """0 for a title, 1 to 9 for a heading, None for text."""
        properties = paragraph.find(f"{W}pPr")
        direct = number(properties, "outlineLvl", _BODY_TEXT)
        if 0 <= direct < _BODY_TEXT:
            return direct + 1
        for style in self._chain(value(properties, "pStyle")):
            name = value(style, "name") or ""
            if name.lower() == "title":
                return 0
            if match := _HEADING.fullmatch(name):
                return int(match[1])
            level = number(style, "pPr/outlineLvl", -1)
            if level >= 0:
                return level + 1 if level < _BODY_TEXT else None
        return None

    def is_caption(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph captions what stands before or after it."""
        chain = self._chain(value(paragraph.find(f"{W}pPr"), "pStyle"))
        return any((value(style, "name") or "").lower() == "caption" for style in chain)

    def item(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The id of the list that a paragraph is an item of, and its level from 0."""
        properties = paragraph.find(f"{W}pPr")
        level = number(properties, "numPr/ilvl", -1)
        places = [properties] if properties is not None else []
        places += [
            one for style in self._chain(value(properties, "pStyle")) if (one := style.find(f"{W}pPr")) is not None
        ]
        for place in places:
            if level < 0:
                level = number(place, "numPr/ilvl", -1)
            identity = value(place, "numPr/numId")
            if identity is not None:
                return None if identity == "0" else (identity, max(level, 0))
        return None

    def is_bold(self, run: etree._Element) -> bool:
        """Whether a run is bold by itself or by the style of its characters."""
        properties = run.find(f"{W}rPr")
        direct = switched_on(properties, "b")
        if direct is not None:
            return direct
        return any(switched_on(style.find(f"{W}rPr"), "b") for style in self._chain(value(properties, "rStyle")))

    def marks(self, table: etree._Element, part: str) -> bool:
        """Whether the style of a table makes a part of it, `firstRow` or `firstCol`, look different."""
        return any(
            change.get(f"{W}type") == part
            for style in self._chain(value(table.find(f"{W}tblPr"), "tblStyle"))
            for change in style.iterfind(f"{W}tblStylePr")
        )

    def _chain(self, identity: str | None) -> Iterator[etree._Element]:
        """A style and those that it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(identity or "")
            if style is None:
                return
            yield style
            identity = value(style, "basedOn")
