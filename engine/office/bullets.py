"""The bullets and numbers before the paragraphs of a shape on a slide, as far as its layouts say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.base import BaseShape

from engine.office.numerals import letters, roman

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_LEVELS: Final = 9
# Placeholders whose text has the bullets of the master's body.
_OF_BODY: Final = frozenset({PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY})


class Bullets:
    """Counts the numbered paragraphs of one shape, which are asked for in order."""

    def __init__(self, shape: BaseShape) -> None:
        self._styles = list(_styles(shape))
        self._counts = [0] * _LEVELS

    def label(self, untrusted_paragraph: etree._Element) -> str:
        """The bullet or number of the next paragraph, empty when it has none."""
        properties = untrusted_paragraph.find(f"{_A}pPr")
        stated = properties.get("lvl", "0") if properties is not None else "0"
        level = min(int(stated), _LEVELS - 1) if stated.isdecimal() and len(stated) == 1 else 0
        self._counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        named = (style.find(f"{_A}lvl{level + 1}pPr") for style in self._styles)
        for place in (properties, *named):
            if place is None:
                continue
            for kind in place.iterchildren(f"{_A}buNone", f"{_A}buChar", f"{_A}buBlip", f"{_A}buAutoNum"):
                return self._shown(kind, level)
        return ""

    def _shown(self, kind: etree._Element, level: int) -> str:
        if kind.tag == f"{_A}buNone":
            self._counts[level] = 0
            return ""
        if kind.tag != f"{_A}buAutoNum":
            return "•"
        start = kind.get("startAt", "1")
        first = int(start) if start.isdecimal() and len(start) <= len("32767") else 1
        self._counts[level] += 1
        return _numbered(first + self._counts[level] - 1, kind.get("type", ""))


def _numbered(count: int, shape: str) -> str:
    """A number in a shape such as `arabicPeriod` or `alphaLcParenBoth`."""
    text = str(count)
    if shape.startswith("alpha"):
        text = letters(count)
    elif shape.startswith("roman"):
        text = roman(count)
    if "Uc" in shape:
        text = text.upper()
    if shape.endswith("ParenBoth"):
        return f"({text})"
    return f"{text})" if shape.endswith("ParenR") else f"{text}."


def _styles(shape: BaseShape) -> Iterator[etree._Element]:
    """What is said of the levels of a shape's text, the nearest first: by itself, its layout, the master."""
    own = shape.element.find(f"{_P}txBody/{_A}lstStyle")
    if own is not None:
        yield own
    if not shape.is_placeholder or shape.placeholder_format.type not in _OF_BODY:
        return
    layout = shape.part.slide.slide_layout  # type: ignore[attr-defined]
    for placeholder in layout.placeholders:
        if placeholder.placeholder_format.idx == shape.placeholder_format.idx:
            inherited = placeholder.element.find(f"{_P}txBody/{_A}lstStyle")
            if inherited is not None:
                yield inherited
    body = layout.slide_master.element.find(f"{_P}txStyles/{_P}bodyStyle")
    if body is not None:
        yield body
