"""Footnotes and endnotes of a Word file, numbered in the order in which the text refers to them."""

from __future__ import annotations

from typing import Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree

from engine.office.docx.names import W
from engine.office.numerals import roman, superscript
from engine.office.parts import related

_KINDS: Final = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}


class Notes:
    """The notes of a document; each is given once, after the first reference to it."""

    def __init__(self, part: Part) -> None:
        self._notes: dict[tuple[str, str], etree._Element] = {}
        for kind, relation in _KINDS.items():
            found = related(part, relation)
            for note in found.iterfind(W + kind) if found is not None else ():
                if note.get(f"{W}type", "normal") == "normal":
                    self._notes[kind, note.get(f"{W}id", "")] = note
        self._marks: dict[tuple[str, str], str] = {}
        self._counts = dict.fromkeys(_KINDS, 0)
        self._referred: list[tuple[str, etree._Element]] = []
        self._ends: list[tuple[str, etree._Element]] = []

    def mark(self, kind: str, untrusted_id: str) -> str:
        """The number that refers to a note, empty when there is no such note."""
        key = kind, untrusted_id
        if key not in self._notes:
            return ""
        if key not in self._marks:
            self._counts[kind] += 1
            count = self._counts[kind]
            self._marks[key] = superscript(count) if kind == "footnote" else f"[{roman(count)}]"
            place = self._referred if kind == "footnote" else self._ends
            place.append((self._marks[key], self._notes[key]))
        return self._marks[key]

    def referred(self) -> list[tuple[str, etree._Element]]:
        """The footnotes first referred to since this was last asked, with their marks."""
        found, self._referred = self._referred, []
        return found

    def ends(self) -> list[tuple[str, etree._Element]]:
        """The endnotes that were referred to, with their marks."""
        return self._ends
