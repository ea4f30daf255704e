"""The content of one paragraph of a Word file: its text, and what is anchored in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from contract.page import SelectionState
from engine.office.docx.formulas import linear
from engine.office.docx.names import MC, W14, M, W, switched_on
from engine.office.text import Inline

_SKIPPED: Final = frozenset(
    W + name
    for name in (
        "pPr",
        "rPr",
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "sdtPr",
        "rt",
        "tblPr",
        "ffData",
    )
)
_TEXT: Final = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_ANCHORED: Final = frozenset(W + name for name in ("drawing", "pict", "object"))
_NOTES: Final = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


class Inlines:
    """Reads paragraphs one after the other; a field may begin in one and end in a later one.

    `note`: given the kind and id of a note, the mark that refers to it. After each paragraph, `anchored`
    has the drawings in it.
    """

    def __init__(self, note: Callable[[str, str], str]) -> None:
        self._note = note
        self._in_code: list[bool] = []
        """For each open field, whether its code goes on, which is not displayed."""
        self.anchored: list[etree._Element] = []

    def of(self, paragraph: etree._Element) -> list[Inline]:
        """The text and boxes of a paragraph, in order."""
        self.anchored = []
        return list(self._parts(paragraph))

    def _parts(self, element: etree._Element) -> Iterator[Inline]:
        for child in element:
            tag = child.tag
            if tag == f"{W}t":
                if not any(self._in_code):
                    yield child.text or ""
            elif tag == f"{M}oMath":
                yield linear(child)
            elif tag in _TEXT:
                yield _TEXT[tag]
            elif tag == f"{W}fldChar":
                yield from self._field(child)
            elif tag == f"{W}sym":
                yield _symbol(child)
            elif tag in _NOTES:
                yield self._note(_NOTES[tag], child.get(f"{W}id", ""))
            elif tag in _ANCHORED:
                self.anchored.append(child)
            elif tag == f"{MC}AlternateContent":
                chosen = chosen_of(child)
                if chosen is not None:
                    yield from self._parts(chosen)
            elif tag == f"{W}sdt" and (box := child.find(f"{W}sdtPr/{W14}checkbox")) is not None:
                yield _state(box.find(f"{W14}checked"), W14)
            elif isinstance(tag, str) and tag not in _SKIPPED and not _hidden(child):
                yield from self._parts(child)

    def _field(self, character: etree._Element) -> Iterator[Inline]:
        kind = character.get(f"{W}fldCharType")
        if kind == "begin":
            self._in_code.append(True)
            box = character.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                checked = box.find(f"{W}checked")
                yield _state(checked if checked is not None else box.find(f"{W}default"), W)
        elif kind == "separate" and self._in_code:
            self._in_code[-1] = False
        elif kind == "end" and self._in_code:
            self._in_code.pop()


def chosen_of(alternatives: etree._Element) -> etree._Element | None:
    """The one of several forms of the same content that is shown."""
    chosen = alternatives.find(f"{MC}Choice")
    return chosen if chosen is not None else alternatives.find(f"{MC}Fallback")


def _hidden(element: etree._Element) -> bool:
    return element.tag == f"{W}r" and switched_on(element.find(f"{W}rPr"), "vanish") is True


def _state(checked: etree._Element | None, prefix: str) -> SelectionState:
    on = checked is not None and checked.get(f"{prefix}val", "1") in ("1", "true", "on")
    return SelectionState.SELECTED if on else SelectionState.UNSELECTED


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font, which the file gives by its code."""
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""
